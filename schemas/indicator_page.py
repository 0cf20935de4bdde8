"""The page that describes every indicator, made from its files: ``docs/indicators.md``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.catalogue import GROUPS, LEFT_OUT
from schemas.form import tables
from schemas.indicator import REPORTS, Indicator
from schemas.indicator_words import BETTER, compared, formula, rolls_up
from schemas.page import row

_HEAD = """\
# Indicators

Made by `make docs` from the files of `warehouse/indicators`; a test fails when it is not current. `huizong explain`
prints the same page with the office's own indicators in it, and `huizong explain ACC01` one of them in full: its
SELECT, the columns it reads, the regulations and the last values. Below a definition stands why the SELECT is
as it is, where that has to be said.

## An indicator of your own

One file makes an indicator: put it into `<home>/indicators/` (`<home>` is `HUIZONG_HOME`), in UTF-8, with any name
that ends in `.sql`. The next command reads it, says what is wrong with it and, with `huizong run`, computes and
publishes it for every month that is known; `indicators`, `trace`, `changes` and `explain` know it from then on. Taken
out of the folder, it is no longer published; what was published of it stays in the history. Codes from `OWN01` to
`OWN99` are yours: no indicator of the program will ever have one. Every machine that works on the same warehouse
needs the same folder, and a backup should have it.

```sql
-- id: large_trainings
-- code: OWN01
-- name: 百人以上培训场次
-- name_en: trainings of a hundred people and more
-- definition: 培训结束日期在期内、参训100人次及以上的培训，同一单位同一培训编号计1场次。
-- unit: 场次
-- better: higher
-- over_time: sum
-- compare: year_ago, previous, to_date
-- source: training
-- decimals: 0

-- A hundred is what the yearly target of the office asks for.
SELECT
    source_id,
    unit_code,
    ended_on AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator
FROM form.counted_training
WHERE participants >= 100
```

The keys are those of `schemas/indicator.py`; `definition` says in Chinese what counts. The SELECT gives the rows that
count, each with the row it stands in (`source_id`), the unit, the day, and what it adds. Read the views
`form.counted_*` where there is one: they have every thing once."""


def indicators_page(indicators: Iterable[Indicator], views: Mapping[str, Mapping[str, str]]) -> str:
    """The page in Markdown, in the order of the catalogue.

    Args:
        indicators: all of them, in that order.
        views: for each indicator's id the views of counted rows that it reads, each with what it says of itself.
    """
    by_group: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_group.setdefault(indicator.code[:3], []).append(indicator)
    lines = [_HEAD, "", "## Groups", ""]
    lines += [f"- [{group} {GROUPS[group]}](#{group.lower()}) ({len(members)})" for group, members in by_group.items()]
    for group, members in by_group.items():
        lines += ["", *_group(group, members, views)]
    lines += ["", *_views(views), "", *_left_out()]
    return "\n".join(lines) + "\n"


def _group(group: str, members: Sequence[Indicator], views: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield f'<a id="{group.lower()}"></a>'
    yield ""
    yield f"## {GROUPS[group]} ({group})"
    yield ""
    yield "| code | name | unit | over time and units | compared | by | from | 口径 definition |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in members:
        yield row(
            (
                each.code,
                f"{each.name}<br>{each.name_en}<br>`{each.id}`",
                f"{each.unit}<br>{BETTER[each.better]}",
                f"{rolls_up(each.over_time, each.over_units, each.value)}<br>{formula(each.value, each.factor)}",
                compared(each.compare),
                "、".join(f"{each.label(dimension)} `{dimension}`" for dimension in each.breakdown),
                "<br>".join((*_forms(each), *(f"`{view}`" for view in views[each.id]))),
                "<br>".join(filter(None, (each.definition, each.note))),
            )
        )


def _forms(indicator: Indicator) -> Iterator[str]:
    if indicator.source == REPORTS:
        yield "报送情况"
    else:
        yield from (f"{tables()[table][0].code} {tables()[table][1].title}" for table in indicator.source)


def _views(views: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "## What counts"
    yield ""
    yield "The views that the indicators read, as their files in `warehouse/views` describe them."
    yield ""
    yield "| view | rows |"
    yield "|---|---|"
    described = {name: words for read in views.values() for name, words in read.items()}
    yield from (row((f"`{name}`", words)) for name, words in sorted(described.items()))


def _left_out() -> Iterator[str]:
    yield "## In the catalogue and not here"
    yield ""
    yield "| code | name | why |"
    yield "|---|---|---|"
    yield from (row((each.code, f"{each.name}<br>{each.name_en}", each.reason)) for each in LEFT_OUT.values())

"""What changed between two publications: every value, by how much, and the reports that are behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.indicator import Indicator
from schemas.period import Period
from warehouse import tables as t
from warehouse.bulletin import bulletin_of
from warehouse.causes import Cause, Place, Vintage, causes, vintage
from warehouse.errors import WarehouseError
from warehouse.mart import of_publication, publication, published_value
from warehouse.register import load_indicators
from warehouse.values import Figure, in_shanghai, number

FIGURES = ("value", "year_ago", "previous", "reports_expected", "reports_received")
# What a base of comparison rests on: the value of another period.
_BASES = {"year_ago": Period.a_year_ago, "previous": Period.before}
_PLACE = ["indicator_id", "unit_code", "dimension", "member"]


@dataclass(frozen=True)
class Publication:
    """One publication: its number, the day for which it was made, its time in ISO form, and by which program."""

    publication: int
    day: str
    published_at: str
    code_version: str


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after; None where there was none, and then there is no difference either."""

    before: Figure
    after: Figure
    difference: Figure


@dataclass(frozen=True)
class ChangedValue:
    """One value of which at least one figure changed; ``figures`` has those that did, by name (see ``FIGURES``)."""

    indicator: str
    code: str
    name: str
    measure: str
    decimals: int
    unit_code: str
    unit_name: str
    dimension: str
    member: str
    label: str
    figures: Mapping[str, FigureChange]
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Changes:
    """Every value of a period that two publications do not agree on, in the order of the catalogue."""

    period: str
    since: Publication
    until: Publication
    values: tuple[ChangedValue, ...]


def changes(engine: Engine, period: Period, since: int | None = None, unit_code: str | None = None) -> Changes:
    """Compare the values of a period as published then with those that are published now, and say why they differ.

    Args:
        engine: the warehouse.
        period: whose values are compared.
        since: the number of the earlier publication; without it the last one by the day of the bulletin, which is the
            8th working day after the period, or the first that there is.
        unit_code: only the values of this unit.

    Raises:
        WarehouseError: nothing was published yet, or not under this number, or its values were not kept.
        CalendarEndsError: the day of the bulletin is not known.
    """
    with engine.connect() as connection:
        then, now = _publication(connection, period, since), _latest(connection)
        lines = _differing(connection, period, unit_code, (then["publication_id"], now["publication_id"]), FIGURES)
        return _explained(connection, period, lines, then, now)


def whole_values_changed(connection: Connection, period: Period, since: int, unit_code: str) -> Changes:
    """As ``changes``, of the values alone: neither their parts nor what they are compared with.

    In a transaction that goes on, and knows as of some other moment afterwards.
    """
    then, now = _publication(connection, period, since), _latest(connection)
    lines = _differing(connection, period, unit_code, (then["publication_id"], now["publication_id"]), ["value"])
    return _explained(connection, period, lines[lines["dimension"] == ""], then, now)


def _explained(
    connection: Connection, period: Period, lines: pd.DataFrame, then: sa.RowMapping, now: sa.RowMapping
) -> Changes:
    """The lines with what is behind them."""
    before, after = (vintage(connection, each["published_at"]) for each in (then, now))
    names = {row.code: row.name for row in connection.execute(sa.select(t.unit.c.code, t.unit.c.name))}
    values = [
        value
        for indicator in load_indicators().values()
        for value in _of_indicator(connection, indicator, period, lines, (before, after), names)
    ]
    return Changes(period.label, _said(then), _said(now), tuple(values))


def _publication(connection: Connection, period: Period, since: int | None) -> sa.RowMapping:
    """The earlier one of the two."""
    found: sa.RowMapping | None
    made = connection.execute(sa.select(publication).order_by(publication.c.publication_id)).mappings().all()
    if not made:
        raise WarehouseError("尚未发布过指标，请先运行 huizong run")
    if since is None:
        found = bulletin_of(connection, period) or made[0]
    else:
        found = next((each for each in made if each["publication_id"] == since), None)
    if found is None:
        raise WarehouseError(
            f"没有第 {since} 次发布，现有第 {made[0]['publication_id']} 至 {made[-1]['publication_id']} 次"
        )
    kept = sa.select(sa.func.count()).select_from(published_value).where(of_publication(found["publication_id"]))
    if connection.execute(kept).scalar_one() != found["values"]:
        raise WarehouseError(
            f"第 {found['publication_id']} 次发布的值没有保存（当时的程序只留最新一次），请用 --since 另选"
        )
    return found


def _latest(connection: Connection) -> sa.RowMapping:
    statement = sa.select(publication).order_by(publication.c.publication_id.desc()).limit(1)
    return connection.execute(statement).mappings().one()


def _said(made: sa.RowMapping) -> Publication:
    return Publication(
        made["publication_id"], made["day"].isoformat(), in_shanghai(made["published_at"]), made["code_version"]
    )


def _differing(
    connection: Connection,
    period: Period,
    unit_code: str | None,
    publications: tuple[int, int],
    figures: Sequence[str],
) -> pd.DataFrame:
    """Both publications' figures side by side, ``value_then`` beside ``value_now``, where any of them differs."""
    both = [_figures(connection, period, unit_code, each, figures) for each in publications]
    lines = both[0].merge(both[1], on=_PLACE, how="outer", suffixes=("_then", "_now"))
    lines = lines.astype(object).where(lines.notna(), None)
    same = pd.concat([_is_same(lines[f"{name}_then"], lines[f"{name}_now"]) for name in figures], axis="columns")
    return lines[~same.all(axis="columns")]


def _is_same(then: pd.Series, now: pd.Series) -> pd.Series:
    """Two figures that are missing are the same, which pandas does not think."""
    return (then == now) | (then.isna() & now.isna())


def _figures(
    connection: Connection, period: Period, unit_code: str | None, publication_id: int, figures: Sequence[str]
) -> pd.DataFrame:
    value = published_value.c
    conditions = [value.unit_code == unit_code] if unit_code else []
    statement = sa.select(*(value[name] for name in (*_PLACE, *figures))).where(
        of_publication(publication_id),
        value.period_kind == period.kind,
        value.start_on == period.start_on,
        value.end_on == period.end_on,
        *conditions,
    )
    rows = connection.execute(statement).mappings().all()
    return pd.DataFrame(rows, columns=[*_PLACE, *figures], dtype=object)


def _of_indicator(
    connection: Connection,
    indicator: Indicator,
    period: Period,
    lines: pd.DataFrame,
    vintages: tuple[Vintage, Vintage],
    names: Mapping[str, str],
) -> list[ChangedValue]:
    """The changed values of one indicator, the whole before its parts, the district before its units."""
    own = lines[lines["indicator_id"] == indicator.id].sort_values(["dimension", "member", "unit_code"])
    if own.empty:
        return []
    figures = [_changed(line) for line in own.to_dict("records")]
    asked = {name for each in figures for name in each}
    # A part rests on the reports of the whole, too.
    dimensions = sorted({"", *own["dimension"]})
    periods = {"value": period} | {name: of(period) for name, of in _BASES.items() if name in asked}
    found = {
        name: causes(connection, indicator, name, other, _months_between(other, period), vintages, names, dimensions)
        for name, other in periods.items()
        if other
    }
    return [
        ChangedValue(
            indicator=indicator.id,
            code=indicator.code,
            name=indicator.name,
            measure=indicator.unit,
            decimals=indicator.decimals,
            unit_code=line["unit_code"],
            unit_name=names[line["unit_code"]],
            dimension=line["dimension"],
            member=line["member"],
            label=indicator.members(line["dimension"]).get(line["member"], ""),
            figures=changed,
            causes=_behind(line, changed, found),
        )
        for line, changed in zip(own.to_dict("records"), figures, strict=True)
    ]


def _months_between(earlier: Period, later: Period) -> int:
    return (later.start_on.year - earlier.start_on.year) * 12 + later.start_on.month - earlier.start_on.month


def _changed(line: Mapping[Any, Any]) -> dict[str, FigureChange]:
    pairs = {name: (line[f"{name}_then"], line[f"{name}_now"]) for name in FIGURES if f"{name}_then" in line}
    return {
        name: FigureChange(number(then), number(now), None if None in (then, now) else number(now - then))
        for name, (then, now) in pairs.items()
        if then != now
    }


def _behind(
    line: Mapping[Any, Any],
    changed: Mapping[str, FigureChange],
    found: Mapping[str, Mapping[Place, Sequence[Cause]]],
) -> tuple[Cause, ...]:
    """The causes of those figures that changed; the reports received are part of the value's."""
    unit_code, dimension, member = (str(line[name]) for name in ("unit_code", "dimension", "member"))
    wanted = [name for name in _BASES if name in changed]
    wanted += ["value"] if set(changed) - set(_BASES) else []
    place = (unit_code, dimension, member)
    causes_of = {name: found.get(name, {}).get(place, ()) for name in sorted(wanted, reverse=True)}
    if dimension and "reports_received" in changed:
        # A part rests on the reports of the whole, also on those that say nothing of it.
        told = {cause.submission_id for cause in causes_of["value"]}
        of_whole = found.get("value", {}).get((unit_code, "", ""), ())
        others = (cause for cause in of_whole if cause.reports and cause.submission_id not in told)
        causes_of["value"] = (*causes_of["value"], *(replace(each, numerator=0, denominator=0) for each in others))
    return tuple(cause for listed in causes_of.values() for cause in listed)

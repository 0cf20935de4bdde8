"""Part 11: what the months before are known to be by now, and why."""

from collections.abc import Sequence

from schemas.period import Period
from schemas.wording import display_value
from tasks.bulletin.book import Book
from tasks.bulletin.document import Cell, Figure, Section, Sentence, Table
from warehouse.behind import Spot
from warehouse.causes import Cause
from warehouse.changes import ChangedValue, Changes

KINDS = {
    "correction": "更正",
    "late": "补报",
    "release": "放行",
    "withdrawal": "撤回",
    "backfill": "回填",
    "superseded_elsewhere": "续报",
    "units": "单位调整",
}
_FEW = 3


def earlier_months(book: Book, changed: Sequence[Changes]) -> Section:
    """Every value of the unit that differs from what a bulletin said: old, new and the reasons."""
    rows = tuple(line for each in changed for value in each.values for line in _line(book, each, value))
    if not rows:
        return Section("已公布数字的变动", (Sentence(("上期通报以来，已公布的数字没有变动。",)),))
    columns = ("月份", "指标", "公布时", "现在", "原因")
    note = "只列全部数，分行业等分组的变动见 huizong changes 月份。"
    return Section("已公布数字的变动", (Table("已公布数字的变动", columns, rows, note),))


def _line(book: Book, changed: Changes, value: ChangedValue) -> list[tuple[Cell, ...]]:
    figure = value.figures.get("value")
    if figure is None or value.dimension:
        return []
    period = Period.parse(changed.period)
    spot = Spot(value.indicator, period, value.unit_code)
    before = display_value(figure.before, value.measure, value.decimals)
    now = Figure(
        display_value(figure.after, value.measure, value.decimals),
        figure.after,
        value.decimals,
        (book.source(spot),),
    )
    return [(period.title, f"{value.code} {value.name}", before, now, _reasons(value.causes))]


def _reasons(causes: Sequence[Cause]) -> str:
    """Who changed it and how, without quoting what senders wrote: that may name persons."""
    said = list(dict.fromkeys(f"{each.unit_name} {each.form_code} {KINDS[each.kind]}" for each in causes))
    more = f"等 {len(said)} 份" if len(said) > _FEW else ""
    return "；".join(said[:_FEW]) + more or "其他单位的数据变动"

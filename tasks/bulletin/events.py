"""Parts 3 and 5: accidents by industry, and the accidents and incidents of the month one by one, without names."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from schemas.form import Column, tables
from schemas.period import Period
from tasks.bulletin.book import Book
from tasks.bulletin.contents import ACCIDENTS, DEATHS, INDUSTRY_GROUPS, OTHER_INDUSTRIES
from tasks.bulletin.document import Cell, Figure, Section, Sentence, Source, Table
from warehouse.behind import Spot
from warehouse.trace_rows import TraceRow

_CASUALTIES = {"ACC02": "死亡", "ACC03": "重伤", "ACC04": "受伤", "ACC05": "损失（万元）"}


def windows(book: Book) -> tuple[Period, ...]:
    """The periods of which accidents are told by industry."""
    return book.period, book.to_date, book.to_date.a_year_ago()


def listed_spots(book: Book) -> list[Spot]:
    """The values whose rows are listed one by one, or by industry."""
    by_industry = [book.spot(code, period) for code in (ACCIDENTS, DEATHS) for period in windows(book)]
    return [*by_industry, *(book.spot(code) for code in _CASUALTIES)]


def by_industry(book: Book) -> Section:
    """Accidents and deaths in the six groups of published bulletins; the parts add up to the whole."""
    columns = ("行业", "本月起数", "本月死亡", "累计起数", "累计死亡", "去年同期起数", "去年同期死亡")
    groups = [*(name for name, _ in INDUSTRY_GROUPS), OTHER_INDUSTRIES]
    spots = [book.spot(code, period) for period in windows(book) for code in (ACCIDENTS, DEATHS)]
    rows: list[tuple[Cell, ...]] = [(group, *(_share(book, spot, group) for spot in spots)) for group in groups]
    total: tuple[Cell, ...] = ("合计", *(book.figure(spot) for spot in spots))
    note = "行业按 GB/T 4754-2017 门类归并：商贸制造业为制造、批发零售、住宿餐饮。"
    return Section("分行业情况", (Table("生产安全事故分行业", columns, (*rows, total), note),))


def industry_group(section: object) -> str:
    """The group of a section of industry."""
    return next((name for name, sections in INDUSTRY_GROUPS if section in sections), OTHER_INDUSTRIES)


def _share(book: Book, spot: Spot, group: str) -> Figure:
    """What the accidents of a group add to a value."""
    stored = book.stored(spot)
    if stored is None or stored.value is None:
        return book.figure(spot)
    rows = tuple(row for row in book.rows[spot] if industry_group(row.values.get("industry_section")) == group)
    amount = sum((Decimal(str(row.numerator or 0)) for row in rows), Decimal(0))
    decimals = book.indicators[spot.indicator].decimals
    return Figure(f"{amount:.{decimals}f}", amount, decimals, (book.source(spot, rows),), f"其中{group}")


def one_by_one(book: Book) -> Section:
    """The accidents and incidents of the month: when, where and of what kind."""
    accidents, incidents = book.rows[book.spot(ACCIDENTS)], book.incidents
    blocks = []
    if accidents:
        casualties = {code: _by_number(book.rows[book.spot(code)]) for code in _CASUALTIES}
        columns = ("发生日期", "乡镇街道", "行业领域", "事故类别", "等级", *_CASUALTIES.values())
        rows = tuple(_accident(book, row, casualties) for row in accidents)
        blocks.append(Table("生产安全事故", columns, rows, "伤亡按法定补报期限内的报告计。"))
    if incidents:
        columns = ("发生日期", "乡镇街道", "事件类型", "原因", "疏散（人）", "受影响（户）")
        blocks.append(Table("涉险与燃气泄漏事件", columns, tuple(_incident(book, row) for row in incidents)))
    if not blocks:
        return Section("事故和事件", (Sentence((f"{book.period.title}没有接报生产安全事故和涉险事件。",)),))
    return Section("事故和事件", tuple(blocks))


def _by_number(rows: Sequence[TraceRow]) -> Mapping[object, TraceRow]:
    return {row.values["accident_no"]: row for row in rows}


def _accident(book: Book, row: TraceRow, casualties: Mapping[str, Mapping[object, TraceRow]]) -> tuple[Cell, ...]:
    spot, number = book.spot(ACCIDENTS), row.values["accident_no"]
    label = _labels("accident", row)
    day = Figure(_day(row.values["occurred_at"]), sources=(book.source(spot, (row,)),), how="这一起")
    figures = [_casualty(book, code, casualties[code].get(number)) for code in _CASUALTIES]
    return day, _town(book, row), label("sector"), label("accident_type"), label("grade"), *figures


def _casualty(book: Book, code: str, row: TraceRow | None) -> Cell:
    if row is None:
        return "0"
    decimals = book.indicator(code).decimals
    amount = row.numerator or 0
    return Figure(f"{amount:.{decimals}f}", amount, decimals, (book.source(book.spot(code), (row,)),), "这一起")


def _incident(book: Book, row: TraceRow) -> tuple[Cell, ...]:
    label, source = _labels("incident", row), Source(f"涉险事件 {row.values['incident_no']}", rows=(row,))
    counts = [_count(row.values[name], source) for name in ("evacuated", "affected_households")]
    day = Figure(_day(row.values["occurred_at"]), sources=(source,), how="这一件")
    return day, _town(book, row), label("incident_type"), label("cause_code"), *counts


def _count(value: object, source: Source) -> Cell:
    return Figure(str(value), value, 0, (source,), "这一件") if isinstance(value, int) else "—"


def _labels(table_id: str, row: TraceRow) -> Callable[[str], str]:
    """The official spelling of a code of a row."""
    columns: Mapping[str, Column] = tables()[table_id][1].columns

    def label(name: str) -> str:
        code = row.values.get(name)
        return columns[name].codes.get(str(code), (str(code or "—"),))[0]

    return label


def _town(book: Book, row: TraceRow) -> str:
    code = str(row.values["town_code"])
    return book.names.get(code, code)


def _day(moment: object) -> str:
    """The day of a moment as a sentence says it."""
    return f"{moment.month}月{moment.day}日" if isinstance(moment, datetime) else "—"

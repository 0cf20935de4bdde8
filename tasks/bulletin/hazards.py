"""Part 6: hazards, and the list of major ones that are open."""

from datetime import date

from schemas.form import tables
from tasks.bulletin.book import Book
from tasks.bulletin.contents import HAZARDS, OPEN
from tasks.bulletin.document import Block, Cell, Figure, Section, Sentence, Table
from tasks.bulletin.overview import indicator_table
from warehouse.behind import Spot
from warehouse.listings import FiveElements
from warehouse.trace_rows import TraceRow

MAJOR = ("level", "major")
_ELEMENTS = {
    "has_responsible": "责任",
    "has_measures": "措施",
    "has_funds": "资金",
    "has_due_day": "时限",
    "has_contingency": "预案",
}


def hazards(book: Book) -> Section:
    """Found, rectified, open and overdue; then every open major hazard."""
    blocks: list[Block] = [indicator_table(book, "事故隐患排查治理", HAZARDS)]
    rows = book.rows[open_major(book)]
    if rows:
        columns = ("隐患编号", "乡镇街道", "行业领域", "排查日期", "整改时限", "超期（天）", "挂牌督办", "五落实")
        ordered = sorted(rows, key=lambda row: str(row.values["due_on"]))
        note = "五落实：责任、措施、资金、时限、预案；不列企业和个人名称。"
        blocks.append(Table("未销号的重大事故隐患", columns, tuple(_line(book, row) for row in ordered), note))
    else:
        blocks.append(Sentence((f"{book.period.title}末没有未销号的重大事故隐患。",)))
    return Section("事故隐患", tuple(blocks))


def open_major(book: Book) -> Spot:
    """The value whose rows are the major hazards that are open at the end of the month."""
    return book.spot(OPEN, part=MAJOR)


def _line(book: Book, row: TraceRow) -> tuple[Cell, ...]:
    number = str(row.values["hazard_no"])
    columns = tables()["hazard"][1].columns
    level = columns["supervision_level"].codes.get(str(row.values["supervision_level"]), ("—",))[0]
    sector = columns["sector"].codes.get(str(row.values["sector"]), ("—",))[0]
    code = str(row.values["town_code"])
    known = book.elements.get(number)
    return (
        Figure(number, sources=(book.source(open_major(book), (row,)),), how="这一处"),
        book.names.get(code, code),
        sector,
        str(row.values["found_on"] or "—"),
        str(row.values["due_on"] or "—"),
        _overdue(book, row),
        level,
        _elements(known) if known else "—",
    )


def _overdue(book: Book, row: TraceRow) -> Cell:
    due_on = row.values["due_on"]
    if not isinstance(due_on, date):
        return "—"
    days = max((book.period.end_on - due_on).days - 1, 0)
    return (
        Figure(str(days), days, 0, (book.source(open_major(book), (row,)),), "期末日减整改时限") if days else "未超期"
    )


def _elements(known: FiveElements) -> str:
    lacking = [name for field, name in _ELEMENTS.items() if not getattr(known, field)]
    return f"缺{'、'.join(lacking)}" if lacking else "齐全"

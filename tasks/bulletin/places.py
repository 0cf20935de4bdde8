"""Parts 4 and 10: township by township, and who reported when."""

from collections import Counter

from tasks.bulletin.book import Book
from tasks.bulletin.contents import ON_TIME, PLACES
from tasks.bulletin.document import Cell, Figure, Section, Sentence, Table
from tasks.bulletin.overview import STAR
from warehouse.trace_rows import TraceRow

_LONG_RUN = 3


def by_place(book: Book) -> Section:
    """The townships and parks: zeros are printed, and who did not report is told."""
    columns = ("乡镇街道", *(_heading(book, code) for code in PLACES))
    rows = tuple(_place(book, place) for place in book.places)
    total: tuple[Cell, ...] = (book.unit_name, *(book.figure(book.spot(code)) for code in PLACES))
    note = f"“未报”为应报而未报，“／”为不承担该报表；全区含部门所报。{STAR}"
    return Section("分乡镇街道情况", (Table("分乡镇街道", columns, (*rows, total), note),))


def _heading(book: Book, code: str) -> str:
    indicator = book.indicator(code)
    return f"{indicator.name}（{indicator.unit}）"


def _place(book: Book, place: str) -> tuple[Cell, ...]:
    return book.names[place], *(book.figure(book.spot(code, unit_code=place)) for code in PLACES)


def discipline(book: Book) -> Section:
    """Due, received, in time, late and missing of everybody who reports, and how long units have reported zeros."""
    columns = ("单位", "应报", "已接收", "按时", "迟报", "未接收", "报送率（%）", "连续零报告（月）", "年内漏报（次）")
    rows = tuple(_reporter(book, code) for code in book.reporters)
    silent = [book.names[code] for code in book.reporters if _missing(book, code)]
    said = f"未接收齐的单位：{'、'.join(silent)}。" if silent else "各单位应报报表均已接收。"
    note = f"按时、迟报以首次送达计（退回后补报的不算迟报）；连续零报告{_LONG_RUN}个月以上的请核实。"
    return Section("报送情况", (Sentence((said,)), Table("各单位报送情况", columns, rows, note)))


def _reporter(book: Book, code: str) -> tuple[Cell, ...]:
    return (
        book.names[code],
        book.figure(book.spot("SUB01", unit_code=code)),
        _some(book, "SUB02", code, "received", "已接收的"),
        _some(book, ON_TIME, code, "on_time", "首次按时送达的"),
        _some(book, ON_TIME, code, "late", "首次送达已过期的"),
        _some(book, "SUB02", code, "missing", "没有接收的"),
        book.figure(book.spot("SUB02", unit_code=code)),
        book.figure(book.spot("SUB06", unit_code=code)),
        book.figure(book.spot("SUB07", book.to_date, code)),
    )


def _some(book: Book, code: str, unit_code: str, kind: str, how: str) -> Figure:
    """How many of the reports that a unit owes are so."""
    spot = book.spot(code, unit_code=unit_code)
    rows = tuple(row for row in book.rows[spot] if _kind(row, code) == kind)
    return Figure(str(len(rows)), len(rows), 0, (book.source(spot, rows),), how)


def _kind(row: TraceRow, code: str) -> str:
    """What became of a report that is owed, by the indicator that tells it."""
    if code == ON_TIME:
        if row.numerator:
            return "on_time"
        return "late" if row.file else "silent"
    return "received" if row.numerator else "missing"


def _missing(book: Book, unit_code: str) -> bool:
    count = Counter(_kind(row, "SUB02") for row in book.rows[book.spot("SUB02", unit_code=unit_code)])
    return count["missing"] > 0

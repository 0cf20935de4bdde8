"""Parts 1 and 2, and the tables of indicators of the later parts: this month, compared, and since January."""

from collections.abc import Iterable, Sequence

from tasks.bulletin.book import Book
from tasks.bulletin.contents import ACCIDENTS, DEATHS, OVERVIEW
from tasks.bulletin.document import Blank, Cell, Section, Sentence, Table

COLUMNS = ("指标", "单位", "本月", "同比", "环比", "累计", "累计同比")
STAR = "* 有单位未报，数字待补。"
BASES = "同比比去年同期的最新值；基数不足10的只列增减数；“…”为同期数据缺失。"


def conclusion(book: Book) -> Section:
    """What happened, in numbers; the judgement is a person's."""
    month, to_date = book.period, book.to_date
    said: list[Cell] = [f"{month.title}，{book.unit_name}"]
    for number, code in enumerate((ACCIDENTS, DEATHS)):
        spot = book.spot(code, month)
        said += [
            "发生生产安全事故" if not number else "；死亡",
            book.figure(spot, with_unit=True),
            "，",
            book.phrase(spot),
        ]
    said.append(f"。{to_date.title}累计")
    for number, code in enumerate((ACCIDENTS, DEATHS)):
        spot = book.spot(code, to_date)
        said += ["发生事故" if not number else "；死亡", book.figure(spot, with_unit=True), "，", book.phrase(spot)]
    said.append("。")
    return Section("综述", (Sentence(tuple(said)), Blank("请填写：形势研判和下一步工作")))


def overview(book: Book) -> Section:
    """The table of the figures that matter most."""
    return Section("主要指标", (indicator_table(book, "主要指标", OVERVIEW),))


def indicator_table(book: Book, caption: str, codes: Sequence[str]) -> Table:
    """One line an indicator: this month, compared with a year and a month ago, and since January."""
    rows = tuple(_line(book, code) for code in codes)
    return Table(caption, COLUMNS, rows, note_on(rows))


def note_on(rows: Iterable[Sequence[Cell]], *further: str) -> str:
    """The note below a table of comparisons."""
    is_marked = any(not isinstance(cell, str) and cell.mark for row in rows for cell in row)
    return "".join([BASES, *([STAR] if is_marked else []), *further])


def _line(book: Book, code: str) -> tuple[Cell, ...]:
    indicator, spot = book.indicator(code), book.spot(code)
    since = book.spot(code, book.to_date)
    is_added = "to_date" in indicator.compare
    return (
        indicator.name,
        indicator.unit,
        book.figure(spot),
        book.change(spot, "year_ago"),
        book.change(spot, "previous"),
        book.figure(since) if is_added else "",
        book.change(since, "year_ago") if is_added else "",
    )

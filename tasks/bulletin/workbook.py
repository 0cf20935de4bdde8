"""The tables of a bulletin as a workbook with real numbers: a sheet for every part that has any."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tasks.bulletin.document import Bulletin, Cell, Chart, Figure, Section, Sentence, Table, printed

_A4 = 9
_FIRST_WIDTH, _WIDTH, _HEADING_HEIGHT = 30, 13, 44


def workbook(bulletin: Bulletin, made_at: datetime) -> bytes:
    """The workbook; the same bulletin gives the same bytes."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": bulletin.title, "created": made_at.replace(tzinfo=None)})
        formats = _Formats(book)
        for number, section in enumerate(bulletin.sections, 1):
            page = book.add_worksheet(f"{number} {section.title}"[:31])
            _set_up(page, bulletin)
            _write(page, section, bulletin, formats)
    return target.getvalue()


class _Formats:
    """The looks of cells; numbers have one for each count of decimals and mark."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.small = book.add_format({"font_color": "#555555", "font_size": 9})
        self.caption = book.add_format({"bold": True})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#F4F6F8"}
        )
        self.text = book.add_format({"border": 1})
        self.right = book.add_format({"border": 1, "align": "right"})

    def number(self, figure: Figure) -> Format:
        """As many decimals as are printed, a sign where it is a difference, and the star."""
        digits = "0" if not figure.decimals else f"0.{'0' * figure.decimals}"
        star = f'"{figure.mark}"' if figure.mark else ""
        is_change = figure.text.startswith(("+", "−")) or figure.text == "持平"
        shown = f'+{digits}{star};-{digits}{star};"持平"{star}' if is_change else f"{digits}{star}"
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"border": 1, "num_format": shown})
        return self._numbers[shown]


def _set_up(page: Worksheet, bulletin: Bulletin) -> None:
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    # An ampersand begins a code in a page foot.
    page.set_footer(f"&C{bulletin.imprint.replace('&', '&&')}　第 &P 页")
    page.set_column(0, 0, _FIRST_WIDTH)
    page.set_column(1, 40, _WIDTH)


def _write(page: Worksheet, section: Section, bulletin: Bulletin, formats: _Formats) -> None:
    page.write_string(0, 0, f"{bulletin.title} · {section.title}", formats.title)
    page.write_string(1, 0, bulletin.imprint, formats.small)
    row = 3
    for block in section.blocks:
        if isinstance(block, Sentence):
            page.write_string(row, 0, "".join(map(printed, block.cells)))
            row += 1
        elif isinstance(block, Table | Chart):
            row = _table(page, row, block.table if isinstance(block, Chart) else block, formats) + 1


def _table(page: Worksheet, row: int, table: Table, formats: _Formats) -> int:
    """Writes a table from that row on and gives the row after it."""
    page.write_string(row, 0, table.caption, formats.caption)
    page.set_row(row + 1, _HEADING_HEIGHT)
    for column, name in enumerate(table.columns):
        page.write_string(row + 1, column, name, formats.heading)
    for down, cells in enumerate(table.rows, row + 2):
        for column, cell in enumerate(cells):
            _cell(page, down, column, cell, formats)
    end = row + 2 + len(table.rows)
    page.write_string(end, 0, table.note, formats.small)
    return end + 1


def _cell(page: Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, formats.text)
    elif cell.amount is None or cell.text in ("是", "否"):
        page.write_string(row, column, printed(cell), formats.right)
    else:
        page.write_number(row, column, cell.amount, formats.number(cell))

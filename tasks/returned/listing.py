"""The sheet 问题清单: every issue with a link to its cell and what to do, ready to print."""

from collections.abc import Sequence

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tasks.returned.book import Copy, cell_at, free_name, put_text
from tasks.returned.own import MARK, TITLE
from tasks.returned.remark import Remark, cell_name

_COLUMNS = {"序号": 6, "程度": 7, "工作表": 14, "单元格": 9, "列名": 16, "填写的内容": 22, "问题": 42, "怎么改": 42}
_KINDS = {"error": "错误", "warning": "提醒", "info": "说明"}
_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFFFFFFF"}
_FONT = "宋体"
_LINE = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_A4 = 9
# Points of a line, and of the room above and below.
_HEIGHT, _ROOM = 14.5, 5


def add_list(copy: Copy, notice: Sequence[str], said: Sequence[Remark]) -> None:
    """Put the sheet in front of the others, and show it first when the workbook is opened.

    ``notice`` are the sentences above the list.
    """
    book = copy.book
    for old in [sheet for sheet in book.worksheets if sheet.cell(1, 1).value == MARK]:
        book.remove(old)
    sheet = book.create_sheet(free_name(TITLE, {title.casefold() for title in book.sheetnames}), 0)
    _write(sheet, notice, said, copy)
    _set_up(sheet, len(notice) + 2)
    _show_first(book)


def _write(sheet: Worksheet, notice: Sequence[str], said: Sequence[Remark], copy: Copy) -> None:
    for number, line in enumerate((MARK, *notice), 1):
        put_text(cell_at(sheet, number, 1), line)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_COLUMNS))
        sheet.cell(number, 1).font = Font(name=_FONT, size=14 if number == 1 else 11, bold=number == 1)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[number].height = 24 if number == 1 else _height([(line, sum(_COLUMNS.values()))])
    top = len(notice) + 2
    for place, (name, width) in enumerate(_COLUMNS.items(), 1):
        sheet.column_dimensions[chr(64 + place)].width = width
        heading = sheet.cell(top, place, name)
        heading.font = Font(name=_FONT, size=11, bold=True)
        heading.fill = PatternFill("solid", fgColor="FFD9E1F2")
        heading.border, heading.alignment = _BORDER, Alignment(horizontal="center", vertical="center")
    for number, remark in enumerate(said, top + 1):
        _write_line(sheet, number, remark, copy)


def _write_line(sheet: Worksheet, number: int, remark: Remark, copy: Copy) -> None:
    found, place = remark.found, remark.place
    texts = (
        str(remark.number),
        _KINDS[found.severity],
        copy.names.get(found.sheet or "", found.sheet or "") or (place.sheet if place else ""),
        cell_name(place) if place else "",
        remark.label,
        found.value or "",
        remark.problem,
        remark.advice,
    )
    for column, text in enumerate(texts, 1):
        cell = cell_at(sheet, number, column)
        put_text(cell, text)
        cell.font = Font(name=_FONT, size=11)
        cell.border = _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if column in (1, 2, 4) else None)
    sheet.cell(number, 1).value = remark.number
    sheet.cell(number, 1).number_format = "0"
    sheet.cell(number, 2).fill = PatternFill("solid", fgColor=_COLOURS[found.severity])
    if place and place.sheet in copy.names:
        _link(sheet, number, f"{_quoted(copy.names[place.sheet])}!{cell_name(place)}")
    sheet.row_dimensions[number].height = _height(list(zip(texts, _COLUMNS.values(), strict=True)))


def _link(sheet: Worksheet, number: int, target: str) -> None:
    cell = sheet.cell(number, 4)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    cell.font = Font(name=_FONT, size=11, underline="single", color="FF0563C1")


def _quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def _height(texts: Sequence[tuple[str, float]]) -> float:
    """The height of a row in points, such that each text fits into its width."""
    return max(1, *(_lines(text, width) for text, width in texts)) * _HEIGHT + _ROOM


def _lines(text: str, width: float) -> int:
    taken = sum(1 if each.isascii() else 2 for each in text)
    return -(-taken // int(width - 1))


def _set_up(sheet: Worksheet, top: int) -> None:
    """A4 across, as wide as the page, the headings on every page, and frozen on the screen."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.row_dimensions[top].height = 21
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter = footer
    sheet.freeze_panes = f"A{top + 1}"


def _show_first(book: Book) -> None:
    """Of several selected sheets Excel changes all at once: only the list is."""
    book.active = 0
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is book.worksheets[0]

"""A template as the bytes of an .xlsx, by XlsxWriter. The same template gives the same bytes."""
# ruff: noqa: PLC0415 -- only who writes a template needs XlsxWriter

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from schemas.issue import column_letter
from tasks.template.content import Template, TemplateTable, display_width
from tasks.template.cover import GUIDE, CoverItem
from tasks.template.limits import Limit, is_inline
from tasks.template.values import CellValue
from tasks.template.version import GUIDE_SHEET, HIDDEN_SHEET, MARK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEADING_ROW = 2
_COVER_SHEET = "封面"
_LAST_ROW = 5_000
_A4 = 9
# Rows can be deleted where no cell of them is locked, to the last column of the sheet: what is locked says so itself.
_OPTIONS = {"in_memory": True, "default_format_properties": {"locked": False}}
_FONT = {"locked": True, "font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_BORDER = {"border": 1, "border_color": "#A6A6A6"}
_NUMBER_FORMATS = {"integer": "General", "amount": "General", "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm"}
_NUMBERS = ("integer", "amount")
# Rows may come, go, move and look otherwise: all but the headings and the columns is the sender's.
_MAY = dict.fromkeys(
    ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows"), True
)
_TITLE = "带 * 的列必填；鼠标放在列名上看填写说明；列名不要改动。"


def write_template(template: Template) -> bytes:
    """The workbook: cover, guide, a sheet a table, and a hidden one with the version and the longer lists."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        # Else the time of writing stands in the file, and no two are alike.
        book.set_properties({"title": template.title, "author": "huizong", "created": datetime(2020, 1, 1)})  # noqa: DTZ001
        book.set_custom_property("huizong_template", f"{template.form_code} {template.version}")
        _Writer(book, template).write()
    return buffer.getvalue()


class _Writer:
    """One workbook while it is written: its formats by what they say, its hidden lists by their choices."""

    def __init__(self, book: "Workbook", template: Template) -> None:
        self._book = book
        self._template = template
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._lists: dict[tuple[str, ...], str] = {}

    def write(self) -> None:
        self._cover(self._book.add_worksheet(_COVER_SHEET))
        for table in self._template.tables:
            self._table(self._book.add_worksheet(table.sheet), table)
        self._guide(self._book.add_worksheet(GUIDE_SHEET))
        self._hidden(self._book.add_worksheet(HIDDEN_SHEET))

    def _style(self, **said: object) -> "Format":
        key = tuple(sorted(said.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **said})
        return self._formats[key]

    def _cover(self, sheet: "Worksheet") -> None:
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 64)
        title = self._style(bold=True, font_size=16, align="center")
        sheet.merge_range(0, 0, 0, 1, self._template.title, title)
        sheet.set_row(0, 36)
        for row, item in enumerate(self._template.cover, 1):
            self._cover_item(sheet, row, item)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        _print(sheet, self._template.form_code)
        sheet.set_portrait()

    def _cover_item(self, sheet: "Worksheet", row: int, item: CoverItem) -> None:
        sheet.set_row(row, 30)
        sheet.write_string(row, 0, item.label, self._style(bold=True, bg_color="#DDEBF7", **_BORDER))
        kind = "integer" if item.limit and item.limit.kind == "integer" else "text"
        cell = self._style(num_format=_number_format(kind), locked=not item.is_open, align="left", **_BORDER)
        _write(sheet, row, 1, item.value, cell)
        if item.note:
            sheet.write_comment(row, 0, item.note, _size(item.note))
        if item.limit:
            self._check(sheet, (row, 1, row, 1), item.label, item.limit, None)

    def _table(self, sheet: "Worksheet", table: TemplateTable) -> None:
        for row, height in enumerate((30, 18, 40)):
            sheet.set_row(row, height, self._style())
        title = self._style(bold=True, font_size=14, align="center", text_wrap=False)
        sheet.merge_range(0, 0, 0, len(table.columns) - 1, table.title, title)
        sheet.write_string(1, 0, _TITLE, self._style(font_color="#595959", text_wrap=False))
        for place, column in enumerate(table.columns):
            cells = self._cells(column.type)
            sheet.set_column(place, place, column.width, cells)
            colour = "#FCE4D6" if column.is_required else "#DDEBF7"
            head = self._style(bold=True, align="center", bg_color=colour, **_BORDER)
            sheet.write_string(HEADING_ROW, place, column.heading, head)
            sheet.write_comment(HEADING_ROW, place, column.note, _size(column.note))
            if column.limit:
                area = (HEADING_ROW + 1, place, _LAST_ROW, place)
                self._check(sheet, area, column.heading.split("\n")[0], column.limit, f"{table.id}_{column.field}")
            for row, values in enumerate(table.rows, HEADING_ROW + 1):
                _write(sheet, row, place, values[place], cells)
        for row, values in enumerate(table.rows, HEADING_ROW + 1):
            texts = zip(values, table.columns, strict=True)
            # LibreOffice does not fit rows to their texts when it opens a workbook.
            sheet.set_row(row, max(_height(str(value or ""), int(column.width) - 1) for value, column in texts))
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        sheet.protect("", _MAY)
        sheet.repeat_rows(0, HEADING_ROW)
        _print(sheet, f"{self._template.form_code} {table.title}")

    def _cells(self, kind: str) -> "Format":
        align = "right" if kind in _NUMBERS else "left"
        return self._style(num_format=_number_format(kind), locked=False, align=align, **_BORDER)

    def _check(
        self, sheet: "Worksheet", area: tuple[int, int, int, int], title: str, limit: Limit, name: str | None
    ) -> None:
        """A validation of cells; ``name`` is that under which a list is kept that does not fit into the check."""
        said: dict[str, Any] = {
            "validate": limit.kind,
            "error_title": title[:32],
            "error_message": limit.message,
            "error_type": "stop" if limit.is_strict else "warning",
        }
        if limit.bounds:
            said |= {"criteria": "between", "minimum": limit.bounds[0], "maximum": limit.bounds[1]}
        elif name is None or is_inline(limit.choices):
            said["source"] = list(limit.choices)
        else:
            said["source"] = f"={self._lists.setdefault(limit.choices, name)}"
        sheet.data_validation(*area, said)

    def _guide(self, sheet: "Worksheet") -> None:
        """How to fill in, and every column in words: telephones show no notes, and paper neither."""
        for place, width in enumerate((5, 24, 18, 60)):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, GUIDE_SHEET, self._style(bold=True, font_size=14, text_wrap=False))
        for row, line in enumerate(GUIDE, 1):
            sheet.write_number(row, 0, row, self._style(align="center"))
            sheet.merge_range(row, 1, row, 3, line, self._style())
            sheet.set_row(row, _height(line, 100))
        row = len(GUIDE) + 2
        for table in self._template.tables:
            sheet.write_string(row, 1, f"{table.sheet}：各列怎么填", self._style(bold=True, text_wrap=False))
            for number, column in enumerate(table.columns, 1):
                row += 1
                texts = (column.heading.replace("*", "").replace("\n", ""), column.demand, "\n".join(column.manual))
                sheet.write_number(row, 0, number, self._style(align="center"))
                for place, text in enumerate(texts, 1):
                    sheet.write_string(row, place, text, self._style(**_BORDER))
                sheet.set_row(row, sum(_height(line, 58) for line in column.manual))
            row += 2
        _print(sheet, f"{self._template.form_code} {GUIDE_SHEET}")
        sheet.set_portrait()

    def _hidden(self, sheet: "Worksheet") -> None:
        for row, text in enumerate((MARK, self._template.form_code, self._template.version)):
            sheet.write_string(row, 0, text)
        for place, (choices, name) in enumerate(self._lists.items(), 1):
            letter = column_letter(place)
            sheet.write_column(0, place, choices)
            self._book.define_name(name, f"={HIDDEN_SHEET}!${letter}$1:${letter}${len(choices)}")
        sheet.very_hidden()


def _write(sheet: "Worksheet", row: int, place: int, value: CellValue, style: "Format") -> None:
    """Texts always as texts: one that begins with = is no formula, one of digits no number."""
    if value is None:
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_number(row, place, value, style)


def _number_format(kind: str) -> str:
    """Texts as such, so that a spreadsheet makes no number of a code."""
    return _NUMBER_FORMATS.get(kind, "@")


def _print(sheet: "Worksheet", what: str) -> None:
    """A4 across, as wide as one page, with what it is and its number on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    sheet.set_header(f"&R&9{what}", {"margin": 0.3})
    sheet.set_footer("&C&9第 &P 页，共 &N 页", {"margin": 0.3})


def _size(text: str) -> dict[str, int]:
    """A note as large as its text."""
    lines = sum(-(-display_width(line) // 40) or 1 for line in text.split("\n"))
    return {"width": 260, "height": 16 * lines + 12, "font_size": 9}


def _height(text: str, width: int) -> int:
    return 15 * max(-(-display_width(text) // width), 1)

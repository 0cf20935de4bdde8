"""A workbook: numbers that Excel computes with, days that it knows as days, and no text that it takes for a formula."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from schemas.calendar import SHANGHAI
from tasks.aside import OutputError
from tasks.export.texts import as_text, is_like_a_formula
from warehouse.dictionary import Field
from warehouse.export import Extract

# Names for programs and for formulas, and below them what they mean.
_HEADINGS = 2
MOST_ROWS = 1_048_576 - _HEADINGS
_LONGEST_TEXT = 32_767
# From here on Excel rounds.
_EXACT_WHOLE = 10**15
_FIRST_YEAR = 1900
_WIDTH = 18


def write(extract: Extract, path: Path) -> int:
    """Writes the rows below two lines of headings; gives how many. Moments are in Shanghai's time.

    Raises:
        OutputError: there are more rows than a sheet has, or a text is longer than a cell.
    """
    if extract.count > MOST_ROWS:
        raise OutputError(
            f"{extract.relation.name} 有 {extract.count} 行，超过 Excel 一张表的 {MOST_ROWS} 行，"
            "请改用 .parquet 或 .csv"
        )
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            sheet = _Sheet(book, extract.relation.name, extract.fields)
            for batch in extract.batches():
                for row in batch:
                    sheet.add(row)
            return sheet.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


class _Sheet:
    """A sheet to which rows are added one after the other."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, fields: Sequence[Field]) -> None:
        self._fields = fields
        self._count = 0
        self._sheet = book.add_worksheet(name[:31])
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        # So that the text is no formula either when somebody edits the cell.
        self._quoted = book.add_format({"quote_prefix": True})
        self._sheet.set_column(0, len(fields) - 1, _WIDTH)
        self._sheet.freeze_panes(_HEADINGS, 0)
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._sheet.write_row(0, 0, [field.name for field in fields], heading)
        self._sheet.write_row(1, 0, [field.comment.partition("[")[0].strip() for field in fields], heading)

    def add(self, row: Sequence[object]) -> None:
        """One more row."""
        for column, value in enumerate(row):
            if value is not None:
                self._write(_HEADINGS + self._count, column, value)
        self._count += 1

    def close(self) -> int:
        """Puts the filter over what there is; gives how many rows that are."""
        self._sheet.autofilter(1, 0, self._count + 1, len(self._fields) - 1)
        return self._count

    def _write(self, row: int, column: int, value: object) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            self._write_date(row, column, value)
        elif isinstance(value, int | float | Decimal) and -_EXACT_WHOLE < value < _EXACT_WHOLE:
            self._sheet.write_number(row, column, value)
        else:
            self._write_text(row, column, str(as_text(value)))

    def _write_date(self, row: int, column: int, value: date) -> None:
        if isinstance(value, datetime):
            here = value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
            self._sheet.write_datetime(row, column, here, self._moment)
        else:
            self._sheet.write_datetime(row, column, value, self._day)

    def _write_text(self, row: int, column: int, text: str) -> None:
        if len(text) > _LONGEST_TEXT:
            raise OutputError(
                f"第 {self._count + 1} 行「{self._fields[column].name}」超过 Excel 单元格的 {_LONGEST_TEXT} 字，"
                "请改用 .parquet 或 .csv"
            )
        self._sheet.write_string(row, column, text, self._quoted if is_like_a_formula(text) else None)

"""The dictionary of schema ``mart`` as a workbook: a sheet of tables and views, and one of all their columns."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from warehouse.dictionary import HEADINGS, Relation

_KINDS = {"table": "表", "view": "视图"}
_WIDE, _NARROW = 70, 26


def write_book(relations: Sequence[Relation], target: Path) -> None:
    """Write the workbook; what is in it follows from the relations alone."""
    columns = [
        (f"mart.{relation.name}", field.name, field.type, field.comment)
        for relation in relations
        for field in relation.fields
    ]
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        tables = [(f"mart.{relation.name}", _KINDS[relation.kind], relation.comment) for relation in relations]
        _sheet(book, "表和视图", ("名称", "种类", "说明"), tables)
        _sheet(book, "列", ("表或视图", *HEADINGS), columns)


def _sheet(book: xlsxwriter.Workbook, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    for place, row in enumerate(rows, start=1):
        sheet.write_row(place, 0, row)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 2, _NARROW)
    sheet.set_column(len(headings) - 1, len(headings) - 1, _WIDE)

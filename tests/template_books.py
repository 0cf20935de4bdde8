"""Templates filled in by a script and what must be read of them."""

import functools
import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.worksheet.worksheet import Worksheet

from schemas.batch import Batch
from schemas.form import Column, Form, Table, load_forms
from schemas.unit import load_register
from tasks.template.book import HEADING_ROW, write_template
from tasks.template.content import Filing, template_of
from tests.rows import meant
from tests.template_rows import MONTH, TextRow, rows_of

UNIT = "340404004"
FIRST_ROW = HEADING_ROW + 2
_SIGNED: Mapping[str, str | date] = {"填报人": "王某某", "单位负责人": "李某某", "报出日期": date(2021, 4, 6)}


def blank(form: Form) -> bytes:
    """The template of a form for the street and the month of the tests."""
    return _blank(form.id)


@functools.cache
def _blank(form_id: str) -> bytes:
    return write_template(template_of(load_forms()[form_id], load_register(), Filing(UNIT, MONTH)))


def filled(form: Form) -> bytes:
    """The template with the rows of ``rows_of`` and a signed cover, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(blank(form)))
    sign(book["封面"])
    for table in form.tables.values():
        _fill(book[table.sheets[0]], table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sign(cover: Worksheet) -> None:
    for row in cover.iter_rows(max_col=2):
        if row[0].value in _SIGNED:
            row[1].value = _SIGNED[str(row[0].value)]


def _fill(sheet: Worksheet, table: Table) -> None:
    for number, row in enumerate(rows_of(table.id), FIRST_ROW):
        for place, (name, column) in enumerate(table.columns.items(), 1):
            cell = sheet.cell(number, place)
            cell.value = _typed(column, row[name])
            if column.type not in ("date", "datetime"):
                cell.number_format = "General" if column.type in ("integer", "amount") else "@"


def _typed(column: Column, text: str | None) -> str | int | float | date | None:
    """What a spreadsheet makes of a text in a cell of the column: a number or a day of what is one."""
    if text is None:
        return None
    if column.type in ("integer", "amount"):
        return float(text) if "." in text else int(text)
    if column.type == "date":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if column.type == "datetime" else text


def read_of(batch: Batch, submission_no: int, table: Table) -> list[dict[str, object]]:
    """The typed rows of a submission."""
    rows = batch.tables[table.id]
    rows = rows[rows["submission_no"] == submission_no]
    return [
        {name: _plain(value) for name, value in zip(table.columns, values, strict=True)}
        for values in rows[list(table.columns)].itertuples(index=False)
    ]


def _plain(value: Any) -> object:  # noqa: ANN401 -- whatever a frame holds
    """None for whatever stands for nothing."""
    return value if isinstance(value, list) or not pd.isna(value) else None


def expected_of(table: Table) -> list[dict[str, object]]:
    """The values that the texts of ``rows_of`` stand for."""
    return [_meant(table, row) for row in rows_of(table.id)]


def _meant(table: Table, row: TextRow) -> dict[str, object]:
    return {
        name: None if (text := row[name]) is None else meant(column, text) for name, column in table.columns.items()
    }

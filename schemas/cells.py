"""Text of cells to typed columns, the distinct values of a column once.

Spelling is normalised, values are never corrected (统计法实施条例, article 19: the sender corrects).

A cell that does not parse becomes NA and a code of ``issue.MESSAGES``; what is merely blank becomes NA without. A
value with a warning or an information keeps both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from schemas.form import Column, Table
from schemas.parsers import DASHES, PARSERS, Cell, UnreadableError, is_error, is_formula
from schemas.text import normalise, squeeze
from schemas.unit import Register

_DTYPES: Mapping[str, str] = {
    "integer": "Int64",
    "amount": "Float64",
    "yes_no": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}
_DATES = ("date", "datetime")
_NOT_A_CODE = "E-VAL-06"


@dataclass(frozen=True)
class Parsed:
    """A typed column, and for each cell the code of what was wrong with it (None where nothing was)."""

    cells: "pd.Series[Any]"
    codes: "pd.Series[str]"


def parse_table(cells: pd.DataFrame, table: Table, register: Register, months: "pd.Series[Any]") -> dict[str, Parsed]:
    """Every column of a table, on the index of ``cells``.

    Args:
        cells: texts, None where empty, a column a field.
        table: whose columns they are.
        register: the units that cells may name.
        months: the report month of each row (datetime64, NaT where unknown), for days without a year.
    """
    parsed = {
        name: parse_column(cells[name], column, register, months)
        for name, column in table.columns.items()
        if not column.dated_by
    }
    for name, column in table.columns.items():
        if column.dated_by:
            days = parsed[column.dated_by].cells.fillna(months)
            parsed[name] = _parse_dated(cells[name], column, register, days)
    return {name: parsed[name] for name in table.columns}


def parse_column(
    cells: "pd.Series[str]", column: Column, register: Register, months: "pd.Series[Any] | None" = None
) -> Parsed:
    """The typed values of a column of cell texts (None where empty), on the same index."""
    keys = _keys(cells.astype(object), column, months)
    distinct = {key: _attempt(key, column, register) for key in dict.fromkeys(key for key in keys if key)}
    values = pd.Series([distinct[key][0] if key else None for key in keys], index=cells.index, dtype=object)
    codes = pd.Series([distinct[key][1] if key else None for key in keys], index=cells.index, dtype=object)
    dtype: Any = dtype_of(column)
    return Parsed(values.astype(dtype), codes)


def dtype_of(column: Column) -> str:
    """The pandas dtype of a parsed column of this type."""
    return _DTYPES.get(column.type, "object")


_Key = tuple[str, date | None]


def _keys(cells: "pd.Series[Any]", column: Column, months: "pd.Series[Any] | None") -> list[_Key | None]:
    """What a cell's value follows from: its text, for days with the month of the report."""
    if months is None or column.type not in _DATES:
        return [(text, None) if text is not None else None for text in cells]
    days = [month.date() if pd.notna(month) else None for month in months]
    return [(text, day) if text is not None else None for text, day in zip(cells, days, strict=True)]


def _attempt(key: _Key, column: Column, register: Register) -> tuple[object, str | None]:
    text, month = key
    clean = normalise(text)
    if not clean or (clean in DASHES and column.type not in ("integer", "amount")):
        return None, None
    if is_error(clean):
        return None, "E-VAL-16"
    if is_formula(clean):
        return None, "E-VAL-17"
    try:
        return PARSERS[column.type](Cell(clean, column, register, month)), None
    except UnreadableError as problem:
        return problem.value, problem.code


def _parse_dated(cells: "pd.Series[str]", column: Column, register: Register, days: "pd.Series[Any]") -> Parsed:
    """A column whose codes are in force for a time: each row by the list of its day; without any day by the last."""
    edges = _edges(column)
    known = days.fillna(pd.Timestamp(edges[-1])) if edges else days
    eras = np.searchsorted(np.array(edges, dtype="datetime64[s]"), known.to_numpy("datetime64[s]"), side="right")
    parts = []
    for era in np.unique(eras):
        day = edges[era - 1] if era else edges[0] - timedelta(days=1)
        part = parse_column(cells[eras == era], column.in_force(day), register)
        parts.append(Parsed(part.cells, _of_another_time(part.codes, cells[eras == era], column)))
    if not parts:
        return parse_column(cells, column, register)
    return Parsed(
        pd.concat([part.cells for part in parts]).reindex(cells.index),
        pd.concat([part.codes for part in parts]).reindex(cells.index),
    )


def _edges(column: Column) -> list[date]:
    """The days on which the list of codes changes."""
    spans = [span for each in column.valid.values() for span in each]
    return sorted({day for span in spans for day in (span.start, span.end) if day})


def _of_another_time(codes: "pd.Series[str]", cells: "pd.Series[str]", column: Column) -> "pd.Series[str]":
    """Codes in which a spelling that is right at another time is told from one that never is."""
    is_known = cells.map(lambda text: squeeze(text).upper() in column.code_index, na_action="ignore")
    return codes.mask((codes == _NOT_A_CODE) & is_known.fillna(value=False).astype(bool), "E-VAL-15")

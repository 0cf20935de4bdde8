"""Text of cells to typed columns, the distinct values of a column once.

Spelling is normalised, values are never corrected (统计法实施条例, article 19: the sender corrects).

A cell that does not parse becomes NA and a code of ``issue.MESSAGES``; what is merely blank becomes NA without. A
value with a warning or an information keeps both. A column whose list of codes changes with time is read by the list
that is in force on the day of each row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from schemas.form import Column, Span, Table
from schemas.one_cell import BLANK, Outcome, read_cell
from schemas.unit import Register

_DTYPES: Mapping[str, str] = {
    "integer": "Int64",
    "amount": "Float64",
    "yes_no": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}
_NOT_IN_THE_LIST = "E-VAL-06"
_OF_ANOTHER_TIME = "E-VAL-15"
_DAY = timedelta(days=1)
_NOTHING = pd.Series([], index=pd.RangeIndex(0), dtype=object)


@dataclass(frozen=True)
class Parsed:
    """A typed column; on the places of the cells with which something is wrong its code, and words for its message."""

    cells: "pd.Series[Any]"
    codes: "pd.Series[str]"
    hints: "pd.Series[str]"


def parse_table(cells: pd.DataFrame, table: Table, register: Register, months: "pd.Series[Any]") -> dict[str, Parsed]:
    """Every column of a table, on the index of ``cells``.

    Args:
        cells: texts, None where empty, a column a field.
        table: whose columns they are.
        register: the units that cells may name.
        months: the report month of each row (datetime64, NaT where unknown), for days without a year, and for the lists
            of codes of rows without a day.
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
    """The typed values of a column of cell texts (None where empty), on the same index.

    ``months`` is the report month of each cell (datetime64, NaT where unknown), for days without a year.
    """
    places, texts = pd.factorize(cells.astype(object))
    outcomes = [read_cell(text, column, register) for text in texts]
    if months is not None and any(outcome.needs_month for outcome in outcomes):
        needs_month = np.array([*(outcome.needs_month for outcome in outcomes), False])[places]
        needs_month &= months.notna().to_numpy()
        pairs = pd.MultiIndex.from_arrays([cells[needs_month], months[needs_month]])
        dated, distinct = pairs.factorize()
        places[needs_month] = dated + len(outcomes)
        outcomes += [read_cell(text, column, register, month.date()) for text, month in distinct]
    return _spread(outcomes, places, cells.index, dtype_of(column))


def dtype_of(column: Column) -> str:
    """The pandas dtype of a parsed column of this type."""
    return _DTYPES.get(column.type, "object")


def _spread(outcomes: Sequence[Outcome], places: "np.ndarray[Any, Any]", index: pd.Index, dtype: Any) -> Parsed:  # noqa: ANN401 -- pandas' own word for it
    """The outcome of each distinct text at all its places; -1 is the place of an empty cell."""
    lines = [*outcomes, BLANK]
    values = pd.Series([line.value for line in lines], dtype=object).astype(dtype).array
    cells = pd.Series(values.take(places), index=index, dtype=dtype)
    if not any(line.code for line in lines):
        return Parsed(cells, _NOTHING, _NOTHING)
    wrong = np.flatnonzero(np.array([line.code is not None for line in lines])[places])
    said, where = [lines[place] for place in places[wrong]], index[wrong]
    return Parsed(
        cells,
        pd.Series([line.code for line in said], index=where, dtype=object),
        pd.Series([line.hint for line in said], index=where, dtype=object),
    )


def _parse_dated(cells: "pd.Series[str]", column: Column, register: Register, days: "pd.Series[Any]") -> Parsed:
    """Each row by the list of its day; a row without any is of a report without a month, and goes by the last list."""
    edges = _edges(column)
    if not edges or cells.empty:
        return parse_column(cells, column, register)
    known = days.fillna(pd.Timestamp(edges[-1])).to_numpy("datetime64[s]")
    eras = np.searchsorted(np.array(edges, dtype="datetime64[s]"), known, side="right")
    parts = [
        _parse_era(cells[eras == era], column, register, edges[era - 1] if era else edges[0] - _DAY)
        for era in np.unique(eras)
    ]
    return Parsed(
        pd.concat([part.cells for part in parts]).reindex(cells.index),
        pd.concat([part.codes for part in parts]).sort_index(),
        pd.concat([part.hints for part in parts]).sort_index(),
    )


def _edges(column: Column) -> list[date]:
    """The days on which the list of codes changes."""
    spans = [span for each in column.valid.values() for span in each]
    return sorted({day for span in spans for day in (span.start, span.end) if day})


def _parse_era(cells: "pd.Series[str]", column: Column, register: Register, day: date) -> Parsed:
    """By the list of one day; a spelling that is right at another time is told from one that never is."""
    parsed = parse_column(cells, column.in_force(day), register)
    strange = cells[parsed.codes.index[parsed.codes == _NOT_IN_THE_LIST]]
    ever = {text: read_cell(text, column, register) for text in strange.unique()}
    hints = {text: _when(outcome, column, day) for text, outcome in ever.items() if outcome.code is None}
    of_another_time = strange[strange.isin(list(hints))]
    codes, hints_of_cells = parsed.codes.copy(), parsed.hints.copy()
    codes[of_another_time.index] = _OF_ANOTHER_TIME
    hints_of_cells[of_another_time.index] = of_another_time.map(hints)
    return Parsed(parsed.cells, codes, hints_of_cells)


def _when(outcome: Outcome, column: Column, day: date) -> str:
    """When the codes of a cell that are not in force on the day were or will be, and what the form says of it."""
    codes = outcome.value if isinstance(outcome.value, list) else [str(outcome.value)]
    times = [
        f"「{column.codes[code][0]}」{'、'.join(_in_words(span) for span in column.valid[code])}"
        for code in codes
        if not column.is_in_force(code, day)
    ]
    return "；".join([*times, *([column.hint] if column.hint else [])])


def _in_words(span: Span) -> str:
    last = span.end - _DAY if span.end else None
    if span.start and last:
        return f"用于 {span.start} 至 {last}"
    return f"自 {span.start} 起使用" if span.start else f"用到 {last} 为止"

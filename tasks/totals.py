"""The rows 合计 and 小计 that people write among the rows: never data, but the sum of theirs (W-TOT-01, W-TOT-02)."""

from typing import Any

import numpy as np
import pandas as pd

from schemas.cells import parse_column
from schemas.form import Column, Table
from schemas.issue import ISSUE_COLUMNS, MESSAGES, place
from schemas.reading import DASHES
from schemas.text import normalise
from schemas.unit import Register

_TOLERANCE = 0.005
_WORDS = {"total": "合计", "subtotal": "小计"}
_COUNT = "rows_counted"
_MOST_ROWS = 2**32


def check_totals(
    rows: pd.DataFrame, totals: pd.DataFrame, submissions: pd.DataFrame, table: Table, register: Register
) -> pd.DataFrame:
    """Issues where a written total is not the sum of the typed rows of its submission that stand above it.

    ``totals`` has the texts of a row of totals, its ``kind`` and the first row (``from_row``) that it adds up. A dash
    in it says that the column is not added up.
    """
    measures = {name: column for name, column in table.columns.items() if column.type in ("integer", "amount")}
    if totals.empty or not measures:
        return pd.DataFrame(columns=list(ISSUE_COLUMNS))
    sums = _sums(rows, totals, list(measures))
    codes = {name: _codes(sums[name], totals[name], column, register) for name, column in measures.items()}
    parts = [_lines(codes[name], sums[name], totals, name, measures[name]) for name in measures if codes[name].any()]
    if not parts:
        return pd.DataFrame(columns=list(ISSUE_COLUMNS))
    wrong = pd.concat(parts, ignore_index=True)
    layout = [submissions["layout"][number][table.id] for number in wrong["submission_no"]]
    return wrong.assign(
        file_no=wrong["submission_no"].map(submissions["file_no"]),
        severity="warning",
        sheet=[part["sheet"] for part in layout],
        column=[part["letters"][name] for part, name in zip(layout, wrong["field"], strict=True)],
    )


def _sums(rows: pd.DataFrame, totals: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """For each row of totals the sums of the rows between its first one and itself; none where there is no row.

    By running sums, so that a long table with many subtotals costs no more than its rows.
    """
    ordered = rows[rows["submission_no"].isin(totals["submission_no"])].sort_values(["submission_no", "source_row"])
    counted = ordered[measures].astype("float64").fillna(0).assign(**{_COUNT: 1.0})
    running = counted.groupby(ordered["submission_no"]).cumsum().to_numpy()
    running = np.vstack([np.zeros((1, running.shape[1])), running])
    sums = running[_above(ordered, totals, "source_row")] - running[_above(ordered, totals, "from_row")]
    frame = pd.DataFrame(sums, index=totals.index, columns=counted.columns)
    return frame[measures].where(frame[_COUNT] > 0)


def _above(rows: pd.DataFrame, totals: pd.DataFrame, edge: str) -> "np.ndarray[Any, Any]":
    """The place, from 1, of the last row of its submission that stands above a row of each total; 0 where none does."""
    keys, edges = (
        (frame["submission_no"] * _MOST_ROWS + frame[row]).to_numpy("int64")
        for frame, row in ((rows, "source_row"), (totals, edge))
    )
    places = np.searchsorted(keys, edges)
    numbers = np.append(-1, rows["submission_no"])
    return np.where(numbers[places] == totals["submission_no"], places, 0)


def _codes(sums: pd.Series, texts: pd.Series, column: Column, register: Register) -> "np.ndarray[Any, Any]":
    """For each total of one column the code of what is wrong: it differs from the sum or cannot be read; else None."""
    is_dash = np.array([text is not None and normalise(text) in DASHES for text in texts], dtype=bool)
    written = parse_column(texts.mask(is_dash), column, register)
    numbers = written.cells.to_numpy("float64", na_value=np.nan)
    codes = np.full(len(texts), None, dtype=object)
    codes[np.abs(numbers - sums.to_numpy()) > _TOLERANCE] = "W-TOT-01"
    codes[np.isnan(numbers) & texts.index.isin(written.codes.index)] = "W-TOT-02"
    return codes


def _lines(
    codes: "np.ndarray[Any, Any]", sums: pd.Series, totals: pd.DataFrame, name: str, column: Column
) -> pd.DataFrame:
    """The totals of one column that have a code, with the sentence that says so."""
    lines = totals[["submission_no", "source_row", "kind", name]].set_axis(
        ["submission_no", "row", "kind", "value"], axis=1
    )
    lines = lines.assign(field=name, code=codes, sum=sums)[codes.astype(bool)]
    sentences = [
        place(row, None, column.label)
        + MESSAGES[code].format(kind=_WORDS[kind], value=value, hint=_shown(total, column))
        for row, kind, value, code, total in zip(
            lines["row"], lines["kind"], lines["value"], lines["code"], lines["sum"], strict=True
        )
    ]
    return lines.assign(message=sentences).drop(columns=["kind", "sum"])


def _shown(total: float, column: Column) -> str:
    """A sum with the decimals that its column keeps."""
    decimals = column.decimals if column.type == "amount" else 0
    return f"{total:.{decimals}f}"

"""The rows 合计 and 小计 that people write among the rows: never data, but the sum of theirs (W-TOT-01)."""

import pandas as pd

from schemas.cells import parse_column
from schemas.form import Column, Table
from schemas.issue import ISSUE_COLUMNS, MESSAGES, place
from schemas.unit import Register

_TOLERANCE = 0.005
_WORDS = {"total": "合计", "subtotal": "小计"}


def check_totals(
    rows: pd.DataFrame, totals: pd.DataFrame, submissions: pd.DataFrame, table: Table, register: Register
) -> pd.DataFrame:
    """Issues where a written total is not the sum of the typed rows of its submission that stand above it.

    ``totals`` has the texts of a row of totals, its ``kind`` and the first row (``from_row``) that it adds up.
    """
    measures = {name: column for name, column in table.columns.items() if column.type in ("integer", "amount")}
    if totals.empty or not measures:
        return pd.DataFrame(columns=list(ISSUE_COLUMNS))
    totals = totals.reset_index(drop=True)
    sums = _sums(rows, totals, list(measures))
    parts = [_wrong(sums[name], totals, name, column, register) for name, column in measures.items()]
    wrong = pd.concat(parts, ignore_index=True)
    layout = [submissions["layout"][number][table.id] for number in wrong["submission_no"]]
    return wrong.assign(
        file_no=wrong["submission_no"].map(submissions["file_no"]),
        severity="warning",
        code="W-TOT-01",
        sheet=[part["sheet"] for part in layout],
        column=[part["letters"][name] for part, name in zip(layout, wrong["field"], strict=True)],
    )


def _sums(rows: pd.DataFrame, totals: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """For each row of totals the sums of the rows between its first one and itself; none where there is no row."""
    bounds = totals[["submission_no", "from_row", "source_row"]].reset_index(names="total")
    pairs = bounds.merge(rows[["submission_no", "source_row", *measures]], on="submission_no", suffixes=("_total", ""))
    is_above = pairs["source_row"].between(pairs["from_row"], pairs["source_row_total"])
    return pairs[is_above].groupby("total")[measures].sum().reindex(totals.index)


def _wrong(sums: pd.Series, totals: pd.DataFrame, name: str, column: Column, register: Register) -> pd.DataFrame:
    """The totals of one column that differ from the sums, with the sentence that says so."""
    written = parse_column(totals[name], column, register).cells.astype("Float64")
    counted = sums.astype("Float64")
    differs = ((written - counted).abs() > _TOLERANCE).fillna(value=False)
    lines = pd.DataFrame(
        {"submission_no": totals["submission_no"], "row": totals["source_row"], "field": name, "value": totals[name]}
    )[differs]
    sentences = [
        place(row, None, column.label)
        + MESSAGES["W-TOT-01"].format(kind=_WORDS[kind], value=value, hint=f"{total:.12g}")
        for row, kind, value, total in zip(
            lines["row"], totals["kind"][differs], lines["value"], counted[differs], strict=True
        )
    ]
    return lines.assign(message=sentences)

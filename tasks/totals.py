"""The 合计 row that people write below a table: never data, but it should be the sum of the rows (W-TOT-01)."""

import pandas as pd

from schemas.cells import parse_column
from schemas.form import Column, Table
from schemas.issue import ISSUE_COLUMNS, MESSAGES, place
from schemas.unit import Register

_TOLERANCE = 0.005


def check_totals(
    rows: pd.DataFrame, totals: pd.DataFrame, submissions: pd.DataFrame, table: Table, register: Register
) -> pd.DataFrame:
    """Issues where a written total is not the sum of the typed rows of its submission."""
    measures = {name: column for name, column in table.columns.items() if column.type in ("integer", "amount")}
    if totals.empty or not measures:
        return pd.DataFrame(columns=list(ISSUE_COLUMNS))
    sums = rows.groupby("submission_no")[list(measures)].sum()
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


def _wrong(sums: pd.Series, totals: pd.DataFrame, name: str, column: Column, register: Register) -> pd.DataFrame:
    """The totals of one column that differ from the sums, with the sentence that says so."""
    written = parse_column(totals[name], column, register).cells.astype("Float64")
    counted = totals["submission_no"].map(sums).astype("Float64")
    differs = ((written - counted).abs() > _TOLERANCE).fillna(value=False)
    lines = pd.DataFrame(
        {"submission_no": totals["submission_no"], "row": totals["source_row"], "field": name, "value": totals[name]}
    )[differs]
    sentences = [
        place(row, None, column.label) + MESSAGES["W-TOT-01"].format(value=value, hint=f"{total:g}")
        for row, value, total in zip(lines["row"], lines["value"], counted[differs], strict=True)
    ]
    return lines.assign(message=sentences)

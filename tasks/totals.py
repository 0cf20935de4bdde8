"""The rows 合计 and 小计 that people write among the rows: never data, but the sum of theirs (W-TOT-01, W-TOT-02)."""

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
    totals = totals.reset_index(drop=True)
    sums = _sums(rows, totals, list(measures))
    parts = [_wrong(sums[name], totals, name, column, register) for name, column in measures.items()]
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
    ordered = rows.sort_values("source_row", kind="stable").reset_index(drop=True)
    counted = ordered[measures].astype("float64").fillna(0).assign(**{_COUNT: 1})
    running = counted.groupby(ordered["submission_no"]).cumsum()
    running = pd.concat([ordered[["submission_no", "source_row"]], running], axis=1)
    sums = _running(running, totals, "source_row") - _running(running, totals, "from_row")
    return sums[measures].where(sums[_COUNT] > 0)


def _running(running: pd.DataFrame, totals: pd.DataFrame, edge: str) -> pd.DataFrame:
    """The running sums above a row of each total."""
    edges = totals[["submission_no", edge]].set_axis(["submission_no", "source_row"], axis=1)
    edges = edges.astype("int64").rename_axis("total").reset_index().sort_values("source_row", kind="stable")
    above = pd.merge_asof(edges, running, on="source_row", by="submission_no", allow_exact_matches=False)
    return above.set_index("total").sort_index().drop(columns=["submission_no", "source_row"]).fillna(0)


def _wrong(sums: pd.Series, totals: pd.DataFrame, name: str, column: Column, register: Register) -> pd.DataFrame:
    """The totals of one column that differ from the sums or cannot be read, with the sentence that says so."""
    is_dash = totals[name].map(lambda text: normalise(text) in DASHES, na_action="ignore").fillna(value=False)
    written = parse_column(totals[name].mask(is_dash.astype(bool)), column, register)
    differs = ((written.cells.astype("Float64") - sums.astype("Float64")).abs() > _TOLERANCE).fillna(value=False)
    is_unreadable = written.cells.isna() & totals.index.isin(written.codes.index)
    lines = totals[["submission_no", "source_row", "kind", name]].set_axis(
        ["submission_no", "row", "kind", "value"], axis=1
    )
    lines = lines.assign(field=name, code=is_unreadable.map({True: "W-TOT-02", False: "W-TOT-01"}), sum=sums)
    lines = lines[differs | is_unreadable]
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

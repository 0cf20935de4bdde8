"""Faults of cells to issues: the file, sheet, row and letter of each, and one Chinese sentence that says what to do."""

import pandas as pd

from schemas.form import Column, Table, severity_of
from schemas.identity import mask_identity
from schemas.issue import ISSUE_COLUMNS, MESSAGES, place

_MASK = "***"
_MOST_CHARACTERS = 60


def describe(faults: pd.DataFrame, cells: pd.DataFrame, submissions: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Issues from faults: ``index`` (of a row of ``cells``), ``field``, ``code``, ``hint`` and ``rule_no``."""
    if faults.empty:
        return pd.DataFrame(columns=list(ISSUE_COLUMNS))
    at = cells.loc[faults["index"], ["submission_no", "source_row"]].reset_index(drop=True)
    field = faults["field"].reset_index(drop=True)
    layout = at["submission_no"].map(submissions["layout"])
    value = [_shown(cells[name][row], table.columns[name]) for row, name in zip(faults["index"], field, strict=True)]
    issues = pd.DataFrame(
        {
            "file_no": at["submission_no"].map(submissions["file_no"]),
            "submission_no": at["submission_no"],
            "severity": faults["code"].map(severity_of).reset_index(drop=True),
            "code": faults["code"].reset_index(drop=True),
            "sheet": [part[table.id]["sheet"] for part in layout],
            "row": at["source_row"],
            "column": [part[table.id]["letters"].get(name) for part, name in zip(layout, field, strict=True)],
            "field": field,
            "value": pd.Series(value, dtype=object),
        }
    )
    return issues.assign(message=_sentences(issues, faults, table))


def _sentences(issues: pd.DataFrame, faults: pd.DataFrame, table: Table) -> list[str]:
    hints = faults["hint"].astype(object).where(faults["hint"].notna(), None)
    columns = zip(
        issues["row"], issues["field"], issues["code"], issues["value"], hints, faults["rule_no"], strict=True
    )
    return [
        place(int(row), None, table.columns[field].label)
        + (
            table.rules[rule].message
            if rule >= 0
            else MESSAGES[code].format(value=value or "", hint=hint or hint_of(code, table.columns[field]))
        )
        for row, field, code, value, hint, rule in columns
    ]


def _shown(text: str | None, column: Column) -> str | None:
    """The cell as the sender wrote it; masked when the column is sensitive, cut when it is long."""
    if text is None or column.sensitive:
        return text and _MASK
    text = mask_identity(text)
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"


def hint_of(code: str, column: Column) -> str:
    """What the column allows, in the words that go into the message of this code."""
    low, high = column.minimum, column.maximum
    bounds = f"{low:g} 到 {high:g}" if low is not None and high is not None else ""
    hints = {
        "E-VAL-04": f"（单位：{column.unit}）" if column.unit else "",
        "E-VAL-05": f"（单位：{column.unit}）" if column.unit else "",
        "E-VAL-06": "、".join(names[0] for names in column.codes.values()),
        "E-VAL-09": bounds
        or (f"不小于 {low:g}" if low is not None else f"不大于 {high:g}" if high is not None else ""),
        "E-VAL-10": str(column.max_length),
        "E-VAL-11": column.pattern_hint or "规定的格式",
    }
    return hints.get(code, "")

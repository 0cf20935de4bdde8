"""Faults of cells to issues: the file, sheet, row and letter of each, and one Chinese sentence that says what to do."""

from typing import Any

import numpy as np
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
    faults = faults.reset_index(drop=True)
    at = cells.loc[faults["index"], ["submission_no", "source_row"]].reset_index(drop=True)
    numbers, fields = at["submission_no"].tolist(), faults["field"].tolist()
    places = {number: submissions["layout"][number][table.id] for number in set(numbers)}
    issues = pd.DataFrame(
        {
            "file_no": at["submission_no"].map(submissions["file_no"]),
            "submission_no": at["submission_no"],
            "severity": faults["code"].map(severity_of),
            "code": faults["code"],
            "sheet": [places[number]["sheet"] for number in numbers],
            "row": at["source_row"],
            "column": [places[number]["letters"].get(name) for number, name in zip(numbers, fields, strict=True)],
            "field": faults["field"],
            "value": _values(faults, cells, table),
        }
    )
    return issues.assign(message=_sentences(issues, faults, table))


def _values(faults: pd.DataFrame, cells: pd.DataFrame, table: Table) -> "pd.Series[Any]":
    """The cells of the faults as they are shown, the distinct texts of a column once."""
    values = pd.Series(None, index=faults.index, dtype=object)
    for field, where in faults.groupby("field", sort=False).indices.items():
        texts = cells[field].loc[faults["index"].iloc[where]]
        shown = {text: _shown(text, table.columns[str(field)]) for text in texts.unique()}
        values.iloc[where] = np.array([shown[text] for text in texts], dtype=object)
    return values


def _sentences(issues: pd.DataFrame, faults: pd.DataFrame, table: Table) -> list[str]:
    hints = faults["hint"].astype(object).where(faults["hint"].notna(), None)
    columns = (issues["row"], issues["field"], issues["code"], issues["value"], hints, faults["rule_no"])
    return [
        place(row, None, table.columns[field].label)
        + (
            table.rules[rule].message
            if rule >= 0
            else MESSAGES[code].format(value=value or "", hint=hint or _hint_of(code, table.columns[field]))
        )
        for row, field, code, value, hint, rule in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _shown(text: str | None, column: Column) -> str | None:
    """The cell as the sender wrote it; masked when the column is sensitive, cut when it is long."""
    if text is None or column.sensitive:
        return text and _MASK
    text = mask_identity(text)
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"


def _hint_of(code: str, column: Column) -> str:
    """What the column allows, in the words that go into the message of this code."""
    match code:
        case "E-VAL-04" | "E-VAL-05":
            return f"（单位：{column.unit}）" if column.unit else ""
        case "E-VAL-06":
            return "、".join(names[0] for names in column.codes.values())
        case "E-VAL-09":
            return _bounds(column.minimum, column.maximum)
        case "E-VAL-10":
            return str(column.max_length)
        case "E-VAL-11":
            return column.pattern_hint or "规定的格式"
        case _:
            return ""


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:g} 到 {high:g}"
    return f"不小于 {low:g}" if low is not None else f"不大于 {high:g}" if high is not None else ""

"""Builders of batches: what a test does not say is as an ordinary submission has it."""

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypedDict, Unpack

import pandas as pd

from schemas.batch import Batch
from schemas.cells import dtype_of
from schemas.form import Column, load_forms, tables
from schemas.issue import column_letter, issue_frame

Row = Mapping[str, object]
ARRIVED = datetime(2021, 4, 6, 8, tzinfo=UTC)
FIRST_ROW = 3


@dataclass(frozen=True)
class Report:
    """One file with one submission; ``tables`` are rows by table, dates and times may be ISO texts.

    ``states`` are those of tables without a sheet: unchanged, or zero. ``errors`` are messages that reject it. ``name``
    and ``sha256`` of the file follow from what is said, so that two reports that say the same are the same file. A
    report without unit and month could not be placed.
    """

    form: str
    unit_code: str | None
    month: date | None
    tables: Mapping[str, Sequence[Row]]
    states: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    correction: str | None = None
    errors: Sequence[str] = ()
    warnings: Sequence[str] = ()
    received_at: datetime = ARRIVED
    name: str = ""
    first_row: int = FIRST_ROW

    @property
    def file_name(self) -> str:
        return self.name or f"{self.unit_code}/{self.month}/{self.form}-{self.version}.xlsx"

    @property
    def content_sha256(self) -> str:
        rows = sorted((table_id, [dict(row) for row in rows]) for table_id, rows in self.tables.items())
        return _sha256(repr((rows, sorted(self.states.items()))))

    @property
    def row_count(self) -> int:
        return sum(map(len, self.tables.values()))

    @property
    def situation(self) -> str:
        if self.row_count:
            return "data"
        return "unchanged" if "unchanged" in self.states.values() else "zero"


class Said(TypedDict, total=False):
    """What a test may say of a report beside its rows."""

    states: Mapping[str, str]
    version: int
    correction: str | None
    errors: Sequence[str]
    warnings: Sequence[str]
    received_at: datetime
    name: str
    first_row: int


@dataclass(frozen=True)
class Unreadable:
    """One file in which no submission was found."""

    name: str
    message: str
    received_at: datetime = ARRIVED
    content: str = field(default="unreadable")


def report(
    form: str,
    unit_code: str | None,
    month: str | None,
    *rows: Row,
    tables: Mapping[str, Sequence[Row]] | None = None,
    **said: Unpack[Said],
) -> Report:
    """A report of a month (``2021-03``); ``rows`` go to the form's first table, ``tables`` to those they name."""
    first = next(iter(load_forms()[form].tables))
    when = date.fromisoformat(f"{month}-01") if month else None
    of_first: Mapping[str, Sequence[Row]] = {} if "states" in said and not rows else {first: list(rows)}
    return Report(form, unit_code, when, tables or of_first, **said)


def build_batch(*files: Report | Unreadable) -> Batch:
    """A batch of files in the order in which they arrived."""
    numbered = list(enumerate(files))
    reports = [(file_no, each) for file_no, each in numbered if isinstance(each, Report)]
    return Batch(
        files=pd.DataFrame([_file(file_no, each) for file_no, each in numbered], columns=list(_FILE)).astype(
            dict(_FILE)
        ),
        submissions=_submissions(reports),
        tables={
            table_id: frame
            for table_id in tables()
            if any(each.tables.get(table_id) for _, each in reports)
            and len(frame := _rows(table_id, [each for _, each in reports]))
        },
        issues=issue_frame(_issues(numbered)),
    )


_FILE: Mapping[Hashable, str] = {
    "file_no": "int64",
    "sha256": "object",
    "source": "object",
    "name": "object",
    "size": "int64",
    "received_at": "datetime64[us, UTC]",
    "archive": "object",
}


def _file(file_no: int, file: Report | Unreadable) -> dict[str, object]:
    name = file.file_name if isinstance(file, Report) else file.name
    sha256 = _sha256(repr((file.content_sha256, file.errors) if isinstance(file, Report) else file.content))
    return {
        "file_no": file_no,
        "sha256": sha256,
        "source": f"/inbox/{name}",
        "name": name,
        "size": 10_000,
        "received_at": file.received_at,
        "archive": f"/archive/{sha256}.xlsx",
    }


def _submissions(reports: Sequence[tuple[int, Report]]) -> pd.DataFrame:
    def column(values: Sequence[object]) -> pd.Series:
        return pd.Series(list(values), dtype=object)

    each = [one for _, one in reports]
    return pd.DataFrame(
        {
            "submission_no": range(len(each)),
            "file_no": pd.Series([file_no for file_no, _ in reports], dtype="int64"),
            "form": column([one.form for one in each]),
            "unit_code": column([one.unit_code for one in each]),
            "month": column([one.month for one in each]),
            "version": pd.Series([one.version for one in each], dtype="int64"),
            "situation": column([one.situation for one in each]),
            "correction": column([one.correction for one in each]),
            "status": column(["rejected" if one.errors else "accepted" for one in each]),
            "content_sha256": column([one.content_sha256 for one in each]),
            "layout": column([_layout(one) for one in each]),
            "rows": pd.Series([one.row_count for one in each], dtype="int64"),
            "errors": pd.Series([len(one.errors) for one in each], dtype="int64"),
            "warnings": pd.Series([len(one.warnings) for one in each], dtype="int64"),
        }
    )


def _layout(one: Report) -> dict[str, object]:
    sent: dict[str, object] = {
        table_id: {
            "sheet": tables()[table_id][1].title,
            "header_row": one.first_row - 1,
            "letters": {name: column_letter(place) for place, name in enumerate(tables()[table_id][1].columns)},
            "state": "data" if rows else "zero",
        }
        for table_id, rows in one.tables.items()
    }
    unsent: dict[str, object] = {
        table_id: {"sheet": None, "header_row": None, "letters": {}, "state": state}
        for table_id, state in one.states.items()
    }
    return {**unsent, **sent}


def _rows(table_id: str, reports: Sequence[Report]) -> pd.DataFrame:
    lines = [
        (number, one.first_row + place, row)
        for number, one in enumerate(reports)
        if not one.errors
        for place, row in enumerate(one.tables.get(table_id, ()))
    ]
    columns = tables()[table_id][1].columns
    for _, _, row in lines:
        assert row.keys() <= columns.keys(), f"unknown columns of {table_id}: {row.keys() - columns.keys()}"
    return pd.DataFrame(
        {
            "submission_no": pd.Series([number for number, _, _ in lines], dtype="int64"),
            "source_row": pd.Series([place for _, place, _ in lines], dtype="int64"),
            **{name: _values([row.get(name) for _, _, row in lines], column) for name, column in columns.items()},
        }
    )


def _values(cells: Sequence[object], column: Column) -> pd.Series:
    """Cells in the type that a batch promises for the column."""
    read = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}.get(column.type)
    values = [read(cell) if read and isinstance(cell, str) else cell for cell in cells]
    is_object = column.type in ("date", "datetime")
    return pd.Series(values, dtype="object" if is_object else dtype_of(column))


def _issues(files: Sequence[tuple[int, Report | Unreadable]]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    submission_no = -1
    for file_no, each in files:
        if isinstance(each, Unreadable):
            lines.append(_issue(file_no, None, "error", each.message))
        else:
            submission_no += 1
            lines.extend(_issue(file_no, submission_no, "warning", message) for message in each.warnings)
            lines.extend(_issue(file_no, submission_no, "error", message) for message in each.errors)
    return lines


def _issue(file_no: int, submission_no: int | None, severity: str, message: str) -> dict[str, object]:
    code = "E-VAL-01" if severity == "error" else "W-VAL-01"
    place = {"sheet": "表", "row": FIRST_ROW, "column": "A", "field": None, "value": None}
    number = {"file_no": file_no, "submission_no": submission_no}
    return {**number, "severity": severity, "code": code, **place, "message": message}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

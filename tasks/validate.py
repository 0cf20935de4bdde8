"""Cell texts to typed rows and issues: once for each table over all submissions of the batch."""

from typing import Any

import numpy as np
import pandas as pd

from schemas.batch import Batch
from schemas.cells import Parsed, parse_table
from schemas.compile import failures
from schemas.form import Table, severity_of, tables
from schemas.issue import ISSUES, typed_issues
from schemas.rules import SUBMISSION_RULES
from schemas.unit import Register
from tasks.assemble import Raw
from tasks.heading_units import Units, in_heading_units, units_of_headings
from tasks.messages import describe
from tasks.totals import check_totals

_BLANK = ("E-VAL-01", "W-VAL-01")
_CONVERTED = "I-VAL-24"


def validate(raw: Raw, register: Register) -> Batch:
    """A batch ready to load. A submission with an error is rejected whole; warnings load."""
    rows: dict[str, pd.DataFrame] = {}
    found = [raw.issues]
    units = units_of_headings(raw.submissions)
    for table_id, (_, table) in tables().items():
        cells = raw.cells[table_id]
        if len(cells):
            rows[table_id], issues = _check_table(cells, units[table_id], raw.submissions, table, register)
            totals = in_heading_units(raw.totals[table_id], units[table_id])
            found += [issues, check_totals(rows[table_id], totals, raw.submissions, table, register)]
    issues = typed_issues(pd.concat([part for part in found if len(part)] or found, ignore_index=True))
    issues = issues.sort_values(["file_no", "submission_no", "sheet", "row"], kind="stable", ignore_index=True)
    submissions = _with_verdict(raw.submissions, issues)
    accepted = submissions.loc[submissions["status"] == "accepted", "submission_no"]
    loadable = {table_id: _loadable(part, tables()[table_id][1], accepted) for table_id, part in rows.items()}
    return Batch(raw.files, submissions.drop(columns="unit_level"), loadable, ISSUES.validate(issues))


def _check_table(
    cells: pd.DataFrame, units: Units, submissions: pd.DataFrame, table: Table, register: Register
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed rows of a table, and the issues of its cells and submissions."""
    context = submissions[["submission_no", "unit_code", "unit_level", "month"]]
    context = context.assign(month=pd.to_datetime(context["month"]))
    rows = cells[["submission_no", "source_row"]].merge(context, on="submission_no", validate="many_to_one")
    parsed = parse_table(in_heading_units(cells, units), table, register, rows["month"])
    rows = rows.assign(**{name: part.cells for name, part in parsed.items()})
    unreadable = _faults(parsed)
    unreadable = unreadable[~_is_of_heading(unreadable, cells, units)].reset_index(drop=True)
    broken = _without_echoes(failures(rows, table, register), unreadable, rows, submissions)
    faults = pd.concat([part for part in (unreadable, broken) if len(part)] or [unreadable], ignore_index=True)
    of_cells = describe(faults.reindex(columns=unreadable.columns), cells, submissions, table)
    of_submissions = _missing_places(rows, submissions, table, register)
    return rows, pd.concat([of_cells, of_submissions], ignore_index=True)


def _faults(parsed: dict[str, Parsed]) -> pd.DataFrame:
    """What is wrong with cells as faults: ``index`` of the row, ``field``, ``code``, ``hint``, ``rule_no`` (-1)."""
    return pd.DataFrame(
        {
            "index": np.concatenate([part.codes.index for part in parsed.values()]),
            "field": np.repeat(np.array(list(parsed), dtype=object), [len(part.codes) for part in parsed.values()]),
            "code": np.concatenate([part.codes for part in parsed.values()]),
            "hint": np.concatenate([part.hints for part in parsed.values()]),
            "rule_no": -1,
        }
    )


def _is_of_heading(faults: pd.DataFrame, cells: pd.DataFrame, units: Units) -> "np.ndarray[Any, Any]":
    """Conversions that the heading asks for: it was said once there, and not again at each cell."""
    keys = zip(cells["submission_no"].reindex(faults["index"]), faults["field"], faults["code"], strict=True)
    return np.array([code == _CONVERTED and (number, field) in units for number, field, code in keys], dtype=bool)


def _without_echoes(
    broken: pd.DataFrame, unreadable: pd.DataFrame, rows: pd.DataFrame, submissions: pd.DataFrame
) -> pd.DataFrame:
    """A cell that could not be read is not blank as well, and a column that is not there has no blank cells."""
    errors = unreadable[unreadable["code"].map(severity_of) == "error"]
    unread = set(zip(errors["index"], errors["field"], strict=True))
    numbers = rows["submission_no"].reindex(broken["index"])
    present = _fields_present(submissions["layout"].reindex(numbers.unique()))
    cells = zip(broken["index"], numbers, broken["field"], broken["code"], strict=True)
    is_kept = [
        (index, field) not in unread and (code not in _BLANK or field in present[number])
        for index, number, field, code in cells
    ]
    return broken[np.array(is_kept, dtype=bool)]


def _fields_present(layouts: "pd.Series[Any]") -> dict[object, set[str]]:
    return {
        number: {field for part in layout.values() for field in part["letters"]} for number, layout in layouts.items()
    }


def _missing_places(rows: pd.DataFrame, submissions: pd.DataFrame, table: Table, register: Register) -> pd.DataFrame:
    """The issues of rules that look at a submission as a whole."""
    lines = [
        {
            "submission_no": number,
            "code": rule.code,
            "severity": rule.severity,
            "field": rule.column,
            "sheet": submissions["layout"][number][table.id]["sheet"],
            "value": None,
            "message": f"{rule.message}：{'、'.join(names)}",
        }
        for rule in table.rules
        if rule.kind in SUBMISSION_RULES
        for number, names in SUBMISSION_RULES[rule.kind](rows, rule, register).items()
    ]
    issues = pd.DataFrame(lines, columns=["submission_no", "code", "severity", "field", "sheet", "value", "message"])
    return issues.assign(file_no=issues["submission_no"].map(submissions["file_no"]), row=None, column=None)


def _with_verdict(submissions: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Submissions with their counts of issues; an error of the whole file rejects every submission in it."""
    counts = {
        severity: submissions["submission_no"].map(
            issues.loc[issues["severity"] == severity, "submission_no"].value_counts()
        )
        for severity in ("error", "warning")
    }
    of_file = issues.loc[(issues["severity"] == "error") & issues["submission_no"].isna(), "file_no"]
    errors = counts["error"].fillna(0).astype("int64")
    is_rejected = (errors > 0) | submissions["file_no"].isin(of_file)
    return submissions.assign(
        errors=errors,
        warnings=counts["warning"].fillna(0).astype("int64"),
        status=is_rejected.map({True: "rejected", False: "accepted"}).astype(object),
    )


def _loadable(rows: pd.DataFrame, table: Table, accepted: pd.Series) -> pd.DataFrame:
    """Rows of accepted submissions in the types that ``Batch.tables`` promises."""
    kept = rows.loc[rows["submission_no"].isin(accepted), ["submission_no", "source_row", *table.columns]]
    kept = kept.reset_index(drop=True)
    for name, column in table.columns.items():
        if column.type in ("date", "datetime"):
            moments = kept[name].dt.to_pydatetime() if column.type == "datetime" else kept[name].dt.date
            kept[name] = pd.Series(moments, dtype=object).where(kept[name].notna(), None)
    return kept

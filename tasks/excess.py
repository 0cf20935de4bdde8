"""Issues of one file beyond what anybody would read: its reports are rejected, and some of them are listed."""

from dataclasses import replace

import pandas as pd

from schemas.batch import Batch
from schemas.issue import Issue, issue_frame, typed_issues
from tasks.limits import Bounds


def without_excess(batch: Batch, bounds: Bounds) -> Batch:
    """The batch with no more issues a file than it may have; of more, the errors come first, and one says so."""
    counts = batch.issues["file_no"].value_counts()
    excessive = counts[counts > bounds.issues]
    if excessive.empty:
        return batch
    of_excessive = batch.issues["file_no"].isin(excessive.index)
    first = batch.issues[of_excessive].sort_values("severity", key=lambda each: each != "error", kind="stable")
    kept = first.groupby("file_no").head(bounds.issues).sort_index()
    said = issue_frame([_said(file_no, count, bounds) for file_no, count in excessive.items()])
    issues = typed_issues(pd.concat([batch.issues[~of_excessive], said, kept], ignore_index=True))
    submissions = batch.submissions.copy()
    submissions.loc[submissions["file_no"].isin(excessive.index), "status"] = "rejected"
    rejected = submissions.loc[submissions["status"] == "rejected", "submission_no"]
    tables = {
        name: rows[~rows["submission_no"].isin(rejected)].reset_index(drop=True) for name, rows in batch.tables.items()
    }
    order = ["file_no", "submission_no", "sheet", "row"]
    issues = issues.sort_values(order, kind="stable", ignore_index=True)
    return replace(batch, submissions=submissions, tables=tables, issues=issues)


def _said(file_no: object, count: int, bounds: Bounds) -> dict[str, object]:
    issue = Issue("E-FILE-18", value=str(count), hint=bounds.said("issues"))
    return {
        "file_no": file_no,
        "severity": issue.severity,
        "code": issue.code,
        "value": issue.value,
        "message": issue.message,
    }

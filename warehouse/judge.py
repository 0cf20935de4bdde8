"""The rules across forms, months and units hold what is about to come into force, and send back what breaks them."""

from collections.abc import Callable, Sequence

import pandas as pd
from sqlalchemy.engine import Connection

from warehouse.bulk import copy_frame
from warehouse.cross import ISSUE_COLUMNS, Finding, find, issues_of, relate_arrived
from warehouse.scripts import query
from warehouse.tables import issue

Enact = Callable[[pd.DataFrame], pd.DataFrame]
Asks = Callable[[Finding], bool]


def judge(connection: Connection, submissions: pd.DataFrame, enact: Enact, asks: Asks = bool) -> pd.DataFrame:
    """Enact submissions as far as the rules let them, write down what these found, and give what was enacted.

    The rules look at the warehouse as it would be. What they reject is taken back, with all that was enacted beside
    it, and the rest is enacted again without it: another report may have leant on it, and what it would have replaced
    stays in force. Every round rejects at least one submission.

    Args:
        connection: in the transaction that makes the change.
        submissions: with ``submission_id``, ``file_id``, ``form``, ``layout``, ``status`` and ``errors``.
        enact: brings what is ``accepted`` of such submissions into force, records them all, and gives them back with
            what became of each; where one was recorded under another number than it is judged by, as ``recorded_id``.
        asks: whether a finding counts; without it every one does.
    """
    against: list[Finding] = []
    while True:
        attempt = connection.begin_nested()
        enacted = enact(submissions)
        in_force = enacted[enacted["status"] == "accepted"]
        relate_arrived(connection, in_force["submission_id"].tolist())
        forms = in_force["form"].unique().tolist()
        errors = [finding for finding in find(connection, forms, {"error"}) if asks(finding)]
        if not errors:
            attempt.commit()
            questions = [finding for finding in find(connection, forms, {"warning", "info"}) if asks(finding)]
            _count_warnings(connection, questions)
            record_issues(connection, _issues([*against, *questions], enacted))
            return enacted
        attempt.rollback()
        against += errors
        submissions = _rejected(submissions, errors)


def record_issues(connection: Connection, issues: pd.DataFrame) -> None:
    """Append lines of ``core.issue``."""
    copy_frame(connection, issue, issues[list(ISSUE_COLUMNS)])


def _issues(findings: Sequence[Finding], enacted: pd.DataFrame) -> pd.DataFrame:
    """The issues of what was recorded, under the number under which it was."""
    recorded = enacted.get("recorded_id", enacted["submission_id"])
    numbers = dict(zip(enacted["submission_id"], recorded, strict=True))
    issues = issues_of([finding for finding in findings if finding.submission_id in numbers], enacted)
    return issues.assign(submission_id=issues["submission_id"].map(numbers))


def _rejected(submissions: pd.DataFrame, errors: Sequence[Finding]) -> pd.DataFrame:
    """The submissions with those rejected in which the errors are."""
    found = submissions["submission_id"].map(_counts(errors)).fillna(0).astype("int64")
    status = submissions["status"].mask(found > 0, "rejected")
    return submissions.assign(status=status, errors=submissions["errors"] + found)


def _count_warnings(connection: Connection, findings: Sequence[Finding]) -> None:
    counts = _counts([finding for finding in findings if finding.rule.severity == "warning"])
    if counts.empty:
        return
    given = {"submission_ids": counts.index.tolist(), "counts": counts.tolist()}
    connection.execute(query("add_warnings"), given)


def _counts(findings: Sequence[Finding]) -> pd.Series:
    return pd.Series([finding.submission_id for finding in findings], dtype="int64").value_counts()

"""A validated batch into the warehouse: one transaction, all or nothing, one writer at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.batch import Batch
from schemas.form import tables
from warehouse import tables as t
from warehouse.bulk import copy_frame, new_ids, storable
from warehouse.cross import ISSUE_COLUMNS, Finding, find, issues_of, relate_arrived
from warehouse.engine import know_as_of, lock_writers
from warehouse.files import known_among
from warehouse.forms import DATA_SCHEMA, form_metadata
from warehouse.revise import KEY, decide
from warehouse.scripts import query


@dataclass(frozen=True)
class Loaded:
    """What a load added: files, submissions by verdict (a replaced one was accepted too) and rows of forms."""

    files: int
    accepted: int
    rejected: int
    identical: int
    rows: int


@dataclass(frozen=True)
class _Verdict:
    """The submissions as they were recorded, what the rules found in them, and the number of rows."""

    submissions: pd.DataFrame
    findings: tuple[Finding, ...]
    rows: int


def load(engine: Engine, batch: Batch) -> Loaded:
    """Load what is new of a batch; files that are already known by content and name are left out.

    Rejected submissions are recorded with their issues and without rows; the rules of ``warehouse/rules`` reject more
    than the batch says. A resubmission replaces the whole of its (form, unit, month), whose rows stay as history.

    Raises:
        WarehouseError: a row does not fit its table; nothing of the batch was loaded.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        files = _new_files(connection, batch.files)
        if files.empty:
            return Loaded(files=0, accepted=0, rejected=0, identical=0, rows=0)
        verdict = _judge(connection, _with_ids(connection, batch.submissions, files), batch.tables)
        _record_issues(connection, _issues_read(batch.issues, files, verdict.submissions))
        _record_issues(connection, issues_of(verdict.findings, verdict.submissions))
    counts = verdict.submissions["status"].value_counts()
    return Loaded(
        files=len(files),
        accepted=int(counts.get("accepted", 0) + counts.get("superseded", 0)),
        rejected=int(counts.get("rejected", 0)),
        identical=int(counts.get("identical", 0)),
        rows=verdict.rows,
    )


def _new_files(connection: Connection, files: pd.DataFrame) -> pd.DataFrame:
    """Record the files that are not known yet; they come back with ``file_id``."""
    files = files.assign(name=pd.Series(storable(files["name"].tolist()), index=files.index, dtype=object))
    files = files.drop_duplicates(["sha256", "name"])
    known = known_among(connection, files["sha256"].tolist())
    is_new = [pair not in known for pair in zip(files["sha256"], files["name"], strict=True)]
    files = files[is_new].reset_index(drop=True)
    files = files.assign(file_id=new_ids(connection, t.file.c.file_id, len(files)))
    copy_frame(connection, t.file, files.drop(columns="file_no"))
    return files


def _with_ids(connection: Connection, submissions: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """The submissions of new files with ``file_id`` and ``submission_id``, which ascends as they arrived."""
    submissions = submissions.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    return submissions.assign(submission_id=new_ids(connection, t.submission.c.submission_id, len(submissions)))


def _judge(connection: Connection, submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame]) -> _Verdict:
    """Record submissions and rows as far as the rules let them.

    The rules look at the warehouse as it would be. What they reject is taken back, with all that was recorded beside
    it, and the rest is recorded again without it: another report may have leant on it, and what it would have replaced
    stays the current one. Every round rejects at least one submission.
    """
    against: list[Finding] = []
    while True:
        attempt = connection.begin_nested()
        verdict = _record(connection, submissions, rows)
        current = verdict.submissions[verdict.submissions["status"] == "accepted"]
        relate_arrived(connection, current["submission_id"].tolist())
        forms = current["form"].unique().tolist()
        errors = find(connection, forms, {"error"})
        if not errors:
            attempt.commit()
            questions = find(connection, forms, {"warning", "info"})
            _count_warnings(connection, questions)
            return replace(verdict, findings=(*against, *questions))
        attempt.rollback()
        against += errors
        submissions = _rejected(submissions, errors)


def _record(connection: Connection, submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame]) -> _Verdict:
    decided = _record_submissions(connection, submissions)
    verdict = _Verdict(decided, (), _record_rows(connection, rows, decided))
    # The rules join what has just come: without statistics of it the planner takes a thousand rows for one.
    grown = [t.submission.fullname, *(f"{DATA_SCHEMA}.{table_id}" for table_id, frame in rows.items() if len(frame))]
    connection.execute(sa.text(f"ANALYZE {', '.join(grown)}"))
    return verdict


def _record_submissions(connection: Connection, submissions: pd.DataFrame) -> pd.DataFrame:
    """Record submissions, close those that they replace, and let the views show what is known then."""
    decision = decide(submissions, _known_submissions(connection, submissions))
    now = _now(connection)
    know_as_of(connection, now)
    replaced = t.submission.c.submission_id == sa.any_(sa.literal(decision.replaced, sa.ARRAY(sa.BigInteger)))
    connection.execute(sa.update(t.submission).where(replaced).values(status="superseded", recorded_to=now))
    decided = decision.submissions.assign(recorded_from=now)
    decided["recorded_to"] = decided["recorded_from"].where(decided["status"] == "superseded")
    copy_frame(connection, t.submission, decided.drop(columns=["submission_no", "file_no"]))
    return decided


def _known_submissions(connection: Connection, submissions: pd.DataFrame) -> pd.DataFrame:
    """The state of every (form, unit, month) of the batch that is known; see ``revise.decide``."""
    accepted = submissions.loc[submissions["status"] == "accepted", KEY]
    given = {f"{name}s": accepted[name].tolist() for name in KEY}
    found = connection.execute(query("current_submission"), given)
    return pd.DataFrame(found.mappings().all(), columns=list(found.keys()), dtype=object)


def _now(connection: Connection) -> datetime:
    """The time of this load: after every load before it, even when the server's clock was set back."""
    latest = sa.select(sa.func.max(t.submission.c.recorded_from)).scalar_subquery()
    now: datetime = connection.execute(sa.select(sa.func.greatest(sa.func.clock_timestamp(), latest))).scalar_one()
    return now


def _record_rows(connection: Connection, rows: Mapping[str, pd.DataFrame], submissions: pd.DataFrame) -> int:
    """The rows of every submission that is or was accepted, table by table."""
    loadable = submissions.loc[
        submissions["status"].isin(["accepted", "superseded"]), ["submission_no", "submission_id"]
    ]
    metadata = form_metadata(tables())
    return sum(
        copy_frame(
            connection,
            metadata.tables[f"{DATA_SCHEMA}.{table_id}"],
            frame.merge(loadable, on="submission_no", validate="many_to_one").drop(columns="submission_no"),
        )
        for table_id, frame in rows.items()
    )


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


def _issues_read(issues: pd.DataFrame, files: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    """What the reader and the validation found, as lines of ``core.issue``."""
    issues = issues.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    ids = submissions.set_index("submission_no")["submission_id"]
    return issues.assign(submission_id=issues["submission_no"].map(ids).astype("Int64"))


def _record_issues(connection: Connection, issues: pd.DataFrame) -> None:
    copy_frame(connection, t.issue, issues[list(ISSUE_COLUMNS)])

"""A validated batch into the warehouse: one transaction, all or nothing, one writer at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.batch import Batch
from schemas.form import tables
from warehouse import tables as t
from warehouse.bulk import copy_frame, new_ids, storable
from warehouse.engine import lock_writers
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


def load(engine: Engine, batch: Batch) -> Loaded:
    """Load what is new of a batch; files that are already known by content and name are left out.

    Rejected submissions are recorded with their issues and without rows. A resubmission replaces the whole of its
    (form, unit, month), whose rows stay as history.

    Raises:
        WarehouseError: a row does not fit its table; nothing of the batch was loaded.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        files = _new_files(connection, batch.files)
        if files.empty:
            return Loaded(files=0, accepted=0, rejected=0, identical=0, rows=0)
        submissions = _record_submissions(connection, batch.submissions, files)
        _record_issues(connection, batch.issues, files, submissions)
        rows = _record_rows(connection, batch.tables, submissions)
    counts = submissions["status"].value_counts()
    return Loaded(
        files=len(files),
        accepted=int(counts.get("accepted", 0) + counts.get("superseded", 0)),
        rejected=int(counts.get("rejected", 0)),
        identical=int(counts.get("identical", 0)),
        rows=rows,
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


def _record_submissions(connection: Connection, submissions: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """Record the submissions of new files and close those that they replace; they come back with ``submission_id``."""
    submissions = submissions.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    submissions = submissions.assign(submission_id=new_ids(connection, t.submission.c.submission_id, len(submissions)))
    decision = decide(submissions, _known_submissions(connection, submissions))
    now = _now(connection)
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


def _record_issues(
    connection: Connection, issues: pd.DataFrame, files: pd.DataFrame, submissions: pd.DataFrame
) -> None:
    issues = issues.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    ids = submissions.set_index("submission_no")["submission_id"]
    issues = issues.assign(submission_id=issues["submission_no"].map(ids).astype("Int64"))
    copy_frame(connection, t.issue, issues.drop(columns=["file_no", "submission_no"]))


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

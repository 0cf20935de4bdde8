"""A validated batch into the warehouse: one transaction, all or nothing, one writer at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy.engine import Connection, Engine

from schemas.batch import Batch
from warehouse import tables as t
from warehouse.bulk import copy_frame, new_ids, storable
from warehouse.clock import next_moment
from warehouse.engine import lock_writers
from warehouse.files import known_among
from warehouse.judge import judge, record_issues
from warehouse.locks import lock_months, name_night
from warehouse.record import (
    LOADED,
    analyze,
    closed_months,
    delete_rows,
    issues_of_repeats,
    issues_read,
    known_submissions,
    record_rows,
)
from warehouse.revise import Decision, decide
from warehouse.scripts import query


@dataclass(frozen=True)
class Loaded:
    """What a load added: files, submissions by verdict (a replaced one was accepted too) and rows of forms."""

    files: int
    accepted: int
    rejected: int
    identical: int
    rows: int
    held: int = 0


def load(engine: Engine, batch: Batch, at: datetime | None = None, run_id: int | None = None) -> Loaded:
    """Load what is new of a batch; files that are already known by content and name are left out.

    Rejected submissions are recorded with their issues and without rows; the rules of ``warehouse/rules`` reject more
    than the batch says. A resubmission replaces the whole of its (form, unit, month), whose rows stay as history; for
    a closed month it is held until somebody releases it.

    Args:
        engine: the warehouse.
        batch: files with what was read from them.
        at: the moment as of which a night is played, see ``clock.next_moment``; None is now.
        run_id: the night that brought the files, see ``runs.start_run``.

    Raises:
        WarehouseError: a row does not fit its table; nothing of the batch was loaded.
    """
    with engine.begin() as connection:
        name_night(connection)
        lock_months(connection, batch.submissions["month"].dropna())
        lock_writers(connection)
        files = _new_files(connection, batch.files)
        if files.empty:
            return Loaded(files=0, accepted=0, rejected=0, identical=0, rows=0)
        moment = next_moment(connection, at)
        described = files.drop(columns="file_no").assign(recorded_at=moment)
        described["run_id"] = pd.Series(run_id, index=described.index, dtype="Int64")
        copy_frame(connection, t.file, described)
        submissions = _with_ids(connection, batch.submissions, files)
        recorder = _Recorder(connection, batch.tables, moment)
        recorder.prepare(submissions)
        recorded = judge(connection, submissions, recorder.record)
        recorder.clear(recorded)
        record_issues(connection, issues_read(batch.issues, files, recorded))
        record_issues(connection, issues_of_repeats(recorded))
    return loaded(recorded, len(files))


def loaded(submissions: pd.DataFrame, files: int) -> Loaded:
    """The counts of submissions by what became of them."""
    counts = submissions["status"].value_counts()
    return Loaded(
        files=files,
        accepted=int(counts.get("accepted", 0) + counts.get("superseded", 0)),
        rejected=int(counts.get("rejected", 0)),
        identical=int(counts.get("identical", 0)),
        rows=int(submissions.loc[submissions["status"].isin(LOADED), "rows"].sum()),
        held=int(counts.get("held", 0)),
    )


def _new_files(connection: Connection, files: pd.DataFrame) -> pd.DataFrame:
    """The files that are not known yet, with a ``file_id``."""
    files = files.assign(name=pd.Series(storable(files["name"].tolist()), index=files.index, dtype=object))
    files = files.drop_duplicates(["sha256", "name"])
    known = known_among(connection, files["sha256"].tolist())
    is_new = [pair not in known for pair in zip(files["sha256"], files["name"], strict=True)]
    files = files[is_new].reset_index(drop=True)
    return files.assign(file_id=new_ids(connection, t.file.c.file_id, len(files)))


def _with_ids(connection: Connection, submissions: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """The submissions of new files with ``file_id`` and ``submission_id``, which ascends as they arrived."""
    submissions = submissions.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    return submissions.assign(submission_id=new_ids(connection, t.submission.c.submission_id, len(submissions)))


class _Recorder:
    """Records submissions as often as the rules ask, and their rows once: only what is known has its rows seen."""

    def __init__(self, connection: Connection, rows: Mapping[str, pd.DataFrame], moment: datetime) -> None:
        self.connection, self.rows, self.moment = connection, rows, moment
        self.there: set[int] = set()

    def prepare(self, submissions: pd.DataFrame) -> None:
        """Write the rows of what will be in force or was, if the rules let everything pass."""
        decided = self._decide(submissions).submissions
        record_rows(self.connection, self.rows, decided)
        self.there = _with_rows(decided)

    def record(self, submissions: pd.DataFrame) -> pd.DataFrame:
        """Record submissions, and end those that they replace; they come back with what became of each."""
        decision = self._decide(submissions)
        self.connection.execute(query("supersede"), {"submission_ids": decision.replaced, "moment": self.moment})
        decided = decision.submissions.assign(recorded_from=self.moment)
        decided["recorded_to"] = decided["recorded_from"].where(decided["status"] == "superseded")
        copy_frame(self.connection, t.submission, decided.drop(columns=["submission_no", "file_no", "repeats"]))
        analyze(self.connection, {t.submission.fullname: len(decided)})
        # Where one is rejected, another that had been the same takes its place.
        record_rows(self.connection, self.rows, decided[~decided["submission_id"].isin(self.there)])
        return decided

    def clear(self, recorded: pd.DataFrame) -> None:
        """Take back the rows of what the rules rejected."""
        delete_rows(self.connection, self.rows, sorted(self.there - _with_rows(recorded)))

    def _decide(self, submissions: pd.DataFrame) -> Decision:
        known = known_submissions(self.connection, submissions)
        return decide(submissions, known, closed_months(self.connection))


def _with_rows(submissions: pd.DataFrame) -> set[int]:
    return set(submissions.loc[submissions["status"].isin(LOADED), "submission_id"])

"""A chunk of files to a batch that is ready to load, and the batches of chunks to one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from schemas.batch import Batch
from schemas.form import tables
from schemas.unit import Register
from tasks.assemble import read_batch
from tasks.excess import without_excess
from tasks.limits import USUAL, Bounds
from tasks.read import ArrivedFile
from tasks.validate import validate

# Fewer files are not worth a second process.
_FEWEST = 20


class Coming(Protocol):
    """A batch that is being read: a future of Prefect, or of Python."""

    def result(self) -> Batch:
        """The batch, once it is there."""


def in_batches(files: Sequence[ArrivedFile], size: int) -> list[Sequence[ArrivedFile]]:
    """The files in runs of at most that many."""
    return [files[start : start + size] for start in range(0, len(files), size)]


def in_chunks(files: Sequence[ArrivedFile], processes: int, most: int | None = None) -> list[Sequence[ArrivedFile]]:
    """The files in runs of about as many for each process, of at most ``most``."""
    each = max(_FEWEST, -(-len(files) // processes))
    return in_batches(files, min(each, most) if most else each)


def batches_ahead(
    parts: Iterable[Sequence[ArrivedFile]], begin: Callable[[Sequence[ArrivedFile]], Sequence[Coming]]
) -> Iterator[Batch]:
    """The batch of each part, in order; while one is used the next is being read, so no more than two are in memory."""
    ahead: Sequence[Coming] = ()
    for part in parts:
        coming = begin(part)
        if ahead:
            yield joined([each.result() for each in ahead])
        ahead = coming
    if ahead:
        yield joined([each.result() for each in ahead])


def read_chunk(files: Iterable[ArrivedFile], register: Register, today: date, bounds: Bounds = USUAL) -> Batch:
    """Files, in the order in which they arrived, read and validated together."""
    return without_excess(validate(read_batch(files, register, today, bounds), register), bounds)


def joined(batches: Sequence[Batch]) -> Batch:
    """One batch of several: the same as if their files had been read together."""
    if len(batches) == 1:
        return batches[0]
    files_before, submissions_before = 0, 0
    moved: list[Batch] = []
    for batch in batches:
        moved.append(_moved(batch, files_before, submissions_before))
        files_before += len(batch.files)
        submissions_before += len(batch.submissions)
    return Batch(
        files=_stacked([batch.files for batch in moved]),
        submissions=_stacked([batch.submissions for batch in moved]),
        tables={
            table_id: _stacked([batch.tables[table_id] for batch in moved if table_id in batch.tables])
            for table_id in tables()
            if any(table_id in batch.tables for batch in moved)
        },
        issues=_stacked([batch.issues for batch in moved]),
    )


def _moved(batch: Batch, files: int, submissions: int) -> Batch:
    """The batch with its numbers behind those of the files and submissions before it."""
    return Batch(
        files=batch.files.assign(file_no=batch.files["file_no"] + files),
        submissions=batch.submissions.assign(
            file_no=batch.submissions["file_no"] + files,
            submission_no=batch.submissions["submission_no"] + submissions,
        ),
        tables={
            table_id: rows.assign(submission_no=rows["submission_no"] + submissions)
            for table_id, rows in batch.tables.items()
        },
        issues=batch.issues.assign(
            file_no=batch.issues["file_no"] + files, submission_no=batch.issues["submission_no"] + submissions
        ),
    )


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames one below the other; an empty one would change the types of the others."""
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)

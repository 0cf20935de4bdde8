"""What arrived, batch by batch: read in chunks beside each other, the next batch while the one before is loaded."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.settings import Settings
from flows.steps import read_step
from schemas.batch import Batch
from schemas.unit import Register
from tasks.chunk import in_batches, in_chunks, joined
from tasks.pool import pool
from tasks.read import ArrivedFile

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture


def start_readers(settings: Settings) -> None:
    """Let the processes of this machine get ready while other things go on, where they are those that read."""
    if settings.task_runner == "local":
        pool(settings.limits).start()


def read_ahead(files: Sequence[ArrivedFile], settings: Settings, register: Register, day: date) -> Iterator[Batch]:
    """The batches of the files in their order; no more than two are in memory at once."""
    ahead: list[PrefectFuture[Any]] = []
    for part in in_batches(files, settings.batch_files):
        coming = [
            read_step.submit(chunk, register, day, settings.limits)
            for chunk in in_chunks(part, settings.readers, settings.chunk_files)
        ]
        if ahead:
            yield joined([each.result() for each in ahead])
        ahead = coming
    if ahead:
        yield joined([each.result() for each in ahead])

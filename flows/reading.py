"""What arrived, batch by batch: read in chunks beside each other, the next batch while the one before is loaded."""

from collections.abc import Iterator, Sequence
from datetime import date

from flows.settings import Settings
from flows.steps import read_step
from schemas.batch import Batch
from schemas.unit import Register
from tasks.chunk import Coming, batches_ahead, in_batches, in_chunks
from tasks.pool import pool
from tasks.read import ArrivedFile


def start_readers(settings: Settings) -> None:
    """Let the processes of this machine get ready while other things go on, where they are those that read."""
    if settings.task_runner == "local":
        pool(settings.limits).start()


def read_ahead(files: Sequence[ArrivedFile], settings: Settings, register: Register, day: date) -> Iterator[Batch]:
    """The batches of the files in their order, as Prefect's task runner reads them."""

    def begin(part: Sequence[ArrivedFile]) -> list[Coming]:
        chunks = in_chunks(part, settings.readers, settings.chunk_files)
        return [read_step.submit(chunk, register, day, settings.limits) for chunk in chunks]

    return batches_ahead(in_batches(files, settings.batch_files), begin)

"""A night stage by stage, without Prefect: ``python -m benchmarks.ours INBOX HOME`` (``--help`` tells the options).

HOME may hold a ``units.toml``; its warehouse is the one of HUIZONG_WAREHOUSE_URL, else its own. With ``--plain`` every
file is read and validated in one batch by this process. What a night does once, whatever comes, is not counted: the
start of the processes, the preparation of the warehouse. Nor are the audit and the bulletin.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from unittest.mock import patch

import psutil

from benchmarks.measured import Measured
from flows.house import House, open_house
from flows.settings import load_settings
from schemas.batch import Batch
from tasks.chunk import batches_ahead, in_batches, in_chunks, read_chunk
from tasks.collect import collect_all
from tasks.pool import pool
from tasks.read import ArrivedFile
from tasks.readers import Chunk, read_guarded
from warehouse.engine import Connection
from warehouse.files import known_files, remember
from warehouse.gate import audit
from warehouse.gate_before import Before
from warehouse.gate_findings import Finding
from warehouse.load import load
from warehouse.publish import publish

DAY = date(2026, 11, 28)


def main(inbox: Path, home: Path, *, is_plain: bool, until: str, day: date) -> None:
    """Run the stages on an inbox, as on a day."""
    os.environ |= {"HUIZONG_HOME": str(home), "HUIZONG_INBOX": str(inbox), "HUIZONG_SETTLE_SECONDS": "0"}
    settings = load_settings()
    house, measured = open_house(settings), Measured()
    if not is_plain:
        _wake(house, day)
    with measured.stage("collect"):
        collected = collect_all(settings.sources, known_files(house.engine), settings.means)
        remember(house.engine, collected.seen)
    batches = _plainly(house, collected.files, day) if is_plain else _read_ahead(house, collected.files, day)
    while True:
        with measured.stage("read and validate"):
            batch = next(batches, None)
        if batch is None:
            break
        with measured.stage("load"):
            measured.rows += load(house.engine, batch).rows
    if until == "publish":
        _publish(house, measured, day)
    measured.readers_mib = [each.memory_info().rss >> 20 for each in psutil.Process().children()]
    measured.say()


def _wake(house: House, day: date) -> None:
    """Let every process read nothing, so that it is there."""
    limits = house.settings.limits
    for reader in pool(limits).all:
        reader.ask(Chunk((), house.register, day))


def _plainly(house: House, files: Sequence[ArrivedFile], day: date) -> Iterator[Batch]:
    yield read_chunk(files, house.register, day)


def _read_ahead(house: House, files: Sequence[ArrivedFile], day: date) -> Iterator[Batch]:
    """As ``flows.reading`` does with Prefect's task runner."""
    settings = house.settings
    threads = ThreadPoolExecutor(settings.readers)

    def begin(part: Sequence[ArrivedFile]) -> list[Future[Batch]]:
        chunks = in_chunks(part, settings.readers, settings.chunk_files)
        return [threads.submit(read_guarded, chunk, house.register, day, settings.limits) for chunk in chunks]

    return batches_ahead(in_batches(files, settings.batch_files), begin)


def _publish(house: House, measured: Measured, day: date) -> None:
    """Publish with the audit counted by itself."""

    def timed(connection: Connection, before: Before, site: Path | None = None) -> tuple[Finding, ...]:
        with measured.stage("audit"):
            return audit(connection, before, site)

    with patch("warehouse.publish.audit", timed), measured.stage("compute and publish"):
        publish(house.engine, "bench", day=day)
    measured.seconds["compute and publish"] -= measured.seconds.get("audit", 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("inbox", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--until", choices=("load", "publish"), default="publish")
    parser.add_argument("--day", type=date.fromisoformat, default=DAY)
    asked = parser.parse_args()
    main(asked.inbox, asked.home, is_plain=asked.plain, until=asked.until, day=asked.day)

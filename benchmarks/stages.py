"""The stages of a night one after the other, without Prefect: ``python -m benchmarks.stages INBOX HOME [--publish]``.

HOME is made anew. Prints the seconds of each stage and the largest memory of this process so far.
"""

import os
import resource
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from flows.house import open_house
from flows.settings import load_settings
from tasks.assemble import read_batch
from tasks.chunk import in_batches
from tasks.collect import collect_all
from tasks.validate import validate
from warehouse.files import known_files, remember
from warehouse.load import load
from warehouse.publish import publish


def main(inbox: Path, home: Path, *, publishes: bool) -> None:
    """Run the stages on an inbox and an empty home."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.environ |= {"HUIZONG_HOME": str(home), "HUIZONG_INBOX": str(inbox), "HUIZONG_SETTLE_SECONDS": "0"}
    settings = load_settings()
    house, day, watch = open_house(settings), date(2026, 11, 28), _Watch()
    collected = collect_all(settings.sources, known_files(house.engine), settings.means)
    remember(house.engine, collected.seen)
    watch.lap("collect")
    for files in in_batches(collected.files, settings.batch_files):
        raw = read_batch(files, house.register, day)
        watch.lap("read")
        batch = validate(raw, house.register)
        watch.lap("validate")
        loaded = load(house.engine, batch)
        watch.lap("load")
        print(loaded)
    if publishes:
        print(publish(house.engine, "bench", day=day))
        watch.lap("publish")


class _Watch:
    def __init__(self) -> None:
        self.since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Print what passed since the last lap."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{stage:10}{time.perf_counter() - self.since:8.2f} s {peak:6} MiB", flush=True)
        self.since = time.perf_counter()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), publishes="--publish" in sys.argv)

"""What a night costs with years in the warehouse, against an empty one: ``python -m benchmarks.growth``.

A night collects, reads, validates, loads, computes, audits and publishes 31 submissions of the last month. One
warehouse has every other report that was owed in the years before, the other nothing but the first of that month. The
nights alternate, so that what else the machine does falls on both. Kept are the median seconds of each stage in both,
and what it costs to compute all years anew, as a new version of the program does; ``benchmarks.page`` writes them.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from benchmarks.inbox import reports, write_report
from benchmarks.measured import Measured
from benchmarks.stand import Stand, keep, machine, run, stand
from flows.demo.report import Report
from flows.house import open_house
from flows.settings import load_settings
from schemas.batch import Batch
from schemas.period import add_months
from schemas.unit import load_register
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.sources.address import parse_address
from tasks.sources.source import Means
from tasks.validate import validate
from warehouse.files import Known, Seen, remember
from warehouse.load import load

FIRST_MONTH = date(2020, 1, 1)
A_NIGHT = 31


@dataclass(frozen=True)
class Story:
    """How much there is: years of reports, of which the last month comes in nights."""

    years: int
    rows: int

    @property
    def last_month(self) -> date:
        """The month that is reported in the nights."""
        return add_months(FIRST_MONTH, 12 * self.years - 1)

    @property
    def today(self) -> date:
        """The day of all nights."""
        return add_months(self.last_month, 1).replace(day=5)

    def reports(self, first: date, count: int) -> Iterator[Report]:
        """The reports of months."""
        return reports(count * len(load_register().duties()), self.rows, first=first)

    def nights(self) -> list[list[Report]]:
        """What comes in each night: first what is left over, which makes the last month known."""
        last = list(self.reports(self.last_month, 1))
        begun = len(last) % A_NIGHT or A_NIGHT
        return [last[:begun], *(last[place : place + A_NIGHT] for place in range(begun, len(last), A_NIGHT))]


def main(story: Story) -> None:
    """Fill both warehouses, play the nights, keep and print the result."""
    with stand() as here, here.database("none") as none, here.database("years") as years:
        stored = _fill(here, years, story)
        anew = _night(here, "years", years, story, ())
        nights = [_both(here, {"none": none, "years": years}, story, came) for came in story.nights()]
    # In the first night, the one with which the month begins, too little comes for an audit.
    begun, later = nights[0], nights[1:]
    stages = {stage: {name: _median(later, name, stage) for name in begun} for stage in later[0]["none"].seconds}
    keep(
        "growth",
        {
            "at": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": machine(),
            "years": story.years,
            "files": stored,
            "nights": len(later),
            "submissions": A_NIGHT,
            "stages": stages,
            "new_month": {name: night.total() for name, night in begun.items()},
            "all_anew_seconds": anew.total("compute and publish"),
        },
    )


def _median(nights: Sequence[dict[str, Measured]], name: str, stage: str) -> float:
    return statistics.median(night[name].seconds[stage] for night in nights)


def _fill(here: Stand, url: str, story: Story) -> int:
    """Load all but the last month, half a year at a time; how many files."""
    os.environ |= {"HUIZONG_HOME": str(here.folder / "years"), "HUIZONG_WAREHOUSE_URL": url}
    engine = open_house(load_settings()).engine
    firsts = [add_months(FIRST_MONTH, step) for step in range(0, 12 * story.years, 6)]
    files = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for batch, seen in pool.map(partial(_half_year, story), firsts):
            remember(engine, seen)
            files += load(engine, batch).files
            print(f"{files} files of the years before", flush=True)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("VACUUM (ANALYZE)"))
    engine.dispose()
    return files


def _half_year(story: Story, first: date) -> tuple[Batch, tuple[Seen, ...]]:
    """What was typed and sent in half a year, read and validated."""
    register = load_register()
    count = 5 if add_months(first, 5) == story.last_month else 6
    with tempfile.TemporaryDirectory() as folder:
        for report in story.reports(first, count):
            write_report(Path(folder) / "inbox", report, register)
        means = Means(Path(folder) / "archive", Path(folder) / "known_hosts")
        collected = collect_all([parse_address(f"{folder}/inbox")], Known(frozenset(), {}), means)
        return validate(read_batch(collected.files, register, story.today), register), collected.seen


def _both(here: Stand, urls: dict[str, str], story: Story, came: Sequence[Report]) -> dict[str, Measured]:
    night = {name: _night(here, name, url, story, came) for name, url in urls.items()}
    print({name: measured.seconds for name, measured in night.items()}, flush=True)
    return night


def _night(here: Stand, name: str, url: str, story: Story, came: Sequence[Report]) -> Measured:
    """One night; the inbox has what came and nothing else."""
    with tempfile.TemporaryDirectory(dir=here.folder) as inbox:
        for report in came:
            write_report(Path(inbox), report, load_register())
        home, day = here.folder / name, f"--day={story.today}"
        home.mkdir(exist_ok=True)
        return run("benchmarks.ours", inbox, home, day, HUIZONG_WAREHOUSE_URL=url)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rows", type=int, default=12)
    asked = parser.parse_args()
    main(Story(asked.years, asked.rows))

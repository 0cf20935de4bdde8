"""What a night costs with years in the warehouse, against an empty one: ``python -m benchmarks.growth``.

A night collects, reads, validates, loads and publishes 31 submissions of the last month; the audit is left out. One
warehouse has every other report that was owed in the years before, the other nothing but the first two of that month.
The nights alternate, so that what else the machine does falls on both. ``--home`` is made anew. Prints the median and
the range of the seconds of each stage, and the ratio of the medians.
"""

import argparse
import itertools
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from unittest import mock

import sqlalchemy as sa

from benchmarks.inbox import reports, write_report
from flows.demo.report import Report
from flows.house import House, open_house
from flows.settings import load_settings
from schemas.batch import Batch
from schemas.period import add_months
from schemas.unit import load_register
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.sources.address import parse_address
from tasks.sources.source import Means
from tasks.validate import validate
from warehouse.files import Known, Seen, known_files, remember
from warehouse.load import load
from warehouse.publish import publish

FIRST_MONTH = date(2020, 1, 1)
A_NIGHT = 31
STAGES = ("collect", "read", "validate", "load", "publish")


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
        begun = len(last) % A_NIGHT
        return [last[:begun], *(last[place : place + A_NIGHT] for place in range(begun, len(last), A_NIGHT))]


def main() -> None:
    """Fill both warehouses, play the nights, print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "huizong-growth")
    asked.add_argument("--years", type=int, default=10)
    asked.add_argument("--rows", type=int, default=20)
    given = asked.parse_args()
    shutil.rmtree(given.home, ignore_errors=True)
    story = Story(given.years, given.rows)
    houses = {name: _open(given.home / name) for name in ("empty", "years")}
    _fill(houses["years"], story)
    with mock.patch("warehouse.publish.audit", return_value=()):
        taken = [_both(houses, story, night) for night in story.nights()]
    _print(taken[1:])


def _open(home: Path) -> House:
    home.mkdir(parents=True)
    os.environ |= {"HUIZONG_HOME": str(home), "HUIZONG_INBOX": str(home / "inbox"), "HUIZONG_SETTLE_SECONDS": "0"}
    return open_house(load_settings())


def _fill(house: House, story: Story) -> None:
    """Load all but the last month, half a year at a time."""
    firsts = [add_months(FIRST_MONTH, step) for step in range(0, 12 * story.years, 6)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for batch, seen in pool.map(partial(_half_year, story), firsts):
            remember(house.engine, seen)
            print(load(house.engine, batch), flush=True)
    with house.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("VACUUM (ANALYZE)"))


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


def _both(houses: Mapping[str, House], story: Story, night: Sequence[Report]) -> dict[str, dict[str, float]]:
    return {name: _night(house, story.today, night) for name, house in houses.items()}


def _night(house: House, today: date, came: Sequence[Report]) -> dict[str, float]:
    """The seconds of each stage of a night; the inbox has what came and nothing else."""
    inbox, settings = house.settings.root / "inbox", house.settings
    shutil.rmtree(inbox, ignore_errors=True)
    for report in came:
        write_report(inbox, report, house.register)
    laps = [time.perf_counter()]
    collected = collect_all(settings.sources, known_files(house.engine), settings.means)
    remember(house.engine, collected.seen)
    laps.append(time.perf_counter())
    raw = read_batch(collected.files, house.register, today)
    laps.append(time.perf_counter())
    batch = validate(raw, house.register)
    laps.append(time.perf_counter())
    load(house.engine, batch)
    laps.append(time.perf_counter())
    publish(house.engine, "growth", day=today)
    laps.append(time.perf_counter())
    return dict(zip(STAGES, (until - since for since, until in itertools.pairwise(laps)), strict=True))


def _print(nights: Sequence[Mapping[str, Mapping[str, float]]]) -> None:
    """A line for each stage: the median and the range of both, and the ratio of the medians."""
    for stage in (*STAGES, "all"):
        seconds = {
            name: [sum(night[name].values()) if stage == "all" else night[name][stage] for night in nights]
            for name in ("empty", "years")
        }
        said = [
            f"{name} {statistics.median(each):.2f} s ({min(each):.2f} to {max(each):.2f})"
            for name, each in seconds.items()
        ]
        ratio = statistics.median(seconds["years"]) / statistics.median(seconds["empty"])
        print(f"{stage:10}{'   '.join(said)}   {ratio:.2f} x")


if __name__ == "__main__":
    main()

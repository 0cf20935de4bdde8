"""``huizong backfill`` without Prefect: in this process, with progress on standard error."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError
from rich.console import Console

from flows import show
from flows.backfill_report import report_of
from flows.backfill_request import BackfillRequest, explain
from flows.backfilling import ask, months_done
from flows.commands import print_json
from flows.house import House, open_house
from flows.progress import Stage, show_progress
from flows.settings import SettingsError, load_settings
from flows.show_backfill import backfill_report
from warehouse.backfill import Backfill, MonthDone

# What a shell gives a command that was interrupted.
INTERRUPTED = 130


def request_of(**said: Any) -> BackfillRequest:  # noqa: ANN401 -- what was typed, for the model to judge
    """The request from what was typed.

    Raises:
        SettingsError: something is wrong with it.
    """
    try:
        return BackfillRequest(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(explain(dict(error.errors()[0]))) from None


def run_backfill(request: BackfillRequest, *, as_json: bool) -> int:
    """Do what is requested and tell it: 1 when something was sent back or could not be read again, else 0."""
    house = open_house(load_settings())
    asked = ask(house, request)
    _announce(asked)
    months: list[MonthDone] = []
    is_whole = _collect(house, asked, months)
    report = report_of(asked, months, house.register)
    if as_json:
        print_json(asdict(report))
    else:
        backfill_report(report, show.console())
    return int(report.has_faults) if is_whole else INTERRUPTED


def _collect(house: House, asked: Backfill, months: list[MonthDone]) -> bool:
    """Add every month as it is done; False when somebody stopped it: the month under way is as it was."""
    with show_progress(Console(stderr=True)), _stoppable():
        progress = Stage("回填", len(asked.left))
        try:
            for done in months_done(house, asked):
                months.append(done)
                progress.advance()
        except KeyboardInterrupt:
            return False
    return True


def _announce(asked: Backfill) -> None:
    if asked.backfill_id is not None:
        sys.stderr.write(
            f"第 {asked.backfill_id} 次回填：{asked.wanted.first:%Y-%m} 至 {asked.wanted.last:%Y-%m}，"
            f"待做 {len(asked.left)} 个月。中断后接着做：huizong backfill --resume {asked.backfill_id}\n"
        )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Whoever ends the process is heard as one who presses Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

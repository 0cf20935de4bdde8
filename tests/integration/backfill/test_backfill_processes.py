"""Backfills as processes: killed, ended and gone on with, and beside a night that wants the same months."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schemas.period import add_months
from schemas.unit import Register
from tests.integration.backfill.past import TODAY, Past, misread, past, sent_back, trainings
from tests.integration.conftest import own_database
from warehouse.engine import Engine, open_engine
from warehouse.load import load
from warehouse.locks import lock_months, name_night
from warehouse.mart import indicator_value

ROOT = Path(__file__).parents[3]
# The command on the few units of the tests: an office's own list may add units, and take none away.
COMMAND = """
from flows.settings import Settings
from tests.integration.backfill.past import UNITS
from tests.integration.registers import register_of
Settings.register = lambda self: register_of(*UNITS)
from flows.cli import main
main()
"""
MONTHS = [f"{add_months(TODAY, step):%Y-%m}" for step in range(-18, 0)]
DONE = "SELECT count(*) FROM core.backfill_month"
Place = tuple[object, ...]


def start(office: Past, *arguments: str) -> subprocess.Popen[str]:
    settings = {"HUIZONG_HOME": str(office.house.settings.root), "HUIZONG_WAREHOUSE_URL": url_of(office.engine)}
    own = {"PATH": "/usr/bin:/bin", "HOME": str(office.house.settings.root), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**own, **settings},
        cwd=office.house.settings.root,
    )


def answer(office: Past, *arguments: str) -> Any:  # noqa: ANN401 -- JSON
    process = start(office, *arguments, "--json")
    printed, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return json.loads(printed)


def wait_until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def values(engine: Engine) -> dict[Place, float | None]:
    """Every published value by its place."""
    names = ("indicator_id", "unit_code", "period_kind", "start_on", "end_on", "dimension", "member")
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*(indicator_value.c[name] for name in names), indicator_value.c.value))
        return {tuple(row[:-1]): None if row.value is None else float(row.value) for row in rows}


@pytest.mark.slow
def test_a_backfill_is_killed_and_ended_and_gone_on_with_and_does_each_month_once_as_was_foretold(office: Past) -> None:
    # Of every three months one is read as before, one was read otherwise, and one has no report at all.
    for place, month in enumerate(MONTHS):
        if place % 3:
            read = misread if place % 2 else sent_back
            office.arrive(trainings(40 + place, month=month), read=read if place % 3 == 1 else lambda batch: batch)
    office.publish()
    before = values(office.engine)
    foretold = answer(office, "backfill", MONTHS[0], MONTHS[-1], "--dry-run")

    killed = start(office, "backfill", MONTHS[0], MONTHS[-1])
    wait_until(lambda: int(str(office.scalar(DONE))) >= 4)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    ended = start(office, "backfill", "--resume", "1")
    wait_until(lambda: int(str(office.scalar(DONE))) >= 9)
    ended.send_signal(signal.SIGTERM)
    printed, said = ended.communicate(timeout=60)
    done = int(str(office.scalar(DONE)))
    published = office.scalar("SELECT count(*) FROM mart.publication")
    rest = answer(office, "backfill", "--resume", "1")

    assert (ended.returncode, 9 <= done < 18, published) == (130, True, 1 + len(MONTHS[1:done:3]))
    assert f"还剩 {18 - done} 个月；接着做：huizong backfill --resume 1" in printed
    assert "Traceback" not in said
    assert len(rest["done"]) == 18 - done
    assert office.scalar(DONE) == 18
    assert office.scalar("SELECT finished_at IS NOT NULL FROM core.backfill") is True
    told = [(line["month"], line["outcome"]) for line in foretold["submissions"]]
    assert told == [(month, "accepted" if place % 2 else "changed") for place, month in enumerate(MONTHS[1::3])]
    assert sorted(office.submissions()) == [("accepted", 1)] * 12 + [("rejected", 1)] * 3 + [("superseded", 1)] * 3
    after = values(office.engine)
    changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    assert len(changed) == len(foretold["values"])
    assert {(line["unit_code"], line["indicator"], line["before"], line["after"]) for line in foretold["values"]} == {
        (str(place[1]), str(place[0]), before.get(place), after.get(place)) for place in changed
    }


@pytest.fixture
def other(tmp_path: Path, server_url: str, template: str, register: Register) -> Iterator[Past]:
    """An office of the same kind with a warehouse of its own."""
    for url in own_database(server_url, template):
        engine = open_engine(url)
        yield past(tmp_path / "other", engine, register)
        engine.dispose()


@pytest.mark.server
@pytest.mark.slow
def test_a_night_and_a_backfill_of_the_same_months_end_as_if_one_had_come_after_the_other(
    office: Past, other: Past
) -> None:
    months = MONTHS[-2:]
    corrections = {f"更正{month}_v2.xlsx": trainings(70, 80, month=month) for month in months[1:]}
    for each in (office, other):
        for month in months:
            each.arrive(trainings(40, month=month), read=misread)
    for name, content in corrections.items():
        (office.house.settings.root / "inbox" / name).write_bytes(content)

    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with office.engine.begin() as connection:
        name_night(connection)
        lock_months(connection, [add_months(TODAY, -2), add_months(TODAY, -1)])
        both = [start(office, "backfill", months[0], months[-1]), start(office, "run", "--today", f"{TODAY}")]
        wait_until(lambda: office.scalar(waiting) == 2 or any(process.poll() is not None for process in both))
    ends = [process.communicate(timeout=120) for process in both]
    for name, content in corrections.items():
        load(other.engine, other.read(content, name))
    other.publish()
    other.backfill(months[0], months[-1])

    assert [process.returncode for process in both] == [0, 0], ends
    assert "等待夜间汇总（自 " in ends[0][1]
    assert f"完成 {months[0]}" in ends[0][1]
    assert values(office.engine) == values(other.engine)
    rows = "SELECT string_agg(concat_ws(' ', month, unit_code, participants), ', ' ORDER BY month, participants) FROM "
    assert office.scalar(f"{rows} form.training") == other.scalar(f"{rows} form.training")

"""Housekeeping lets go of what nobody has to keep, and of nothing else."""

import hashlib
import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tasks.aside import OutputError, folder_aside, written_aside
from tasks.old_files import SETTLED, delete_raw, half_written, state_of, sweep
from tests.integration.builders import build_batch, report
from tests.integration.facts import STREET, TOWN, training
from tests.integration.huizong import huizong
from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.upkeep import files_before, vacuum

NOW = datetime.now(UTC)
OLD, YOUNG = NOW - timedelta(days=2 * 366 + 1), NOW - timedelta(days=2 * 366 - 1)


def arrive(engine: Engine, unit: str, kept: Path, recorded_at: datetime, received_at: datetime) -> None:
    """A report whose bytes are kept there, recorded and received at these times."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"raw")
    load(engine, build_batch(report("training", unit, "2021-03", training("2021-03-05"))))
    last = sa.select(sa.func.max(t.file.c.file_id)).scalar_subquery()
    row = {"archive": str(kept), "recorded_at": recorded_at, "received_at": received_at}
    with engine.begin() as connection:
        connection.execute(sa.update(t.file).where(t.file.c.file_id == last).values(row))


def housekeeping(home: Path, url: str, *arguments: str, **settings: str) -> dict[str, Any]:
    done = huizong(home, "housekeeping", "--json", *arguments, HUIZONG_WAREHOUSE_URL=url, **settings)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_file_is_old_when_both_its_times_are(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, STREET, tmp_path / "a.xlsx", OLD, OLD)
    arrive(engine, TOWN, tmp_path / "b.xlsx", YOUNG, OLD)

    limit = NOW - timedelta(days=2 * 366)
    assert [file.name for file in files_before(engine, limit)] == ["a.xlsx"]


def test_a_file_that_came_again_is_as_young_as_its_last_arrival(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, STREET, tmp_path / "a.xlsx", OLD, OLD)
    arrive(engine, TOWN, tmp_path / "home after it was moved" / "a.xlsx", YOUNG, YOUNG)

    assert files_before(engine, NOW - timedelta(days=2 * 366)) == []


def test_old_files_are_only_listed_unless_the_settings_say_to_delete_them(
    engine: Engine, warehouse_url: str, home: Path
) -> None:
    kept = home / "archive" / "ab" / "abc.xlsx"
    arrive(engine, STREET, home.parent / "before it was moved" / "abc.xlsx", OLD, OLD)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"raw")

    told = housekeeping(home, warehouse_url)
    assert (told["raw_files"], told["raw_deleted"], kept.exists()) == (1, 0, True)
    planned = housekeeping(home, warehouse_url, "--dry-run", HUIZONG_DELETE_RAW="true")
    assert (planned["dry_run"], planned["raw_files"], kept.exists()) == (True, 1, True)

    told = housekeeping(home, warehouse_url, HUIZONG_DELETE_RAW="true")
    assert (told["raw_deleted"], kept.exists()) == (1, False)
    assert housekeeping(home, warehouse_url, HUIZONG_DELETE_RAW="true")["raw_files"] == 0


def test_neither_what_lies_outside_the_archive_nor_a_row_of_the_warehouse_is_touched(
    engine: Engine, warehouse_url: str, home: Path
) -> None:
    outside = home.parent / "outside.xlsx"
    arrive(engine, STREET, outside, OLD, OLD)
    arrive(engine, TOWN, home / "archive" / "ab" / "abc.xlsx", OLD, OLD)

    assert housekeeping(home, warehouse_url, HUIZONG_DELETE_RAW="true")["raw_deleted"] == 1
    assert outside.exists()
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(t.submission)).scalar_one() == 2


def test_a_copy_that_was_never_finished_goes_unless_a_night_may_be_writing_it(warehouse_url: str, home: Path) -> None:
    folders = ("archive/ab", "outbox/谢三村街道/2021-03", "reports", "data_docs")
    old, young = ([home / folder / name for folder in folders] for name in (".old.part", ".young.part"))
    for part in (*old, *young):
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(b"half")
    for part in old:
        os.utime(part, (OLD.timestamp(), OLD.timestamp()))

    assert housekeeping(home, warehouse_url, "--dry-run")["half_written"] == len(folders)
    assert housekeeping(home, warehouse_url)["half_written"] == len(folders)
    assert [part.exists() for part in (*old, *young)] == [False] * len(folders) + [True] * len(folders)


def cut_short(target: Path, at: datetime) -> Path:
    """What is left of a run that was killed while it wrote a file."""
    with suppress(OutputError), written_aside(target) as aside:
        raise InterruptedError
    aside.write_bytes(b"half")
    os.utime(aside, (at.timestamp(), at.timestamp()))
    return aside


def folder_cut_short(target: Path, at: datetime) -> Path:
    """The same of a folder, in which one file is whole and another is not."""
    with suppress(OutputError), folder_aside(target) as aside:
        raise InterruptedError
    aside.mkdir()
    (aside / "a.html").write_bytes(b"whole")
    cut_short(aside / "b.docx", at)
    os.utime(aside, (at.timestamp(), at.timestamp()))
    return aside


def test_what_never_got_its_name_goes_from_wherever_a_run_writes_and_nothing_else_does(tmp_path: Path) -> None:
    outbox, reports, pages = (tmp_path / name for name in ("outbox", "reports", "data_docs"))
    kept = [outbox / "谢三村街道" / "2021-03" / "甲.xlsx", pages / "index.html", reports / "a.part" / "通报.html"]
    for each in kept:
        each.parent.mkdir(parents=True)
        each.write_bytes(b"whole")
        os.utime(each, (OLD.timestamp(), OLD.timestamp()))
    old = {cut_short(kept[0], OLD), folder_cut_short(reports / "2021-03", OLD)}
    young = {cut_short(kept[1], NOW), folder_cut_short(reports / "2021-04", NOW)}

    found = list(half_written([outbox, reports, pages, tmp_path / "none"], NOW - SETTLED))
    for part in found:
        sweep(part)

    assert (len(found), set(found)) == (2, old)
    assert [each.exists() for each in (*old, *young, *kept)] == [False] * 2 + [True] * 5


def test_a_deleted_file_is_not_taken_for_one_that_was_lost(tmp_path: Path) -> None:
    kept, sha256 = tmp_path / "a.xlsx", hashlib.sha256(b"raw").hexdigest()
    assert state_of(kept, sha256) == "missing"
    kept.write_bytes(b"raw")
    assert state_of(kept, sha256) == "whole"
    assert state_of(kept, "0" * 64) == "damaged"
    delete_raw(kept, NOW)
    assert state_of(kept, sha256) == "deleted"


def test_every_table_is_vacuumed(engine: Engine) -> None:
    vacuum(engine)

    tables = sa.table("pg_stat_user_tables", sa.column("schemaname"), sa.column("last_vacuum"), schema="pg_catalog")
    ours = sa.select(sa.func.bool_and(tables.c.last_vacuum.is_not(None))).where(tables.c.schemaname == "core")
    with engine.connect() as connection:
        assert connection.execute(ours).scalar_one() is True

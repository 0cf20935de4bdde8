"""Wherever the chunks of a night are read, the warehouse says the same."""

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.demo import village_list, write_documents
from flows.demo.inbox import documents
from flows.demo.villages import demo_register
from tasks.chunk import read_chunk
from tasks.collect import collect_all
from tasks.sources.address import parse_address
from tasks.sources.source import Means
from tests.integration.conftest import own_warehouse
from tests.integration.contents import contents
from tests.integration.huizong import huizong, new_home
from tests.workbooks import ACCIDENT, HEAD, TRAINING, grid, xlsx
from warehouse.engine import Engine, open_engine
from warehouse.files import Known
from warehouse.load import load
from warehouse.publish import publish

# A right cell, a wrong one, and a file that is none.
OWN = {
    "错.xlsx": xlsx(培训=grid("training", {**TRAINING, "hours": "待定"}, head=HEAD)),
    "事故.xlsx": xlsx(事故=grid("accident", ACCIDENT, head=HEAD)),
    "空.xlsx": b"",
}


@pytest.mark.slow
def test_a_night_on_a_dask_cluster_ends_like_one_batch_in_this_process(server_url: str, empty_url: str) -> None:
    with new_home() as home, own_warehouse(server_url, demo_register()) as engine:
        fill(home)
        chunks = {"HUIZONG_TASK_RUNNER": "dask", "HUIZONG_BATCH_FILES": "40", "HUIZONG_CHUNK_FILES": "15"}
        done = huizong(home, "run", "--json", HUIZONG_WAREHOUSE_URL=empty_url, **chunks)
        assert (done.returncode, json.loads(done.stdout)["files"]) == (1, 58), done.stderr
        play_plainly(home, engine)
        there = open_engine(empty_url)
        assert contents(there) == contents(engine)
        there.dispose()


def fill(home: Path) -> None:
    """An inbox with some of the demo's first month, and three files of our own."""
    home.mkdir()
    (home / "units.toml").write_text(village_list(), encoding="utf-8")
    write_documents(home / "inbox", itertools.islice(documents(demo_register()), 0, 220, 4))
    for name, content in OWN.items():
        (home / "inbox" / name).write_bytes(content)


def play_plainly(home: Path, engine: Engine) -> None:
    """The same inbox as one batch, without processes and Prefect."""
    means = Means(home / "archive", home / "known_hosts", 0)
    arrived = collect_all([parse_address(str(home / "inbox"))], Known(), means).files
    load(engine, read_chunk(arrived, demo_register(), datetime.now(UTC).date()))
    publish(engine, "plain")

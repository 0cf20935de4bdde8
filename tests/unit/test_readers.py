import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import pandas as pd
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.demo.inbox import documents
from flows.demo.report import Document
from flows.demo.villages import demo_register
from schemas.batch import Batch
from schemas.unit import load_register
from tasks.chunk import in_batches, joined, read_chunk
from tasks.limits import Bounds, Limits
from tasks.pool import Pool
from tasks.read import ArrivedFile
from tasks.readers import read_in
from tests.hostile import unfolding
from tests.workbooks import HEAD, TRAINING, arrive, grid, xlsx

TODAY = datetime(2021, 7, 12, tzinfo=UTC).date()
REGISTER = load_register()


def assert_same(one: Batch, other: Batch) -> None:
    """Two batches are equal in everything, types and order too."""
    for name in ("files", "submissions", "issues"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert list(one.tables) == list(other.tables)
    for table_id, rows in one.tables.items():
        pd.testing.assert_frame_equal(rows, other.tables[table_id])


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Sequence[ArrivedFile]:
    """Files of the demo's first month, and three with something wrong, in the order in which they arrived."""
    folder = tmp_path_factory.mktemp("archive")
    wrong = xlsx(培训=grid("training", {**TRAINING, "hours": "待定"}, head=HEAD))
    late = xlsx(培训=grid("training", {**TRAINING, "started_on": "2021-02-08", "ended_on": "2021-02-09"}, head=HEAD))
    contents = {"空.xlsx": b"", "错.xlsx": wrong, "迟.xlsx": late}
    when = datetime(2020, 2, 3, tzinfo=UTC)
    own = [Document(PurePosixPath(name), content, when) for name, content in contents.items()]
    some = [*itertools.islice(documents(demo_register()), 0, 220, 3), *own]
    some.sort(key=lambda document: (document.arrived_at, str(document.path)))
    return [arrive(folder, each.content, str(each.path), each.arrived_at) for each in some]


@pytest.fixture(scope="module")
def together(arrived: Sequence[ArrivedFile]) -> Batch:
    batch = read_chunk(arrived, demo_register(), TODAY)
    assert set(batch.issues["severity"]) == {"error", "warning"}
    return batch


@settings(max_examples=3)
@given(size=st.integers(9, 76))
def test_chunks_of_any_size_make_the_same_batch(size: int, arrived: Sequence[ArrivedFile], together: Batch) -> None:
    chunks = [read_chunk(chunk, demo_register(), TODAY) for chunk in in_batches(arrived, size)]
    assert_same(joined(chunks), together)


def reports(folder: Path, *contents: bytes) -> list[ArrivedFile]:
    """Files that arrived a minute apart."""
    first = datetime(2021, 4, 6, 8, tzinfo=UTC)
    return [
        arrive(folder, content, f"{number}.xlsx", first + timedelta(minutes=number))
        for number, content in enumerate(contents)
    ]


def training(number: int) -> bytes:
    return xlsx(培训=grid("training", {**TRAINING, "training_no": f"PX-{number}"}, head=HEAD))


@pytest.fixture(scope="module")
def readers() -> Iterator[Pool]:
    made = Pool(Limits(processes=1, seconds=30, megabytes=150, bounds=Bounds(ratio=10_000)))
    yield made
    made.close()


def test_a_process_of_its_own_reads_what_this_one_would(
    readers: Pool, arrived: Sequence[ArrivedFile], together: Batch
) -> None:
    assert_same(read_in(readers, arrived, demo_register(), TODAY), together)


def test_a_file_that_takes_too_much_memory_is_refused_and_the_others_are_read(readers: Pool, tmp_path: Path) -> None:
    files = reports(tmp_path, training(1), unfolding(200), training(3))
    batch = read_in(readers, files, REGISTER, TODAY)
    assert batch.issues["code"].tolist() == ["E-FILE-16"]
    assert "150 MiB，设置 HUIZONG_READ_SECONDS、HUIZONG_READ_MEGABYTES" in batch.issues["message"][0]
    assert batch.tables["training"]["training_no"].tolist() == ["PX-1", "PX-3"]
    assert batch.files["name"].tolist() == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    slow = Pool(Limits(processes=1, seconds=0.000_1))
    batch = read_in(slow, reports(tmp_path, training(1)), REGISTER, TODAY)
    slow.close()
    assert batch.issues["code"].tolist() == ["E-FILE-16"]


def stumbling(file: ArrivedFile) -> ArrivedFile:
    """A file over which our own code stumbles."""
    return replace(file, received_at=None)  # type: ignore[arg-type]


def test_a_file_over_which_our_own_code_stumbles_is_refused_and_the_others_are_read(
    readers: Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third = reports(tmp_path, training(1), training(2), training(3))
    batch = read_in(readers, [first, stumbling(second), third], REGISTER, TODAY)
    assert batch.issues["code"].tolist() == ["E-FILE-21"]
    assert batch.tables["training"]["training_no"].tolist() == ["PX-1", "PX-3"]
    assert "read_file" in caplog.text


def test_of_many_such_files_nobody_is_told_that_they_are_wrong(readers: Pool, tmp_path: Path) -> None:
    files = reports(tmp_path, *(training(number) for number in range(5)))
    with pytest.raises(AttributeError):
        read_in(readers, [stumbling(file) for file in files], REGISTER, TODAY)


def test_a_process_that_reads_knows_no_secrets(readers: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    readers.close()
    others = set(psutil.Process().children())
    monkeypatch.setenv("HUIZONG_WAREHOUSE_URL", "postgresql://u:geheim@localhost/x")
    readers.start()
    (process,) = set(psutil.Process().children()) - others
    assert "tasks.reader_process" in process.cmdline()
    assert not any("geheim" in value for value in process.environ().values())


def test_processes_that_read_end_with_their_master() -> None:
    script = (
        "import sys, time; from tasks.limits import Limits; from tasks.pool import pool\n"
        "pool(Limits(processes=2)).start(); print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as master:
        assert master.stdout
        master.stdout.readline()
        children = psutil.Process(master.pid).children()
        os.kill(master.pid, signal.SIGKILL)
    assert len(children) == 2
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive

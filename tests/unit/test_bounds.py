"""What one file may bring: more is refused, and the refusal says which setting raises it."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from flows.settings import load_settings
from schemas.batch import Batch
from schemas.unit import load_register
from tasks.chunk import read_chunk
from tasks.limits import USUAL, Bounds
from tests.workbooks import HEAD, TODAY, TRAINING, Cell, arrive, grid, xlsx

ROWS = 40
WRONG = {**TRAINING, "participants": "约30", "category": "其它类"}


def read(folder: Path, bounds: Bounds, base: Mapping[str, Cell] = TRAINING) -> Batch:
    """A report of forty rows, read within these bounds."""
    rows = [{**base, "training_no": f"PX-{number:02}"} for number in range(ROWS)]
    file = arrive(folder, xlsx(培训=grid("training", *rows, head=HEAD)))
    return read_chunk([file], load_register(), TODAY, bounds)


@pytest.mark.parametrize(
    ("bound", "most"),
    [("file_megabytes", 0), ("unpacked_megabytes", 0), ("parts", 3), ("characters", 100), ("rows", ROWS - 1)],
)
def test_a_file_beyond_a_bound_is_refused_and_told_the_setting(bound: str, most: int, tmp_path: Path) -> None:
    batch = read(tmp_path, dataclasses.replace(USUAL, **{bound: most}))
    assert batch.issues["code"].tolist() == ["E-FILE-17"]
    assert f"HUIZONG_READ_{bound.upper()}" in batch.issues["message"][0]
    assert not any(len(rows) for rows in batch.tables.values())


def test_a_file_on_its_bounds_is_read(tmp_path: Path) -> None:
    batch = read(tmp_path, Bounds(rows=ROWS))
    assert len(batch.tables["training"]) == ROWS


def test_of_more_issues_than_there_may_be_some_are_listed_and_one_says_so(tmp_path: Path) -> None:
    batch = read(tmp_path, Bounds(issues=30), WRONG)
    codes = batch.issues["code"].tolist()
    assert codes.count("E-FILE-18") == 1
    assert len(codes) == 31
    assert batch.submissions["status"].tolist() == ["rejected"]


def test_every_bound_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, each in enumerate(dataclasses.fields(Bounds)):
        monkeypatch.setenv(f"HUIZONG_READ_{each.name.upper()}", str(1_000_000 + number if number > 2 else 100 + number))
    monkeypatch.setenv("HUIZONG_READ_UNPACKED_MEGABYTES", "300")
    monkeypatch.setenv("HUIZONG_READ_PARTS", "5000")
    bounds = load_settings().limits.bounds
    assert (bounds.file_megabytes, bounds.unpacked_megabytes, bounds.ratio, bounds.parts) == (100, 300, 102, 5_000)
    assert (bounds.cells, bounds.characters, bounds.rows, bounds.issues) == (1_000_004, 1_000_005, 1_000_006, 1_000_007)

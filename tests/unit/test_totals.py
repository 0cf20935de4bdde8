"""What is said of the rows 合计 and 小计."""

from pathlib import Path

import pytest

from schemas.batch import Batch
from tests.workbooks import TRAINING, Cell, checked, found, grid, xlsx


def totalled(folder: Path, *rows: int | str | tuple[str, Cell]) -> Batch:
    """A batch of one sheet: a number is a row with so many participants, a pair a row of totals."""
    sheet = grid("training", *({**TRAINING, "training_no": f"PX-{n}"} for n, _ in enumerate(rows)))
    place = sheet[1].index("参训人次")
    for number, row in enumerate(rows, start=2):
        if isinstance(row, tuple):
            sheet[number] = [row[0], *[None] * (place - 1), row[1]]
        else:
            sheet[number][place] = row
    return checked(folder, xlsx(表=sheet))


def test_subtotals_are_of_the_rows_since_the_last_one_and_the_total_of_all(tmp_path: Path) -> None:
    batch = totalled(tmp_path, 10, 20, ("小计", 30), 5, ("小计", 5), ("合计", 35))
    assert found(batch) == []


def test_a_subtotal_that_is_not_the_sum_of_its_rows_is_asked_about_at_its_cell(tmp_path: Path) -> None:
    batch = totalled(tmp_path, 10, 20, ("小计", 30), 5, ("小计", 35), ("合计", 35))
    assert found(batch) == [("W-TOT-01", "J7")]
    assert batch.issues["message"].iloc[0] == (
        "第 7 行「参训人次」：小计行写的是 35，各行相加是 5，请核对（系统按各行计算）"
    )


@pytest.mark.parametrize("cell", ["—", "/", None])
def test_a_dash_in_a_total_says_that_the_column_is_not_added_up(tmp_path: Path, cell: Cell) -> None:
    assert found(totalled(tmp_path, 10, 20, ("合计", cell))) == []


@pytest.mark.parametrize("cell", ["30人次", "三十", "３０"])
def test_a_total_may_be_spelled_as_a_number_in_a_row_may(tmp_path: Path, cell: Cell) -> None:
    assert found(totalled(tmp_path, 10, 20, ("合计", cell))) == []


def test_a_total_that_is_no_exact_number_was_not_checked_and_says_so(tmp_path: Path) -> None:
    batch = totalled(tmp_path, 10, 20, ("合计", "约30"))
    assert found(batch) == [("W-TOT-02", "J5")]
    assert "各行相加是 30" in batch.issues["message"].iloc[0]


def test_a_sum_is_shown_with_all_its_digits(tmp_path: Path) -> None:
    batch = totalled(tmp_path, 12_345_678, ("合计", 1))
    assert "各行相加是 12345678" in batch.issues["message"].iloc[-1]

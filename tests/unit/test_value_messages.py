"""What is said at the cell of a value that was read with a doubt, or not at all."""

from pathlib import Path

import pytest

from schemas.batch import Batch
from tests.workbooks import ACCIDENT, TRAINING, Cell, checked, grid, xlsx


def accident(folder: Path, loss: Cell, heading: str = "直接经济损失") -> Batch:
    rows = grid("accident", {**ACCIDENT, "direct_loss_wan": loss})
    rows[1] = [heading if cell == "直接经济损失" else cell for cell in rows[1]]
    return checked(folder, xlsx(表=rows))


def training(folder: Path, **changes: Cell) -> Batch:
    return checked(folder, xlsx(表=grid("training", {**TRAINING, **changes})))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"ended_on": "3月9日"},
            "第 3 行「结束日期」：3月9日 年份没有写全，按 2021-03-09 读取，请核对，写成 2021-03-09",
        ),
        (
            {"ended_on": "03/04/2021"},
            "第 3 行「结束日期」：03/04/2021 有两种读法（2021-03-04 或 2021-04-03），请按年月日的次序写全",
        ),
        ({"participants": "30人"}, "第 3 行「参训人次」：30人 的计量单位应为人次，请换算后只写数字"),
        ({"hours": "95%"}, "第 3 行「学时」：95% 是百分数，请填写实际数字（比率由系统计算）"),
        (
            {"title": "=A1"},
            "第 3 行「培训名称」：公式没有计算结果（=A1），请用 WPS 或 Excel 打开，重新计算并保存后报送",
        ),
    ],
)
def test_the_sentence_says_where_what_and_what_to_do(tmp_path: Path, changes: dict[str, Cell], sentence: str) -> None:
    assert list(training(tmp_path, **changes).issues["message"]) == [sentence]


def test_the_value_of_an_issue_shows_no_identity_number_whatever_the_issue_is(tmp_path: Path) -> None:
    batch = training(tmp_path, participants="30（11010519491231002X）", category="某类11010519491231002X")
    assert sorted(batch.issues["code"]) == ["E-VAL-04", "E-VAL-06"]
    assert "19491231" not in batch.issues.astype(str).to_string()


@pytest.mark.parametrize("loss", [1_280_000, "1,280,000", "一百二十八万", "1280000元"])
def test_trap_15_numbers_under_a_heading_in_yuan_are_yuan_in_every_spelling(tmp_path: Path, loss: Cell) -> None:
    batch = accident(tmp_path, loss, "直接经济损失（元）")
    assert list(batch.tables["accident"]["direct_loss_wan"]) == [128.0]
    assert list(batch.issues["code"]) == ["I-HEAD-05"]


def test_what_a_conversion_rounds_away_is_said_at_the_cell(tmp_path: Path) -> None:
    batch = accident(tmp_path, 1_280_055, "直接经济损失（元）")
    assert list(batch.tables["accident"]["direct_loss_wan"]) == [128.01]
    assert list(batch.issues["code"]) == ["I-HEAD-05", "W-VAL-25"]
    assert "四舍五入按 128.01万元 记入" in batch.issues["message"].iloc[1]

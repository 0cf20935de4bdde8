"""Whatever stands in the cells, a night does not end: what cannot be understood is an issue at its place."""

import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.form import tables
from tests.workbooks import ACCIDENT, HEAD, TRAINING, Cell, checked, xlsx

# What people put into cells, and what has gone wrong in other systems.
ODD: list[Cell] = [
    *(None, "", "无", "—", "/", 0, 1, -1, 1.5, 1e20, 0.5, True, False, "合计", "小计", "注：无", "填报人：某", "示例"),
    *(
        "2021-03-09",
        "2021.13.1",
        "3月9日",
        44264,
        "2021-03-09 25:61",
        "12人次",
        "约30",
        "1e400",
        "9" * 30,
        "NULL",
        "#N/A",
    ),
    *("谢三村街道", 340404004101.0, "甲\n乙", "＊", "\u3000", "a" * 300, "全国、全省", "零报告", "序号", "'=1+1", "💥"),
    datetime(2021, 3, 9, 6, 40),  # noqa: DTZ001 -- cells hold the wall clock
]
USUAL = {"training": TRAINING, "accident": ACCIDENT}


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Cell]]:
    """A sheet of some form with some of its columns under some of their names, and odd cells among usual ones."""
    table_id = draw(st.sampled_from(sorted(tables())))
    columns = tables()[table_id][1].columns
    chosen = draw(st.lists(st.sampled_from(sorted(columns)), unique=True, min_size=1))
    names: list[Cell] = [draw(st.sampled_from([columns[name].label, *columns[name].aliases])) for name in chosen]
    cell = [st.sampled_from([USUAL.get(table_id, {}).get(name), *ODD]) for name in chosen]
    rows = draw(st.lists(st.tuples(*cell).map(list), max_size=6))
    total: list[list[Cell]] = draw(st.sampled_from([[], [["合计", *ODD[: len(chosen)]]]]))
    head: list[Cell] = draw(
        st.sampled_from([list[Cell](HEAD), [], ["填报单位：杨公镇", "版本：新"], ["所属月份：3月", "单位代码：1"]])
    )
    return [head, names, *rows, *total]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sheets(), min_size=1, max_size=2))
def test_any_sheet_gives_rows_and_issues_but_no_exception(found: list[list[list[Cell]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        batch = checked(Path(folder), xlsx(**{f"表{number}": sheet for number, sheet in enumerate(found)}))
    rejected = batch.submissions.loc[batch.submissions["status"] == "rejected", "submission_no"]
    of_file = batch.issues["submission_no"].isna()
    wrong = set(batch.issues.loc[(batch.issues["severity"] == "error") & ~of_file, "submission_no"])
    assert wrong <= set(rejected)
    assert (batch.issues["message"].str.len() > 0).all()
    for rows in batch.tables.values():
        assert not set(rows["submission_no"]) & set(rejected)


@pytest.mark.parametrize("table_id", sorted(tables()))
def test_a_total_below_any_table_is_no_data(tmp_path: Path, table_id: str) -> None:
    labels: list[Cell] = [column.label for column in tables()[table_id][1].columns.values()]
    row: list[Cell] = ["x"] * len(labels)
    rows: list[list[Cell]] = [[*HEAD], labels, row, ["合计"]]
    batch = checked(tmp_path, xlsx(表=rows))
    assert list(batch.submissions["rows"]) == [1]

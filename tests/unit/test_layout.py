"""Tables as people lay them out: found by their headings, with everything around them told apart or reported."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from schemas.batch import Batch
from schemas.form import tables
from tests.layouts import Drawn, workbook
from tests.workbooks import ACCIDENT, HEAD, TRAINING, Cell, checked, found, grid, xlsx

LAYOUT = ("HEAD", "ROW", "FILE", "COV", "TOT")


def about_layout(batch: Batch, *, but: Sequence[str] = ("W-HEAD-04", "W-COV-06")) -> list[tuple[str, str | None]]:
    """Code and cell of the issues that are about layout, without those of columns and days that a test leaves out."""
    return [(code, cell) for code, cell in found(batch) if code.split("-")[1] in LAYOUT and code not in but]


def labels(table_id: str, *fields: str) -> list[Cell]:
    return [tables()[table_id][1].columns[name].label for name in fields]


def cells(row: Mapping[str, Cell]) -> list[Cell]:
    return list(row.values())


def test_a_group_over_its_leaves_is_one_heading(tmp_path: Path) -> None:
    upper = [*labels("training", *TRAINING), "考核情况（人）", None, None]
    lower: list[Cell] = [*[None] * len(TRAINING), "应考", "实考", "合格"]
    rows: list[list[Cell]] = [list(HEAD), upper, lower, [*cells(TRAINING), 30, 29, 28]]
    merged = [f"{chr(65 + n)}2:{chr(65 + n)}3" for n in range(len(TRAINING))] + ["L2:N2"]
    batch = checked(tmp_path, workbook(Drawn("表", rows, merged)))
    assert about_layout(batch) == []
    assert batch.tables["training"][["exam_due", "examined", "passed"]].to_numpy().tolist() == [[30, 29, 28]]


def test_a_group_that_was_not_merged_reads_the_same(tmp_path: Path) -> None:
    upper: list[Cell] = [*labels("training", *TRAINING), "考核情况", None, None]
    lower: list[Cell] = [*[None] * len(TRAINING), "应考（人）", "实考（人）", "合格（人）"]
    batch = checked(tmp_path, xlsx(表=[list(HEAD), upper, lower, [*cells(TRAINING), 30, 29, 28]]))
    assert about_layout(batch) == []
    assert list(batch.tables["training"]["passed"]) == [28]


def test_three_rows_of_headings_with_the_units_in_a_row_of_their_own(tmp_path: Path) -> None:
    names = labels("training", *TRAINING)
    place = list(TRAINING).index("participants")
    units: list[Cell] = [None] * len(names)
    units[place] = "（人次）"
    rows: list[list[Cell]] = [
        list(HEAD),
        ["安全教育培训台账", *[None] * (len(names) - 1)],
        names,
        units,
        cells(TRAINING),
    ]
    batch = checked(tmp_path, workbook(Drawn("表", rows, ["A2:K2"])))
    assert about_layout(batch) == []
    assert list(batch.tables["training"]["source_row"]) == [5]


def test_a_row_of_column_numbers_is_no_data_and_is_said(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    numbers: list[Cell] = ["甲", *range(1, len(TRAINING))]
    batch = checked(tmp_path, xlsx(表=[*rows[:2], numbers, rows[2]]))
    assert about_layout(batch) == [("I-ROW-04", None)]
    assert list(batch.submissions["rows"]) == [1]


def test_two_tables_one_below_the_other_are_two_reports(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["谢三村街道2021年3月报表"], list(HEAD), *grid("training", TRAINING)[1:], [],
        ["生产安全事故登记表"], *grid("accident", ACCIDENT)[1:],
    ]  # fmt: skip
    batch = checked(tmp_path, xlsx(表=rows))
    assert about_layout(batch) == []
    assert list(zip(batch.submissions["form"], batch.submissions["rows"], strict=True)) == [
        ("training", 1),
        ("accident", 1),
    ]
    assert set(batch.submissions["unit_code"]) == {"340404004"}


def test_two_tables_side_by_side_are_two_reports(tmp_path: Path) -> None:
    left, right = grid("training", TRAINING)[1:], grid("accident", ACCIDENT)[1:]
    rows: list[list[Cell]] = [list(HEAD), *([*a, None, *b] for a, b in zip(left, right, strict=True))]
    batch = checked(tmp_path, xlsx(表=rows))
    assert about_layout(batch) == []
    assert sorted(zip(batch.submissions["form"], batch.submissions["rows"], strict=True)) == [
        ("accident", 1),
        ("training", 1),
    ]


def test_a_blank_column_within_a_table_does_not_end_it(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [list(HEAD), *([*row[:4], None, *row[4:]] for row in grid("training", TRAINING)[1:])]
    batch = checked(tmp_path, xlsx(表=rows))
    assert about_layout(batch) == []
    assert list(batch.tables["training"]["participants"]) == [40]


def test_a_table_that_a_page_break_repeats_is_one_table(tmp_path: Path) -> None:
    rows = grid("training", TRAINING, {**TRAINING, "training_no": "PX-02"})
    batch = checked(tmp_path, xlsx(表=[*rows[:3], rows[1], rows[3]]))
    assert about_layout(batch) == []
    assert list(batch.submissions["rows"]) == [2]


def test_the_same_table_twice_with_heads_of_their_own_is_an_error(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*grid("training", TRAINING), [], ["安全教育培训台账"], *grid("training", TRAINING)[1:]]
    assert ("E-FILE-08", None) in about_layout(checked(tmp_path, xlsx(表=rows)))


def test_several_forms_in_one_file_are_several_submissions(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(甲=grid("training", TRAINING), 乙=grid("accident", ACCIDENT)))
    assert list(batch.submissions["form"]) == ["training", "accident"]


def test_a_hidden_sheet_is_reported_and_not_read(tmp_path: Path) -> None:
    """Trap 13: a hidden sheet with last year's data."""
    last_year = grid("training", TRAINING, head=["填报单位：谢三村街道", "所属月份：2020年3月"])
    batch = checked(
        tmp_path, workbook(Drawn("表", grid("training", TRAINING)), Drawn("去年", last_year, is_hidden=True))
    )
    assert about_layout(batch) == [("W-FILE-09", None)]
    assert list(batch.submissions["rows"]) == [1]


def test_a_hidden_row_is_reported_and_not_read(tmp_path: Path) -> None:
    rows = grid("training", TRAINING, {**TRAINING, "training_no": "PX-02"})
    batch = checked(tmp_path, workbook(Drawn("表", rows, hidden_rows=[4])))
    assert about_layout(batch) == [("W-ROW-02", None)]
    assert list(batch.tables["training"]["training_no"]) == ["PX-01"]


def test_a_form_may_say_that_rows_hidden_by_a_filter_are_read() -> None:
    assert [table_id for table_id, (_, table) in tables().items() if table.reads_hidden] == ["hazard"]


def test_a_hidden_column_is_read_and_reported(tmp_path: Path) -> None:
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING), hidden_columns=["J"])))
    assert about_layout(batch) == [("W-HEAD-08", "J2")]
    assert list(batch.tables["training"]["participants"]) == [40]


def test_a_word_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    second = {**TRAINING, "training_no": "PX-02", "organizer": None}
    place = chr(65 + list(TRAINING).index("organizer"))
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING, second), [f"{place}3:{place}4"])))
    assert about_layout(batch) == [("I-ROW-01", f"{place}3")]
    assert list(batch.tables["training"]["organizer"]) == ["谢三村街道", "谢三村街道"]


def test_a_measure_merged_over_rows_is_an_error_at_its_cell(tmp_path: Path) -> None:
    """Trap 11: a merged number would be counted once a row."""
    second = {**TRAINING, "training_no": "PX-02", "participants": None}
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING, second), ["J3:J4"])))
    assert found(batch) == [("E-ROW-01", "J3")]


def test_a_merge_beside_blank_rows_makes_no_rows(tmp_path: Path) -> None:
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING), ["G3:G9"])))
    assert about_layout(batch) == []
    assert list(batch.submissions["rows"]) == [1]


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = dict(reversed(list(TRAINING.items())))
    batch = checked(tmp_path, xlsx(表=grid("training", turned)))
    assert found(batch) == []


def test_an_extra_column_is_for_information_and_one_that_is_nearly_known_is_asked_about(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    rows = [rows[0], [*rows[1], "领导批示", "联合举办的单位"], [*rows[2], "已阅", "无"]]
    batch = checked(tmp_path, xlsx(表=rows))
    assert about_layout(batch) == [("I-HEAD-03", "L2"), ("W-HEAD-03", "M2")]
    assert "联合举办单位" in batch.issues["message"].iloc[1]


def test_words_in_a_column_without_a_heading_are_reported(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    batch = checked(tmp_path, xlsx(表=[rows[0], rows[1], [*rows[2], "备用"]]))
    assert about_layout(batch) == [("I-HEAD-09", None)]


def test_running_numbers_without_a_heading_are_nothing_to_report(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    batch = checked(tmp_path, xlsx(表=[rows[0], [None, *rows[1]], [1, *rows[2]]]))
    assert found(batch) == []


def test_two_columns_that_match_one_heading_are_an_error(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    batch = checked(tmp_path, xlsx(表=[rows[0], [*rows[1], "参训人数"], [*rows[2], 41]]))
    assert about_layout(batch) == [("E-HEAD-02", "L2")]


def test_one_heading_that_two_fields_claim_is_an_error(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    heading = ["日期" if cell == "开始日期" else cell for cell in rows[1]]
    batch = checked(tmp_path, xlsx(表=[rows[0], heading, rows[2]]))
    assert about_layout(batch) == [("E-HEAD-07", "B2")]
    assert "「开始日期」「结束日期」" in batch.issues["message"].iloc[0]


def test_a_heading_in_another_unit_is_converted_where_the_form_says_so(tmp_path: Path) -> None:
    """Trap 15: 元 against 万元."""
    rows = grid("accident", {**ACCIDENT, "direct_loss_wan": 1_280_000})
    heading = ["直接经济损失（元）" if cell == "直接经济损失" else cell for cell in rows[1]]
    batch = checked(tmp_path, xlsx(表=[rows[0], heading, rows[2]]))
    assert [code for code, _ in found(batch)] == ["I-HEAD-05"]
    assert list(batch.tables["accident"]["direct_loss_wan"]) == [128.0]


def test_a_heading_in_a_unit_from_which_the_form_does_not_convert_is_an_error(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    heading = ["参训人次（万人）" if cell == "参训人次" else cell for cell in rows[1]]
    batch = checked(tmp_path, xlsx(表=[rows[0], heading, rows[2]]))
    assert [code for code, _ in found(batch)] == ["E-HEAD-05"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("谢三村街道2021年3月安全教育培训台账", None),
        ("谢三村街道2021年2月安全教育培训台账", "E-COV-14"),
        ("杨公镇2021年3月安全教育培训台账", "E-COV-13"),
        ("安全教育培训台账（2021年1-3月）", None),
        ("报送日期2021年4月2日", None),
    ],
)
def test_last_months_month_or_another_unit_left_in_the_title_is_an_error(
    tmp_path: Path, title: str, code: str | None
) -> None:
    batch = checked(tmp_path, xlsx(表=[[title], *grid("training", TRAINING)]))
    assert [each for each, _ in about_layout(batch)] == ([code] if code else [])


def test_last_months_month_left_in_the_head_is_an_error_beside_the_folder(tmp_path: Path) -> None:
    """Trap 16: the file's name says March, the head says April."""
    content = xlsx(表=grid("training", TRAINING, head=["填报单位：谢三村街道", "所属月份：2021年4月"]))
    batch = checked(tmp_path, content, name="谢三村街道/2021-03/340404004_F06_202103_v1.xlsx".rpartition("/")[2])
    assert "E-COV-14" in [code for code, _ in found(batch)]


def test_notes_of_several_lines_below_a_table_are_no_data(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        *grid("training", TRAINING), [], ["注：1.本表逐月报送；"], ["2.没有发生的写零报告。"],
        ["填报人", "张某", "审核人", "李某"], ["单位负责人：王某　　联系电话：1"],
    ]  # fmt: skip
    batch = checked(tmp_path, xlsx(表=rows))
    assert about_layout(batch) == []
    assert list(batch.submissions["rows"]) == [1]


def test_an_example_left_in_from_the_template_is_no_data(tmp_path: Path) -> None:
    """Trap 14."""
    rows = grid("training", TRAINING)
    batch = checked(tmp_path, xlsx(表=[rows[0], ["序号", *rows[1]], ["示例", *rows[2]], [1, *rows[2]]]))
    assert found(batch) == []
    assert list(batch.submissions["rows"]) == [1]


def test_totals_and_subtotals_are_left_out_and_checked(tmp_path: Path) -> None:
    """Trap 10: a row 合计 among the data, and a total that is not the sum."""

    def row(number: int, participants: int) -> dict[str, Cell]:
        return {**TRAINING, "training_no": f"PX-0{number}", "participants": participants}

    def total(word: str, number: int) -> list[Cell]:
        return [word, *[None] * 8, number, None]

    rows = grid("training", row(1, 10), row(2, 20), row(3, 30))
    body = [*rows[2:4], total("小 计", 30), rows[4], total("小计", 31), total("合计：", 60)]
    batch = checked(tmp_path, xlsx(表=[*rows[:2], *body]))
    assert found(batch) == [("W-TOT-01", "J7")]
    assert list(batch.submissions["rows"]) == [3]


@pytest.mark.parametrize("word", ["无变化", "与上月相同", "同上月"])
def test_a_snapshot_that_did_not_change_is_a_report_without_rows(tmp_path: Path, word: str) -> None:
    """Trap 33."""
    batch = checked(tmp_path, xlsx(表=[*grid("risk"), [word]]))
    submission = batch.submissions.iloc[0]
    assert (submission["situation"], submission["status"]) == ("unchanged", "accepted")


def test_a_cover_alone_may_say_that_nothing_changed_or_happened(tmp_path: Path) -> None:
    def cover(form: str, situation: str) -> bytes:
        pairs = {"表号": form, "填报单位": "谢三村街道", "报告期": "2021年3月", "本月情况": situation}
        return xlsx(封面=[[key, value] for key, value in {**pairs, "填报人": "某", "单位负责人": "某"}.items()])

    batch = checked(
        tmp_path, cover("F13", "无变化"), cover("F06", "零报告"), cover("F05", "无变化"), cover("F13", "零报告")
    )
    verdicts = zip(batch.submissions["form"], batch.submissions["situation"], batch.submissions["status"], strict=True)
    assert sorted(verdicts) == [
        ("hazard", "zero", "rejected"), ("risk", "unchanged", "accepted"),
        ("risk", "zero", "rejected"), ("training", "zero", "accepted"),
    ]  # fmt: skip


def test_where_zeros_are_to_be_written_a_row_of_zeros_is_data(tmp_path: Path) -> None:
    fields = tables()["responsibility"][1].columns
    rows: list[list[Cell]] = [list(HEAD), [column.label for column in fields.values()], [0] * len(fields)]
    batch = checked(tmp_path, xlsx(责任落实月报表=rows))
    assert list(batch.submissions["situation"]) == ["data"]


def test_where_zeros_are_to_be_written_an_empty_table_is_an_error(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("inspection")))
    assert ("E-COV-18", None) in found(batch)


@pytest.mark.parametrize(("form", "code"), [("F16", "E-COV-01"), ("F01", "E-COV-26"), ("F06", None), ("f06", None)])
def test_the_form_named_on_the_cover_is_the_one_in_the_file(tmp_path: Path, form: str, code: str | None) -> None:
    cover = [["表号", form], ["填报人", "某"], ["单位负责人", "某"], ["报出日期", "2021-04-02"]]
    batch = checked(tmp_path, xlsx(封面=cover, 台账=grid("training", TRAINING)))
    assert [each for each, _ in about_layout(batch)] == ([code] if code else [])


def test_a_cover_without_signatures_or_with_an_early_date_is_asked_about(tmp_path: Path) -> None:
    cover = [["表号", "F06"], ["单位负责人", "某"], ["报出日期", "2021-03-30"]]
    batch = checked(tmp_path, xlsx(封面=cover, 台账=grid("training", TRAINING)))
    assert [code for code, _ in about_layout(batch)] == ["W-COV-10", "W-COV-12"]


def test_a_table_that_two_forms_fit_equally_well_is_an_error(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [list(HEAD), ["主办单位", "层级", "人次", "联合举办单位"], ["杨公镇", "区级", 3, "无"]]
    assert "E-FILE-10" in [code for code, _ in found(checked(tmp_path, xlsx(数据=rows)))]


def test_serials_of_a_workbook_that_counts_from_1904_are_its_own_days(tmp_path: Path) -> None:
    serial = 44264 - 1462
    content = workbook(Drawn("表", grid("training", {**TRAINING, "ended_on": serial})), date_1904=True)
    batch = checked(tmp_path, content)
    assert [f"{day}" for day in batch.tables["training"]["ended_on"]] == ["2021-03-09"]

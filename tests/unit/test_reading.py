"""What is read from a workbook: which form, whose, of which month, and which rows."""

from datetime import date
from pathlib import Path

import pytest

from schemas.unit import load_register
from tasks.head import pairs, parse_month
from tasks.workbook import cell_text, open_workbook
from tests.workbooks import ACCIDENT, HEAD, TRAINING, Cell, checked, found, grid, xlsx


def errors(codes: list[tuple[str, str | None]]) -> list[str]:
    return [code for code, _ in codes if code.startswith("E")]


def test_a_clean_sheet_is_accepted_with_its_unit_and_month(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING)))
    submission = batch.submissions.iloc[0]
    assert (submission["unit_code"], submission["month"], submission["status"]) == (
        "340404004", date(2021, 3, 1), "accepted",
    )  # fmt: skip
    assert list(batch.tables["training"]["participants"]) == [40]


def test_the_table_is_found_by_its_headings_wherever_it_stands(tmp_path: Path) -> None:
    shifted: list[list[Cell]] = [[None, None, *row] for row in grid("training", TRAINING)]
    rows: list[list[Cell]] = [[None, None], [None, "安全教育培训台账"], *shifted]
    batch = checked(tmp_path, xlsx(随便=rows))
    assert batch.submissions["layout"][0]["training"]["letters"]["training_no"] == "C"
    assert list(batch.tables["training"]["source_row"]) == [5]


def test_headings_may_be_aliases_with_breaks_brackets_and_units(tmp_path: Path) -> None:
    rows = grid("accident", ACCIDENT)
    heading = rows[1]
    heading[heading.index("直接经济损失")] = "直接经济\n损失（万元）"
    heading[heading.index("死亡人数")] = "死亡人数（人）（必填）"
    heading[heading.index("发生时间")] = "＊事发时间"
    batch = checked(tmp_path, xlsx(事故=rows))
    assert errors(found(batch)) == []
    assert list(batch.tables["accident"]["direct_loss_wan"]) == [128]


def test_totals_notes_numbering_and_blank_rows_are_no_data(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    rows = [
        rows[0],
        ["序号", *rows[1]],
        [1, *rows[2]],
        [2],
        [],
        ["合计", None, None, 40],
        ["注：以上为本月数"],
        ["填报人：张三"],
    ]
    batch = checked(tmp_path, xlsx(台账=rows))
    assert list(batch.submissions["rows"]) == [1]
    assert errors(found(batch)) == []


@pytest.mark.parametrize("mark", [["无"], ["零报告"], [None, "无"], []])
def test_an_empty_table_or_a_word_for_nothing_is_a_zero_report(tmp_path: Path, mark: list[str | None]) -> None:
    batch = checked(tmp_path, xlsx(台账=[*grid("training"), mark]))
    submission = batch.submissions.iloc[0]
    assert (submission["situation"], submission["rows"], submission["status"]) == ("zero", 0, "accepted")


def test_a_cover_that_says_zero_over_rows_is_an_error(tmp_path: Path) -> None:
    cover = [["填报单位", "谢三村街道"], ["报告期", "2021年3月"], ["本月情况", "零报告"]]
    batch = checked(tmp_path, xlsx(封面=cover, 台账=grid("training", TRAINING, head=[])))
    assert errors(found(batch)) == ["E-COV-15"]


def test_a_snapshot_form_cannot_report_nothing(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(信息员=grid("officer"), 示范社区=grid("community")))
    assert errors(found(batch)) == ["E-COV-18"]


def test_two_sheets_of_one_form_are_one_submission(tmp_path: Path) -> None:
    place = {"level": "乡镇街道", "place_code": "340404004", "place_name": "谢三村街道", "name": "甲"}
    community: dict[str, Cell] = {
        "community_code": "340404004",
        "community_name": "谢三村街道",
        "target_level": "全国、全省",
        "year": 2021,
        "stage": "创建",
    }
    batch = checked(tmp_path, xlsx(A=grid("officer", place), B=grid("community", community)))
    assert list(batch.submissions["form"]) == ["officer_community"]
    assert {name: len(rows) for name, rows in batch.tables.items()} == {"officer": 1, "community": 1}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("杨公镇/2021-03/报表.xlsx", "E-COV-13"),
        ("谢三村街道/2021-02/报表.xlsx", "E-COV-14"),
        ("340404004_F06_202104_v1.xlsx", "E-COV-14"),
        ("340404103_F06_202103_v1.xlsx", "E-COV-13"),
        ("杨公镇培训.xlsx", "E-COV-13"),
    ],
)
def test_a_folder_or_a_name_that_disagrees_with_the_head_is_an_error(tmp_path: Path, name: str, code: str) -> None:
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING)), name=name)
    assert errors(found(batch)) == [code]


def test_without_a_head_the_folder_says_who_and_when(tmp_path: Path) -> None:
    content = xlsx(台账=grid("training", TRAINING, head=[]))
    batch = checked(tmp_path, content, name="谢三村街道/2021-03/报表.xlsx")
    assert list(batch.submissions["status"]) == ["accepted"]


def test_nobody_and_no_month_are_two_errors(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING, head=[])))
    assert errors(found(batch)) == ["E-COV-16", "E-COV-17"]


def test_an_unknown_unit_is_an_error_that_quotes_it(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING, head=["填报单位：幸福街道", "所属月份：2021年3月"])))
    assert errors(found(batch)) == ["E-COV-02"]
    assert "幸福街道" in batch.issues["message"][0]


def test_a_code_with_the_name_of_another_unit_is_an_error(tmp_path: Path) -> None:
    head = ["填报单位：孤堆回族乡", "单位代码：340404200", "所属月份：2021年3月"]
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING, head=head)))
    assert "E-COV-03" in errors(found(batch))
    assert "孙庙乡" in " ".join(batch.issues["message"])


@pytest.mark.parametrize("version", ["13855440000138554400001385544", "最新"])
def test_a_version_that_is_no_small_number_is_an_error(tmp_path: Path, version: str) -> None:
    head = [*HEAD, f"版本：{version}"]
    assert errors(found(checked(tmp_path, xlsx(台账=grid("training", TRAINING, head=head))))) == ["E-COV-21"]


def test_a_month_to_come_is_an_error(tmp_path: Path) -> None:
    head = [HEAD[0], "所属月份：2021年5月"]
    row = {**TRAINING, "started_on": "2021-05-01", "ended_on": "2021-05-01"}
    assert "E-COV-05" in errors(found(checked(tmp_path, xlsx(台账=grid("training", row, head=head)))))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-FILE-02"),
        (b"PK\x03\x04" + b"0" * 80, "E-FILE-01"),
        (xlsx(台账=grid("training", TRAINING))[:3000], "E-FILE-01"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E-FILE-01"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9, "E-FILE-03"),
        ("这不是表格".encode(), "E-FILE-01"),
        (b"\x00\x01\x02", "E-FILE-01"),
        (xlsx(别的=[["甲", "乙", "丙"], [1, 2, 3]]), "E-FILE-04"),
    ],
    ids=["empty", "no zip", "cut short", "broken ole", "encrypted", "text", "binary", "unknown form"],
)
def test_a_file_that_is_no_form_is_an_issue_and_not_an_exception(tmp_path: Path, content: bytes, code: str) -> None:
    batch = checked(tmp_path, content)
    assert errors(found(batch)) == [code]
    assert batch.unreadable == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_delimited_text_is_read_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    lines = [",".join(str(cell) for cell in row) for row in grid("training", TRAINING)]
    batch = checked(tmp_path, "\r\n".join(lines).encode(encoding), name="报表.csv")
    assert list(batch.submissions["status"]) == ["accepted"]
    assert list(batch.tables["training"]["title"]) == ["春季安全知识培训"]


def test_a_missing_required_column_is_one_error_and_not_one_a_row(tmp_path: Path) -> None:
    row = {name: value for name, value in TRAINING.items() if name != "title"}
    batch = checked(tmp_path, xlsx(台账=grid("training", row, {**row, "training_no": "PX-02"})))
    assert errors(found(batch)) == ["E-HEAD-01"]


def test_two_columns_for_one_field_are_an_error(tmp_path: Path) -> None:
    rows = [[*row, extra] for row, extra in zip(grid("training", TRAINING), (None, "主办单位", "x"), strict=True)]
    assert errors(found(checked(tmp_path, xlsx(台账=rows)))) == ["E-HEAD-02"]


def test_an_unknown_heading_is_a_warning_with_the_nearest_known_one(tmp_path: Path) -> None:
    rows = [[*row, extra] for row, extra in zip(grid("training", TRAINING), (None, "联合举办单位名", "x"), strict=True)]
    batch = checked(tmp_path, xlsx(台账=rows))
    warning = batch.issues[batch.issues["code"] == "W-HEAD-03"]
    assert "「联合举办单位」" in warning["message"].iloc[0]
    assert list(batch.submissions["status"]) == ["accepted"]


def test_a_sheet_without_a_form_is_reported_beside_one_with(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(台账=grid("training", TRAINING), 说明=[["请按时报送"]]))
    assert "W-FILE-07" in [code for code, _ in found(batch)]
    assert list(batch.submissions["status"]) == ["accepted"]


def test_a_head_stands_in_one_cell_or_in_two() -> None:
    said = {"unit_name": "杨公镇", "month": "2021年3月"}
    assert pairs([["填报单位：杨公镇    所属月份：2021年3月"]]) == said
    assert pairs([["填报单位", "杨公镇", None, "所属月份：", "2021年3月"]]) == said


@pytest.mark.parametrize(
    "text", ["2021年3月", "2021-03", "202103", "2021.3", "2021-03-01 00:00:00", "２０２１年３月份"]
)
def test_a_month_has_many_spellings(text: str) -> None:
    assert parse_month(text) == date(2021, 3, 1)


@pytest.mark.parametrize("text", ["3月", "2021年13月", "21-03", "三月"])
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    assert parse_month(text) is None


def test_whole_numbers_keep_every_digit() -> None:
    assert [cell_text(value) for value in (340404004101.0, 12.0, 0.5, True, "")] == [
        "340404004101",
        "12",
        "0.5",
        "TRUE",
        None,
    ]


def test_a_sheet_beyond_the_limit_is_refused_before_it_unfolds() -> None:
    far: list[list[Cell]] = [[] for _ in range(299)]
    far.append([*[None] * 9999, "x"])
    book = open_workbook(xlsx(大=far))
    assert [issue.code for issue in book.issues] == ["E-FILE-05"]


def test_the_register_has_no_name_for_two_units() -> None:
    register = load_register()
    for unit in register.units.values():
        assert register.find_name(unit.name) == unit.code


def test_a_signature_line_in_several_cells_is_no_data(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*grid("training", TRAINING), ["填报人：甲", "审核人：乙", None, "填报日期：2021-04-02"]]
    assert list(checked(tmp_path, xlsx(台账=rows)).submissions["rows"]) == [1]


def test_a_code_that_was_stored_as_a_number_shows_its_lost_digits() -> None:
    assert cell_text(913404047000001234.0) == "913404047000001000"

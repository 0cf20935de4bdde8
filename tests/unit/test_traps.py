"""The traps of real data (catalogue, Appendix B) that one file shows; those of many files are in tests/integration."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.calendar import CalendarEndsError, due_at
from schemas.unit import Register, Unit, build_register, load_register
from schemas.wording import comparison, round_half_up
from tests.layouts import Drawn, workbook
from tests.workbooks import ACCIDENT, TRAINING, Cell, checked, found, grid, xlsx


def with_villages(*codes: str, name: str = "李咀村") -> Register:
    built_in = load_register()
    villages = [Unit(code=code, name=name, kind="village", parent=code[:9]) for code in codes]
    return build_register([*built_in.units.values(), *villages], built_in.obligations)


def officer(code: Cell, name: str) -> dict[str, Cell]:
    level = "村社区" if len(str(code)) == 12 and not str(code).endswith("000") else "乡镇街道"
    return {"level": level, "place_code": code, "place_name": name, "name": "某甲", "ab_role": "A"}


def codes(folder: Path, table: str, base: dict[str, Cell], **changes: Cell) -> list[tuple[str, str | None]]:
    """Code and field of what is wrong with one row, which is right but for the changes."""
    batch = checked(folder, xlsx(表=grid(table, {**base, **changes})))
    return list(zip(batch.issues["code"], batch.issues["field"], strict=True))


def training(folder: Path, **changes: Cell) -> list[tuple[str, str | None]]:
    return codes(folder, "training", dict(TRAINING), **changes)


def accident(folder: Path, **changes: Cell) -> list[tuple[str, str | None]]:
    return codes(folder, "accident", dict(ACCIDENT), **changes)


def test_trap_01_codes_of_two_townships_swapped(tmp_path: Path) -> None:
    head = ["填报单位：孤堆回族乡", "单位代码：340404200", "所属月份：2021年3月"]
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING, head=head)))
    assert batch.issues.loc[batch.issues["code"] == "E-COV-03", "message"].iloc[0] == (
        "单位代码与名称不一致（该代码为孙庙乡），请核对"
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [("谢三村街道", "340404004"), ("平山街道", "340404005"), ("谢家集街道", "340404001"), ("谢家集区", "340404")],
)
def test_trap_02_names_that_look_alike_are_told_apart(tmp_path: Path, name: str, code: str) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING, head=[f"填报单位：{name}", "所属月份：2021年3月"])))
    assert list(batch.submissions["unit_code"]) == [code]


def test_trap_02_a_village_with_the_stem_of_a_street_is_not_the_street(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", TRAINING, head=["填报单位：平山村", "所属月份：2021年3月"])))
    assert "E-COV-02" in [code for code, _ in found(batch)]


def test_trap_03_two_villages_of_one_name_are_known_by_their_codes(tmp_path: Path) -> None:
    register = with_villages("340404102210", "340404200209")
    rows = [officer("340404102210", "李咀村"), officer("340404200209", "李咀村")]
    batch = checked(tmp_path, xlsx(表=grid("officer", *rows)), register=register)
    assert "E-F10-01" not in [code for code, _ in found(batch)]
    assert register.find_name("李咀村") is None


@pytest.mark.parametrize(
    "code", ["340404004", "340404004000", 340404004, 340404004000, 340404004.0, "３４０４０４００４"]
)
def test_trap_04_codes_of_9_and_12_digits_and_as_numbers_are_one_unit(tmp_path: Path, code: Cell) -> None:
    assert accident(tmp_path, town_code=code) == []


def test_trap_05_a_credit_code_that_excel_rounded_is_an_error_with_advice(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("accident", {**ACCIDENT, "uscc": 911101066976941872})))
    assert [code for code, _ in found(batch)] == ["E-VAL-13"]
    assert "文本" in batch.issues["message"].iloc[0]


@pytest.mark.parametrize("code", ["91340404MA20000180", "91340404MA2000008Y", "N2340404MF1234567B"])
def test_trap_06_check_characters_0_and_y_and_rural_collectives_are_right(tmp_path: Path, code: str) -> None:
    assert accident(tmp_path, uscc=code) == []


@pytest.mark.parametrize("cell", ["2021.3.9", 44264, "44264", "2021年3月9日", "２０２１／３／９"])
def test_trap_07_a_day_in_other_spellings_is_that_day(tmp_path: Path, cell: Cell) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", {**TRAINING, "ended_on": cell})))
    assert list(batch.tables["training"]["ended_on"]) == [date(2021, 3, 9)]


@pytest.mark.parametrize("cell", ["3·9", "3月9日"])
def test_trap_07_a_day_without_a_year_is_of_the_reports_year_and_asked_about(tmp_path: Path, cell: Cell) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", {**TRAINING, "ended_on": cell})))
    assert list(batch.tables["training"]["ended_on"]) == [date(2021, 3, 9)]
    assert [(code[0], place) for code, place in found(batch)] == [("W", "C3")]


@pytest.mark.parametrize("cell", [1, 2, 366, "1"])
def test_trap_07_a_small_number_is_no_day_of_1900(tmp_path: Path, cell: Cell) -> None:
    assert [code[0] for code, _ in training(tmp_path, ended_on=cell)] == ["E"]


@pytest.mark.parametrize("cell", ["无", "—", "-", "/", "零", 0])
def test_trap_08_a_dash_in_a_measure_is_0_and_a_blank_is_missing(tmp_path: Path, cell: Cell) -> None:
    assert accident(tmp_path, deaths=cell) == []
    assert accident(tmp_path, deaths=None) == [("E-VAL-01", "deaths")]


def test_trap_09_full_width_digits_and_brackets(tmp_path: Path) -> None:
    rows = grid("training", {**TRAINING, "participants": "１，２００"})
    heading: list[Cell] = ["参训人次（人次）" if cell == "参训人次" else cell for cell in rows[1]]
    batch = checked(tmp_path, xlsx(表=[rows[0], heading, rows[2]]))
    assert (found(batch), list(batch.tables["training"]["participants"])) == ([], [1200])


def test_trap_10_a_total_is_no_row_and_one_that_is_not_the_sum_is_asked_about(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*grid("training", TRAINING), ["合计", *[None] * 8, 41]]
    batch = checked(tmp_path, xlsx(表=rows))
    assert (list(batch.submissions["rows"]), found(batch)) == ([1], [("W-TOT-01", "J4")])


def test_trap_11_a_measure_merged_over_two_rows_is_not_counted_twice(tmp_path: Path) -> None:
    second = {**TRAINING, "training_no": "PX-02", "participants": None}
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING, second), ["J3:J4"])))
    assert found(batch) == [("E-ROW-01", "J3")]


@pytest.mark.parametrize("cell", ["#NAME?", "#REF!", "#DIV/0!", "#N/A", "#VALUE!"])
@pytest.mark.parametrize("field", ["participants", "title", "ended_on"])
def test_trap_12_an_error_cell_is_an_error_and_one_row_remains_one_row(tmp_path: Path, cell: str, field: str) -> None:
    batch = checked(tmp_path, xlsx(表=grid("training", {**TRAINING, field: cell})))
    assert list(batch.submissions["rows"]) == [1]
    assert list(zip(batch.issues["severity"], batch.issues["field"], strict=True)) == [("error", field)]


def test_trap_13_a_hidden_sheet_with_last_years_data_is_not_counted(tmp_path: Path) -> None:
    old = grid("training", TRAINING, head=["填报单位：谢三村街道", "所属月份：2020年3月"])
    batch = checked(tmp_path, workbook(Drawn("表", grid("training", TRAINING)), Drawn("旧", old, is_hidden=True)))
    assert (list(batch.submissions["rows"]), found(batch)) == ([1], [("W-FILE-09", None)])


def test_trap_14_the_templates_example_row_is_not_counted(tmp_path: Path) -> None:
    rows = grid("training", TRAINING)
    batch = checked(tmp_path, xlsx(表=[rows[0], ["序号", *rows[1]], ["示例", *rows[2]], [1, *rows[2]]]))
    assert (list(batch.submissions["rows"]), found(batch)) == ([1], [])


def test_trap_15_yuan_against_wan_yuan(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=grid("accident", {**ACCIDENT, "direct_loss_wan": "1280000元"})))
    assert list(batch.tables["accident"]["direct_loss_wan"]) == [128.0]
    assert [(code[0], place) for code, place in found(batch)] == [("I", f"{column('accident', 'direct_loss_wan')}3")]


def column(table: str, field: str) -> str:
    base = {"accident": ACCIDENT, "training": TRAINING}[table]
    return chr(65 + list(base).index(field))


def test_trap_16_the_files_name_says_march_and_the_cover_april(tmp_path: Path) -> None:
    cover = [["填报单位", "谢三村街道"], ["报告期", "2021年4月"], ["填报人", "某"], ["单位负责人", "某"]]
    content = xlsx(封面=cover, 台账=grid("training", TRAINING, head=[]))
    batch = checked(tmp_path, content, name="340404004_F06_202103_v1.xlsx")
    message = batch.issues.loc[batch.issues["code"] == "E-COV-14", "message"].iloc[0]
    assert "封面为2021年4月，文件名为2021年3月" in message


def test_trap_18_csv_in_gbk(tmp_path: Path) -> None:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in grid("training", TRAINING)]
    batch = checked(tmp_path, "\r\n".join(lines).encode("gbk"), name="谢三村街道.csv")
    assert (found(batch), list(batch.tables["training"]["title"])) == ([], ["春季安全知识培训"])


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "E-FILE-02"), (b"PK\x03\x04 broken", "E-FILE-01"), (b"\xff\x81\x00", "E-FILE-06")]
)
def test_trap_19_a_broken_file_is_an_issue_of_the_file(tmp_path: Path, content: bytes, code: str) -> None:
    batch = checked(tmp_path, content)
    assert (len(batch.submissions), [each for each, _ in found(batch)]) == (0, [code])


def test_trap_22_an_accident_at_23_55_on_the_last_day_reported_on_the_first_counts_when_it_happened(
    tmp_path: Path,
) -> None:
    late = {
        "accident_no": "SG3404042021033101", "accident_name": "“3·31”事故", "occurred_at": "2021-03-31 23:55",
        "received_at": "2021-04-01 00:20", "entered_at": "2021-04-01 09:00",
    }  # fmt: skip
    assert accident(tmp_path, **late) == []
    head = ["填报单位：谢三村街道", "所属月份：2021年4月"]
    batch = checked(tmp_path, xlsx(表=grid("accident", {**ACCIDENT, **late}, head=head)))
    assert [code for code, _ in found(batch) if code.startswith(("W-F01-04", "E-F01-04"))] == ["W-F01-04"]


def test_trap_24_a_training_that_ends_next_month_belongs_to_next_month(tmp_path: Path) -> None:
    assert [code for code, _ in training(tmp_path, started_on="2021-03-29", ended_on="2021-04-01")][:1] == ["E-F06-04"]


@pytest.mark.parametrize(
    ("current", "base", "words"),
    [
        (3, 0, "同比增加3起（去年同期为0）"), (0, 0, "同比持平"), (5, 5, "同比持平"), (0, 4, "同比减少4起"),
        (0, 20, "同比减少20起"),
    ],
)  # fmt: skip
def test_trap_28_a_base_of_0_gives_no_rate(current: int, base: int, words: str) -> None:
    assert comparison(current, base, "起") == words


@pytest.mark.parametrize(("number", "decimals", "shown"), [(12.25, 1, "12.3"), (2.5, 0, "3"), (0.5, 0, "1")])
def test_trap_29_halves_are_rounded_up(number: float, decimals: int, shown: str) -> None:
    assert str(round_half_up(number, decimals)) == shown


def test_trap_30_a_saturday_that_is_worked_counts_for_the_deadline() -> None:
    assert due_at(date(2021, 4, 1), 5) == datetime(2021, 5, 11, 9, 30, tzinfo=UTC)


def test_trap_31_beyond_the_calendar_is_a_clear_stop() -> None:
    with pytest.raises(CalendarEndsError, match="国务院办公厅"):
        due_at(date(2031, 1, 1), 5)


def test_trap_33_a_snapshot_may_say_that_nothing_changed_and_an_event_form_may_not(tmp_path: Path) -> None:
    batch = checked(tmp_path, xlsx(表=[*grid("risk"), ["无变化"]]), xlsx(表=[*grid("training"), ["无变化"]]))
    verdicts = zip(batch.submissions["form"], batch.submissions["situation"], batch.submissions["status"], strict=True)
    assert sorted(verdicts) == [("risk", "unchanged", "accepted"), ("training", "unchanged", "rejected")]


GRADES = [
    (0, 0, 120, "一般"), (2, 9, 999.99, "一般"), (3, 0, 0, "较大"), (0, 10, 0, "较大"), (0, 0, 1000, "较大"),
    (9, 49, 4999.99, "较大"), (10, 0, 0, "重大"), (0, 50, 0, "重大"), (0, 0, 5000, "重大"), (29, 99, 9999.99, "重大"),
    (30, 0, 0, "特别重大"), (0, 100, 0, "特别重大"), (0, 0, 10000, "特别重大"),
]  # fmt: skip


@pytest.mark.parametrize(("deaths", "serious", "loss", "grade"), GRADES)
def test_trap_36_boundaries_of_the_grade(tmp_path: Path, deaths: int, serious: int, loss: float, grade: str) -> None:
    said: dict[str, Cell] = {"deaths": deaths, "serious_injuries": serious, "direct_loss_wan": loss, "grade": grade}
    assert "E-F01-05" not in [code for code, _ in accident(tmp_path, **said)]
    others = [other for *_, other in GRADES if other != grade]
    assert "E-F01-05" in [code for code, _ in accident(tmp_path, **{**said, "grade": others[0]})]


def test_trap_37_an_accident_without_casualties_below_a_million_is_outside_the_statistics(tmp_path: Path) -> None:
    assert accident(tmp_path, direct_loss_wan=99.99) == [("W-F01-12", "direct_loss_wan")]
    assert accident(tmp_path, direct_loss_wan=100) == []
    assert accident(tmp_path, direct_loss_wan=99.99, override_reason="社会影响大") == []


def test_trap_40_an_identity_number_in_free_text_is_masked_and_asked_about(tmp_path: Path) -> None:
    number = "11010519491231002X"
    batch = checked(tmp_path, xlsx(表=grid("training", {**TRAINING, "title": f"培训（联系人{number}）"})))
    assert [(code[0], place) for code, place in found(batch)] == [("W", "D3")]
    assert number not in batch.issues.astype(str).to_string() + batch.tables["training"].astype(str).to_string()

"""A spreadsheet of units: what is read of it, what it changes, and what is said of every cell that is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.unit import Unit, UnitFile, parse_units, register_with
from schemas.unit_entry import Obligation
from schemas.unit_text import units_toml
from tasks.unit_list import read_unit_list
from tasks.unit_merge import Merged, merge_units
from tests.workbooks import Cell, xlsx

HEADINGS = ["单位代码", "单位名称", "类型", "上级单位代码", "启用日期", "停用日期", "继任单位代码", "别名"]
APRIL = date(2021, 4, 1)
TOWN, NEIGHBOUR = "340404102", "340404101"


def imported(*rows: list[Cell], own: UnitFile | None = None) -> Merged:
    listed = read_unit_list(xlsx(名录=[HEADINGS, *rows]))
    assert listed.faults == ()
    return merge_units(own or UnitFile(), listed.rows)


def faults(*rows: list[Cell]) -> list[str]:
    listed = read_unit_list(xlsx(名录=[HEADINGS, *rows]))
    return [fault.text for fault in listed.faults or merge_units(UnitFile(), listed.rows).faults]


def test_a_village_is_listed_below_its_town_by_code_or_by_name() -> None:
    merged = imported(
        ["340404102201", "李咀村", "村", TOWN, None, None, None, "李咀、李咀村委会"],
        ["340404102202", "山前村", "村", "唐山镇"],
    )

    assert merged.faults == ()
    assert [(unit.code, unit.kind, unit.parent) for unit in merged.own.units] == [
        ("340404102201", "village", TOWN), ("340404102202", "village", TOWN),
    ]  # fmt: skip
    assert merged.own.units[0].aliases == ("李咀", "李咀村委会")


def test_a_merger_needs_no_more_than_the_code_the_day_and_the_successor() -> None:
    (unit,) = imported([TOWN, None, None, None, None, "2021年4月1日", NEIGHBOUR]).own.units

    assert (unit.name, unit.valid_to, unit.successors) == ("唐山镇", APRIL, (NEIGHBOUR,))
    assert "唐山镇政府" in unit.aliases


def test_a_new_name_is_a_version_that_begins_when_the_one_before_ends() -> None:
    merged = imported(
        [TOWN, None, None, None, None, "2021-04-01"],
        [TOWN, "新唐山镇", None, None, "2021-04-01"],
    )

    assert [(unit.name, unit.valid_from, unit.valid_to) for unit in merged.own.units] == [
        ("唐山镇", date(2020, 1, 1), APRIL), ("新唐山镇", APRIL, None),
    ]  # fmt: skip


def test_a_split_names_several_successors() -> None:
    merged = imported(
        [TOWN, None, None, None, None, "2021-04-01", "340404104、340404105"],
        ["340404104", "唐山东镇", "镇", "340404", "2021-04-01"],
        ["340404105", "唐山西镇", "镇", "340404", "2021-04-01"],
    )

    assert merged.faults == ()
    assert merged.own.units[0].successors == ("340404104", "340404105")


def test_the_same_list_again_changes_nothing() -> None:
    rows: list[list[Cell]] = [
        [TOWN, None, None, None, None, "2021-04-01", NEIGHBOUR],
        ["340404102201", "李咀村", "村", TOWN],
    ]
    once = imported(*rows).own

    assert imported(*rows, own=once).own == once


def test_what_the_office_listed_before_stays() -> None:
    village = Unit(code="340404101201", name="甲村", kind="village", parent=NEIGHBOUR)
    owed = Obligation(form="hazard", units=("340404D19",))

    merged = imported(["340404102201", "李咀村", "村", TOWN], own=UnitFile(units=(village,), obligations=(owed,)))

    assert village in merged.own.units
    assert merged.own.obligations == (owed,)


def test_codes_that_are_filled_up_with_zeros_are_the_shorter_ones() -> None:
    (unit,) = imported(["340404102000", "新唐山镇", "镇", "340404000000"]).own.units
    assert (unit.code, unit.parent) == (TOWN, "340404")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["3404", "甲村", "村", TOWN], "表「名录」第 2 行 A 列「单位代码」：3404 不是单位代码，请写 6、9 或 12 位代码"),
        ([None, "甲村", "村", TOWN], "第 2 行 A 列「单位代码」：空 不是单位代码"),
        (["340404102201", "甲村", "屯", TOWN], "第 2 行 C 列「类型」：屯 不是单位类型，请从下列各项选填"),
        ([TOWN, None, None, None, None, "四月"], "第 2 行 F 列「停用日期」：四月 不是有效日期，请写成 2021-04-01"),
        (["340404102201", "甲村"], "第 2 行：340404102201 是新的单位，请填写「类型」、「上级单位代码」"),
        (["340404102201", "甲村", "村", "无此镇"], "第 2 行 D 列「上级单位代码」：无此镇 不是已登记的单位"),
        (["340404102201", "甲村", "村", "340404999"], "D 列「上级单位代码」：甲村（340404102201）的上级单位不存在"),
        ([TOWN, None, None, None, None, None, NEIGHBOUR], "F 列「停用日期」：唐山镇（340404102）有继任单位而没有"),
        ([TOWN, "新唐山镇", None, None, "2021-04-01"], "第 2 行 E 列「启用日期」：新唐山镇（340404102）单位代码重复"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_row_and_column_and_nothing_is_taken(row: list[Cell], said: str) -> None:
    (fault,) = faults(row)
    assert said in fault


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = faults(["1", "甲村", "屯", TOWN], ["2", "乙村", "村", TOWN])
    assert [text[:14] for text in said] == [
        "表「名录」第 2 行 A 列",
        "表「名录」第 2 行 C 列",
        "表「名录」第 3 行 A 列",
    ]


def test_a_row_given_twice_is_refused() -> None:
    (fault,) = faults(["340404102201", "甲村", "村", TOWN], ["340404102201", "乙村", "村", TOWN])
    assert "第 3 行 A 列「单位代码」：与第 2 行重复" in fault


def test_a_sheet_without_headings_is_told_what_to_write() -> None:
    listed = read_unit_list(xlsx(名录=[["340404102201", "甲村"]]))
    assert [fault.text for fault in listed.faults] == ["没有找到单位名录：请在一行里写明列名「单位代码」和「单位名称」"]


def test_a_column_that_is_not_read_is_named() -> None:
    listed = read_unit_list(xlsx(名录=[["单位代码", "单位名称", "人口"], ["340404102201", "甲村", 9]]))
    assert listed.unread == ("人口",)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2), st.dates()), max_size=4))
def test_a_list_that_is_written_reads_as_it_was(said: list[tuple[str, list[str], date]]) -> None:
    units = tuple(
        Unit(
            code=f"34040410220{place}", name=name, kind="village", parent=TOWN, aliases=tuple(aliases), valid_from=since
        )
        for place, (name, aliases, since) in enumerate(said)
    )
    own = UnitFile(units=units, obligations=(Obligation(form="hazard", kinds=("town",), valid_to=APRIL),))

    text = units_toml(own)

    assert parse_units(text, "units.toml") == own
    assert units_toml(parse_units(text, "units.toml")) == text
    assert len(register_with(own).units) == len(register_with(UnitFile()).units) + len(units)

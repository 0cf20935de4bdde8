"""Units that change: versions, successors, and what a list of them may not say."""

from datetime import date
from pathlib import Path

import pytest

from schemas.lineage import eras, heir, heirs, own_spans, shifts
from schemas.unit import Register, Unit, UnitError, build_register, load_register
from tests.workbooks import TRAINING, checked, grid, xlsx

DISTRICT = Unit(code="340404", name="谢家集区", kind="district")
APRIL = date(2021, 4, 1)


def town(code: str, name: str = "", **said: object) -> Unit:
    return Unit.model_validate({"code": code, "name": name or code, "kind": "town", "parent": "340404", **said})


def village(code: str, parent: str) -> Unit:
    return Unit(code=code, name=code, kind="village", parent=parent)


def register_of(*units: Unit) -> Register:
    return build_register([DISTRICT, *units], [])


def test_a_renamed_unit_has_each_name_in_its_own_time_and_is_found_by_both() -> None:
    register = register_of(town("A", "孙庙乡", valid_to=APRIL), town("A", "孙庙镇", valid_from=APRIL))

    names = [register.at("A", day).name for day in (date(2019, 1, 1), date(2021, 3, 31), APRIL)]

    assert names == ["孙庙乡", "孙庙乡", "孙庙镇"]
    assert (register.find("孙庙乡"), register.find("孙庙镇"), register.units["A"].name) == ("A", "A", "孙庙镇")
    assert register.is_named("A", "孙庙乡")


def test_an_entry_of_the_office_takes_the_place_of_all_that_is_built_in_under_its_code() -> None:
    own = '[[units]]\ncode = "340404200"\nname = "孙庙镇"\nkind = "town"\nparent = "340404"\n'

    register = load_register(own)

    assert [unit.name for unit in register.versions["340404200"]] == ["孙庙镇"]
    assert register.find("孙庙乡") is None


def test_a_unit_owes_a_form_only_while_it_is_of_a_kind_that_owes_it() -> None:
    built_in = load_register()
    changed = [
        Unit(code="X", name="甲", kind="village", parent="340404101", valid_to=APRIL),
        Unit(code="X", name="甲", kind="town", parent="340404", valid_from=APRIL),
    ]
    register = build_register([*built_in.units.values(), *changed], built_in.obligations)

    owed = {(duty.valid_from, duty.valid_to) for duty in register.duties() if duty.unit_code == "X"}

    assert owed == {(APRIL, None)}


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([town("A", valid_to=APRIL), town("A", valid_from=date(2021, 3, 1))], "重叠：2020-01-01 至 2021-04-01"),
        ([town("A"), town("A")], "单位代码重复"),
        ([town("A", parent="Z")], "上级单位不存在：Z"),
        ([town("A", parent="B"), town("B", parent="A")], "又在它之下"),
        ([town("A", valid_to=date(2019, 1, 1))], "停用日期 2019-01-01 不晚于启用日期 2020-01-01"),
        ([town("A", successors=["B"]), town("B")], "有继任单位而没有停用日期"),
        ([town("A", valid_to=APRIL, successors=["Z"])], "继任单位不存在：Z"),
        ([town("A", valid_to=APRIL, successors=["A"])], "继任单位是它自己"),
        ([town("A", valid_to=APRIL, successors=["B"]), town("B", valid_to=APRIL)], "B 在 2021-04-01 并不存在"),
        ([town("A", valid_to=APRIL, successors=["B"]), town("B", valid_from=date(2021, 4, 2))], "并不存在"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_is_refused_with_what_to_do(units: list[Unit], words: str) -> None:
    with pytest.raises(UnitError, match=words):
        register_of(*units)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UnitError) as caught:
        register_of(town("A", parent="Y"), town("B", parent="Z"))
    assert len(str(caught.value).splitlines()) == 2


def test_a_merged_unit_is_itself_until_the_merger_and_its_successor_from_then_on() -> None:
    versions = register_of(town("A", valid_to=APRIL, successors=["B"]), town("B")).versions

    assert [heir(versions, "A", day) for day in (date(2021, 3, 1), APRIL)] == ["A", "B"]


def test_a_split_unit_has_no_heir() -> None:
    parts = (town("B", valid_from=APRIL), town("C", valid_from=APRIL))
    versions = register_of(town("A", valid_to=APRIL, successors=["B", "C"]), *parts).versions

    assert heir(versions, "A", APRIL) is None
    assert heirs(versions, "A", APRIL) == {"B", "C"}


def test_a_village_of_a_merged_town_stands_below_the_successor_without_being_listed_anew() -> None:
    versions = register_of(town("A", valid_to=APRIL, successors=["B"]), town("B"), village("V", "A")).versions

    before, after = eras(versions)

    assert (before.until, after.since) == (APRIL, APRIL)
    assert before.own["V"] == {"V", "A", "340404"}
    assert after.own["V"] == {"V", "B", "340404"}


def test_the_past_of_a_split_unit_counts_for_what_stands_above_all_its_parts() -> None:
    parts = (town("B", valid_from=APRIL), town("C", valid_from=APRIL))
    found_eras = eras(register_of(town("A", valid_to=APRIL, successors=["B", "C"]), *parts).versions)

    moved = {(each.above_code, each.sign) for each in shifts(own_spans(found_eras), found_eras, 12)}

    assert found_eras[-1].heirs["A"] == {"340404"}
    assert moved == {("A", -1)}


def test_a_change_within_a_month_shows_in_the_next() -> None:
    mid_march = date(2021, 3, 15)
    units = (town("A", valid_to=mid_march, successors=["B"]), town("B"))

    assert [era.since for era in eras(register_of(*units).versions)] == [date.min, APRIL]


def test_where_no_unit_changed_there_is_one_tree_and_nothing_to_shift() -> None:
    found_eras = eras(load_register().versions)

    assert [(era.since, era.until) for era in found_eras] == [(date.min, date.max)]
    assert shifts(own_spans(found_eras), found_eras, 12) == []


MERGED = register_of(
    town("340404101", "李郢孜镇"),
    town("340404102", "唐山镇", valid_to=APRIL, successors=["340404101"]),
    town("340404103", "杨公镇", valid_from=date(2021, 5, 1)),
    town("340404200", "孙庙乡", valid_to=APRIL, successors=["340404201"], aliases=["孙庙"]),
    town("340404201", "孙庙镇", valid_from=APRIL, aliases=["孙庙"]),
)


def told(folder: Path, unit: str, month: str) -> tuple[str | None, list[str]]:
    rows = grid("training", TRAINING)
    rows[0] = [f"填报单位：{unit}", f"所属月份：{month}"]
    batch = checked(folder, xlsx(台账=rows), register=MERGED)
    messages = batch.issues.loc[batch.issues["code"] == "E-COV-27", "message"]
    return batch.submissions["unit_code"][0], list(messages)


def test_a_merged_unit_reports_no_month_after_the_merger_and_is_told_who_does(tmp_path: Path) -> None:
    assert told(tmp_path, "唐山镇", "2021-03") == ("340404102", [])
    _, messages = told(tmp_path, "唐山镇", "2021-04")
    assert messages == ["填报单位「唐山镇」自2021年4月1日起撤销，并入李郢孜镇，请由该单位填报，请核对单位和报告期"]


def test_a_unit_reports_no_month_before_it_was_set_up(tmp_path: Path) -> None:
    _, messages = told(tmp_path, "杨公镇", "2021-04")
    assert messages == ["填报单位「杨公镇」自2021年5月1日起才设立，请核对单位和报告期"]


def test_a_name_that_two_units_had_in_turn_is_that_of_the_one_which_stood_in_the_month(tmp_path: Path) -> None:
    assert told(tmp_path, "孙庙", "2021-03") == ("340404200", [])
    assert told(tmp_path, "孙庙", "2021-04") == ("340404201", [])


def test_a_code_is_taken_at_its_word(tmp_path: Path) -> None:
    unit, messages = told(tmp_path, "340404201", "2021-03")
    assert (unit, len(messages)) == ("340404201", 1)

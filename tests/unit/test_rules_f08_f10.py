"""The rules of F08 to F10: what breaks each, and what comes near and does not."""

from pathlib import Path

from schemas.unit import Register, Unit, build_register, load_register
from tests.rows import Breaks, Changes, Sheet, all_findings, codes_in, findings

_TWICE = Sheet(({}, {}))
_NOT_REVISED = {"revised_on": None, "revision_reason": None}

BREAKS: Breaks = {
    ("plan", "E-F08-01"): _TWICE,
    ("plan", "E-F08-02"): [
        {"revised_on": "2019-05-05"},
        {"filed_on": "2021-03-09"},
        {**_NOT_REVISED, "filed_on": "2019-05-05"},
    ],
    ("plan", "W-F08-03"): {"valid_until": "2021-03-30"},
    ("plan", "E-F08-07"): {"revision_reason": None},
    ("plan", "E-F08-09"): [
        {**_NOT_REVISED, "issued_on": "2021-04-01", "filed_on": None},
        {"revised_on": "2021-04-01", "filed_on": None},
        {"filed_on": "2021-04-01"},
    ],
    ("drill", "E-F08-01"): _TWICE,
    ("drill", "W-F08-06"): {"form_kind": "桌面", "participants": 201},
    ("drill", "E-F08-08"): {"held_on": "2021-04-01"},
    ("drill", "W-F08-08"): {"held_on": "2021-02-28"},
    ("team", "E-F09-01"): _TWICE,
    ("team", "W-F09-02"): {"full_time": 0, "part_time": 0},
    ("team", "W-F09-03"): {"last_trained_on": "2020-10-01"},
    ("team", "E-F09-09"): {"last_trained_on": "2021-04-01"},
    ("supply", "E-F09-01"): [_TWICE, Sheet(({"spec": None}, {"spec": None}))],
    ("supply", "W-F09-05"): {"expires_on": "2021-03-30", "stock": 0.01, "quota": 0},
    ("supply", "W-F09-06"): {"stock": 9.99},
    ("supply", "W-F09-08"): {"counted_on": "2020-12-30"},
    ("supply", "E-F09-09"): {"counted_on": "2021-04-01"},
    ("officer", "E-F10-01"): {"place_name": "杨公镇"},
    ("officer", "E-F10-02"): {"place_code": "340404103", "place_name": "杨公镇"},
    ("officer", "W-F10-03"): {"ab_role": "B"},
    ("officer", "W-F10-04"): Sheet(({}, {"place_code": "340404103", "place_name": "杨公镇"})),
    ("officer", "W-F10-05"): {"last_trained_on": "2020-03-30"},
    ("officer", "E-F10-08"): {"last_trained_on": "2021-04-01"},
    ("community", "E-F10-01"): {"community_name": "杨公镇"},
    ("community", "E-F10-06"): [{"applied_on": None}, {"stage": "创建"}],
    ("community", "W-F10-07"): {"score": 79.9},
    ("community", "E-F10-08"): {"applied_on": "2021-04-01"},
    ("community", "E-F10-09"): _TWICE,
}

PASSES: Breaks = {
    ("plan", "E-F08-01"): Sheet(({}, {"plan_no": "YA34040400402"})),
    ("plan", "E-F08-02"): [
        {"issued_on": "2021-03-10", "revised_on": "2021-03-10", "filed_on": "2021-03-10"},
        {**_NOT_REVISED, "issued_on": "2021-03-20"},
    ],
    ("plan", "W-F08-03"): {"valid_until": "2021-03-31"},
    ("plan", "E-F08-07"): _NOT_REVISED,
    ("plan", "E-F08-09"): {"filed_on": "2021-03-31"},
    ("drill", "E-F08-01"): Sheet(({}, {"drill_no": "YL34040400420210317"})),
    ("drill", "W-F08-06"): [{"form_kind": "桌面", "participants": 200}, {"participants": 201}],
    ("drill", "E-F08-08"): {"held_on": "2021-03-31"},
    ("drill", "W-F08-08"): {"held_on": "2021-03-01"},
    ("team", "E-F09-01"): Sheet(({}, {"team_no": "DW34040400402"})),
    ("team", "W-F09-02"): [{"full_time": 1, "part_time": 0}, {"full_time": 0, "part_time": 1}],
    ("team", "W-F09-03"): {"last_trained_on": "2020-10-02"},
    ("team", "E-F09-09"): {"last_trained_on": "2021-03-31"},
    ("supply", "E-F09-01"): [Sheet(({}, {"spec": None})), Sheet(({}, {"warehouse": "区物资库"}))],
    ("supply", "W-F09-05"): [{"expires_on": "2021-03-31"}, {"expires_on": "2021-03-30", "stock": 0}],
    ("supply", "W-F09-06"): {"stock": 10},
    ("supply", "W-F09-08"): {"counted_on": "2020-12-31"},
    ("supply", "E-F09-09"): {"counted_on": "2021-03-31"},
    ("officer", "E-F10-01"): {"place_name": "谢三街道"},
    ("officer", "E-F10-02"): Sheet(({}, {"place_code": "340404103", "place_name": "杨公镇"})),
    ("officer", "W-F10-03"): Sheet(({"ab_role": "B"}, {"name": "赵某某"})),
    ("officer", "W-F10-04"): Sheet(({}, {"place_code": "340404103", "place_name": "杨公镇", "name": "赵某某"})),
    ("officer", "W-F10-05"): {"last_trained_on": "2020-03-31"},
    ("officer", "E-F10-08"): {"last_trained_on": "2021-03-31"},
    ("community", "E-F10-01"): {"community_code": "340404004000", "community_name": " 谢三村街道 "},
    ("community", "E-F10-06"): [{"stage": "创建", "applied_on": None}, {"stage": "撤销"}],
    ("community", "W-F10-07"): [{"score": 80}, {"stage": "创建", "applied_on": None, "score": 79.9}],
    ("community", "E-F10-08"): {"applied_on": "2021-03-31"},
    ("community", "E-F10-09"): Sheet(({}, {"year": 2020})),
}


def test_what_breaks_a_rule_is_reported(tmp_path: Path) -> None:
    found = all_findings(tmp_path, BREAKS)

    assert [key for key, cases in found.items() if not all(key[1] in codes_in(issues) for issues in cases)] == []


def test_what_comes_near_and_keeps_a_rule_is_not_reported(tmp_path: Path) -> None:
    passed = all_findings(tmp_path, PASSES)

    assert [key for key, cases in passed.items() if any(key[1] in codes_in(issues) for issues in cases)] == []


def test_every_rule_has_what_comes_near() -> None:
    assert set(PASSES) == set(BREAKS)


def test_a_code_of_supplies_has_seven_digits_and_begins_with_its_class(tmp_path: Path) -> None:
    right = ["1234567", "2999999", "3010101"]
    wrong = ["0234567", "4234567", "123456", "12345678", "1234567890123", "12A4567"]

    marked = findings(tmp_path, "supply", [{"item_code": code} for code in (*right, *wrong)])

    assert ["E-VAL-11" in codes_in(issues) for issues in marked] == [False] * len(right) + [True] * len(wrong)


def test_two_villages_of_one_name_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    register = _with_villages("340404102210", "340404200209")
    rows = [
        {"place_code": code, "place_name": "李咀村", "level": "村社区"} for code in ("340404102210", "340404200209")
    ]

    right, wrong = findings(tmp_path, "officer", [Sheet(tuple(rows)), {**rows[0], "place_name": "唐山镇"}], register)

    assert "E-F10-01" not in codes_in(right)
    assert "E-F10-01" in codes_in(wrong)


def test_every_village_of_the_unit_needs_an_officer(tmp_path: Path) -> None:
    register = _with_villages("340404004201", "340404004202")
    own: Changes = {}
    first: Changes = {"place_code": "340404004201", "place_name": "李咀村", "name": "赵某某"}
    second = {**first, "place_code": "340404004202", "name": "钱某某"}

    some, every = findings(tmp_path, "officer", [Sheet((own, first)), Sheet((own, first, second))], register)

    assert "E-F10-02" in codes_in(some)
    assert "E-F10-02" not in codes_in(every)


def _with_villages(*codes: str) -> Register:
    built_in = load_register()
    villages = [Unit(code=code, name="李咀村", kind="village", parent=code[:9]) for code in codes]
    return build_register([*built_in.units.values(), *villages], built_in.obligations)


def test_a_sum_counts_only_where_both_numbers_are_known(tmp_path: Path) -> None:
    (marked,) = findings(tmp_path, "team", [{"full_time": 0, "part_time": None}])

    assert "W-F09-02" not in codes_in(marked)

"""What each suite of the gate holds a frame to: a sound one passes, and of a broken one the rule is named."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from schemas.form import tables
from warehouse.gate import check
from warehouse.gate_forms import PREFIX
from warehouse.gate_personal import has_number
from warehouse.gate_site import KEPT, write_site

SOUND: Mapping[str, Mapping[str, object]] = {
    "indicator": {
        name + end: [] if end else 0
        for name in ("negative", "beyond", "undeclared", "overcounted", "adrift")
        for end in ("", "_at")
    },
    "part": {"more": 0, "more_at": [], "fewer": 0, "fewer_at": []},
    "balance": {"districts": 1, "of_district": 3.0, "of_units": 3.0, "of_rows": 3.0},
    "month": {"uneven": 0, "uneven_at": []},
    "accounted": {"uncounted": 0, "unheard": 0},
    "jump": {"unexplained": 0, "unexplained_at": [], "redefined": 0, "redefined_at": []},
    "volume": {"ratio": 1.0},
    "reference": {"orphaned": 0, "unequal": 0, "unequal_at": []},
    "personal": {"is_personal": 0, "persons": 0, "numbers": 0},
}


def frames(**changed: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """A sound line and one with these cells changed, for each suite that is written by hand."""
    return {
        name: pd.DataFrame([{"place": "别处", **cells}, {"place": "这里", **cells, **changed.get(name, {})}])
        for name, cells in SOUND.items()
    }


def test_sound_frames_pass_every_suite() -> None:
    checked = check(frames())

    assert [each.rule for each in checked if each.finding] == []
    assert {each.rows for each in checked} == {2}
    assert len({each.suite for each in checked}) == len(SOUND)


@pytest.mark.parametrize(
    ("suite", "cells", "severity", "rule"),
    [
        ("indicator", {"negative": 2, "negative_at": ["某镇"]}, "critical", "指标值不为负"),
        ("indicator", {"beyond": 1}, "critical", "比率的分子不大于分母"),
        ("indicator", {"undeclared": 1}, "critical", "分组成员都在代码表中"),
        ("indicator", {"overcounted": 1}, "critical", "已报份数不多于应报份数"),
        ("indicator", {"adrift": 1}, "critical", "指标、单位和期间都在名录中"),
        ("part", {"more": 1}, "critical", "各分组之和不大于合计"),
        ("part", {"fewer": 1}, "critical", "各分组之和等于合计"),
        ("balance", {"districts": None}, "critical", "全区各指标、各期间都有值"),
        ("balance", {"of_rows": 4.0}, "critical", "没有一行落在单位名录之外"),
        ("balance", {"of_units": 2.0}, "critical", "全区数等于各单位之和"),
        ("month", {"uneven": 1}, "critical", "年初至今的数等于各月之和"),
        ("accounted", {"uncounted": 1}, "critical", "没有单位无声消失"),
        ("accounted", {"unheard": 1}, "critical", "收到的报表都计入已报份数"),
        ("jump", {"unexplained": 1}, "critical", "都有报送、撤回、放行或回填可查"),
        ("jump", {"redefined": 1}, "warning", "程序、口径或单位名录更新后"),
        ("volume", {"ratio": 3.1}, "warning", "前六个月中位数"),
        ("volume", {"ratio": 0.3}, "warning", "前六个月中位数"),
        ("reference", {"orphaned": 1}, "critical", "每一行都属于一份登记在册的报送"),
        ("reference", {"unequal": 1}, "critical", "每份报送的行数与入库的行数相同"),
        ("personal", {"is_personal": 1}, "critical", "没有整列显示个人信息"),
        ("personal", {"persons": 1}, "warning", "不与敏感列的内容相同"),
        ("personal", {"numbers": 1}, "warning", "没有手机号码和身份证号码"),
    ],
)
def test_a_broken_frame_is_named_by_rule_and_place(
    suite: str, cells: Mapping[str, object], severity: str, rule: str
) -> None:
    (found,) = [each.finding for each in check({suite: frames(**{suite: cells})[suite]}) if each.finding]

    assert rule in found.rule
    assert found.severity == severity
    assert all(example.startswith("这里") for example in found.examples)
    assert found.count == cells.get("negative", 1)


def test_every_form_table_has_a_suite_of_what_its_definition_says() -> None:
    for table_id, (form, table) in tables().items():
        figures = {
            f"{name}__{figure}"
            for name, column in table.columns.items()
            for figure, is_said in {
                "missing": column.required,
                "unknown": bool(column.codes),
                "least": column.minimum is not None,
                "most": column.maximum is not None,
                "longest": column.max_length is not None,
            }.items()
            if is_said
        }
        sound = pd.DataFrame([{"place": "某镇 2021-03", **dict.fromkeys(figures, None)}])
        repeated = [f"repeated_{number}" for number in range(len(table.rules))]
        checked = check({f"{PREFIX}{table_id}": sound.assign(**dict.fromkeys(repeated, 0))})

        assert len(checked) >= len(figures)
        assert {each.suite for each in checked} == {f"{form.code} {table.title}"}


def test_a_form_suite_takes_its_bounds_from_the_file() -> None:
    column = tables()["accident"][1].columns["deaths"]
    assert column.minimum == 0
    figures = {"deaths__least": -1.0, "deaths__missing": 0}
    every = {
        f"{name}__{figure}": None
        for name in tables()["accident"][1].columns
        for figure in ("missing", "unknown", "least", "most", "longest")
    }
    frame = pd.DataFrame([{"place": "某镇 2021-03", **every, "repeated_0": 0, **figures}])

    (found,) = [each.finding for each in check({f"{PREFIX}accident": frame}) if each.finding]

    assert found.rule == f"F01 {tables()['accident'][1].title}「{column.label}」不小于 0"
    assert found.examples == ("某镇 2021-03",)


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("联系 13900001111", True),
        ("340404199003072517", True),
        ("SG340404202103090101", False),
        ("2021年3月9日", False),
        ("139000011112", False),
    ],
)
def test_mobile_and_identity_numbers_are_known_inside_texts(text: str, has_one: bool) -> None:
    assert has_number(text) is has_one


def test_only_the_newest_pages_are_kept_and_listed(tmp_path: Path) -> None:
    pages = [write_site(tmp_path, check({"volume": pd.DataFrame({"place": [], "ratio": []})})) for _ in range(KEPT + 2)]

    assert sorted(tmp_path.glob("2*.html")) == pages[2:]
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert pages[-1].name in index
    assert pages[1].name not in index
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(
        ["index.html", *(each.name for each in pages[2:])]
    )

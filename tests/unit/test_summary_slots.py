"""What the slots of a summary say, and when they may say it."""

from collections.abc import Mapping
from datetime import date

import pytest

from schemas.unit import load_register
from tasks.summary.evidence import Evidence
from tasks.summary.problem import SummaryError
from tasks.summary.slot import Slot
from tasks.summary.slots import GROUPS, NAMED, PLAIN, refusal
from tests.summaries import figures, part, value
from warehouse.register import wanted_indicator
from warehouse.values import Value


def named(name: str, *values: Value, accidents: tuple[Mapping[str, object], ...] = ()) -> Slot:
    return NAMED[name](figures(*values, accidents=accidents))


def grouped(group: str, of: Value) -> Slot:
    return GROUPS[group](figures(of), wanted_indicator(of.code))


def casualties(deaths: int | None, injured: int, missing: int = 0, silent: tuple[str, ...] = ()) -> Slot:
    values = (value("ACC02", deaths, silent=silent), value("ACC04", injured, silent=silent))
    return named("casualty_phrase", *values, accidents=({"missing_persons": missing},))


def test_nobody_hurt_is_said_where_every_unit_has_reported() -> None:
    assert (casualties(0, 0).text, casualties(0, 0).mark) == ("未造成人员伤亡", "")


def test_nobody_hurt_is_not_said_while_a_unit_is_silent() -> None:
    slot = casualties(0, 0, silent=("杨公镇", "唐山镇"))
    assert (slot.text, slot.mark) == ("未接报人员伤亡", "（截至2021年7月20日，2家未报）")


@pytest.mark.parametrize(
    ("deaths", "missing", "injured", "said"),
    [(1, 0, 0, "造成1人死亡"), (0, 0, 2, "造成2人受伤"), (1, 1, 2, "造成1人死亡、1人下落不明、2人受伤"),
     (0, 1, 0, "造成1人下落不明"), (None, 0, 0, "人员伤亡暂无数据")],
)  # fmt: skip
def test_who_is_dead_missing_or_hurt_is_counted(deaths: int | None, missing: int, injured: int, said: str) -> None:
    assert casualties(deaths, injured, missing).text == said


def test_full_coverage_is_said_where_it_is_proved() -> None:
    slot = named("officer_coverage_phrase", value("OFF03", 1))
    assert slot.text == "区、乡镇（街道）和村（社区）三级信息员培训全覆盖"


def test_coverage_that_is_not_full_is_told_by_level() -> None:
    levels = (part("district", 1, 1), part("township", 11, 11), part("village", 91, 93))
    slot = named("officer_coverage_phrase", value("OFF03", 0), value("OFF02", 98.1, breakdown=levels))
    assert slot.text == "信息员培训覆盖率区100.0%（1/1）、乡镇（街道）100.0%（11/11）、村（社区）97.8%（91/93）"
    assert "全覆盖" not in slot.text


def test_coverage_without_data_says_so() -> None:
    assert named("officer_coverage_phrase").text == "信息员培训覆盖率暂无数据"


@pytest.mark.parametrize(
    ("name", "code", "now", "before", "said"),
    [("acc_yoy", "ACC01", 1, 1, "持平"), ("deaths_yoy", "ACC02", 0, 1, "下降1人"),
     ("deaths_yoy", "ACC02", 2, 1, "上升1人"), ("acc_yoy", "ACC01", 1, 0, "上升1起（去年同期为0）"),
     ("acc_yoy", "ACC01", 1, None, "去年同期数据缺失，暂不比较")],
)  # fmt: skip
def test_accidents_and_deaths_are_compared_in_the_words_of_the_bureau(
    name: str, code: str, now: int, before: int | None, said: str
) -> None:
    slot = named(name, value(code, now, year_ago=before))
    assert (slot.text, slot.codes, slot.has_base) == (said, (code,), True)


def test_reports_that_last_year_lacks_are_told_beside_the_comparison() -> None:
    slot = grouped("yoy", value("HAZ04", 91.66, year_ago=99.5, year_ago_missing=1))
    assert slot.text == "同比下降7.8个百分点（去年同期1家次未报）"


@pytest.mark.parametrize(
    ("number", "silent", "said"),
    [(1, (), "发生较大及以上事故1起"), (0, (), "未发生较大及以上事故"), (0, ("杨公镇",), "未接报较大及以上事故"),
     (None, ("杨公镇",), "较大及以上事故暂无数据")],
)  # fmt: skip
def test_that_nothing_happened_is_said_where_every_unit_has_reported(
    number: int | None, silent: tuple[str, ...], said: str
) -> None:
    assert grouped("occurred", value("ACC06", number, silent=silent)).text == said


@pytest.mark.parametrize(
    ("group", "of", "said"),
    [("value", value("HAZ04", 91.666), "91.7%"), ("value", value("OFF03", 0), "否"),
     ("value", value("ACC05", 128), "128.00万元"), ("value", value("HAZ04", None), "（暂无数据）"),
     ("number", value("ENF07", 63.6), "63.60"), ("last", value("ACC01", 1, year_ago=2), "2起"),
     ("last", value("ACC01", 1), "（暂无数据）"), ("share", value("HAZ04", 50.0, numerator=1, denominator=2), "1/2"),
     ("yoy", value("ENF01", 36, year_ago=30), "同比增加6家次，上升20.0%")],
)  # fmt: skip
def test_every_indicator_has_its_figures(group: str, of: Value, said: str) -> None:
    assert grouped(group, of).text == said


def test_accidents_are_listed_by_their_names() -> None:
    names = ({"accident_name": "“3·9”爆燃事故"}, {"accident_name": "“5·1”坍塌事故"})
    assert named("acc_list", value("ACC01", 2), accidents=names).text == "“3·9”爆燃事故、“5·1”坍塌事故"
    assert named("acc_list", value("ACC01", 0)).text == "无"


def test_a_slot_that_would_say_nothing_is_refused_with_the_reason() -> None:
    refused = [("yoy", "HAZ03"), ("share", "ACC01"), ("occurred", "TRN01")]
    assert all(refusal(group, wanted_indicator(code)) for group, code in refused)
    assert not any(
        refusal(group, wanted_indicator("ACC01")) for group in ("value", "number", "last", "yoy", "occurred")
    )


def test_a_period_that_is_not_over_in_the_data_is_told() -> None:
    assert PLAIN["coverage_note"](figures()) == ""
    told = PLAIN["coverage_note"](figures(last_month=date(2021, 3, 1)))
    assert told == "2021年上半年的数据目前只到2021年3月"


def test_silent_units_are_named_once() -> None:
    both = figures(value("ACC01", 0, silent=("杨公镇",)), value("TRN01", 4, silent=("杨公镇", "唐山镇")))
    assert PLAIN["silent_note"](both).startswith("杨公镇、唐山镇有应报未报的报表")
    assert PLAIN["silent_note"](figures()) == "应报的报表均已报送"


def test_rows_of_another_publication_than_the_figures_are_not_cited() -> None:
    of_now = figures(value("ACC01", 2))
    with pytest.raises(SummaryError, match="写总结时发布了新的一次数据，请再运行一次"):
        Evidence(of_now, load_register()).comment(named("acc_count", value("ACC01", 2)))

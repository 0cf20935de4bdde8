"""F07 of the sample inbox: activities of 安全宣传“五进”, the days 5·12 and 6·16, and a quiz."""

from datetime import date, timedelta

from flows.demo.checks import BUREAU
from flows.demo.draw import choose, draw, happens
from flows.demo.report import Row
from schemas.unit import Unit, load_register

_SCHOOLS = "340404D08"
_STREETS, _TOWNS = ("enterprise", "family", "community"), ("enterprise", "family", "countryside")
_TOPICS = {
    "enterprise": "安全宣传进企业",
    "school": "安全宣传进学校",
    "family": "家庭用气用电安全入户宣传",
    "countryside": "安全宣传进农村",
    "community": "安全宣传进社区",
}
_HOST_TOWN = "340404001"
_ACTIVE_PCT = 55


def activities(unit_code: str, month: date) -> tuple[Row, ...]:
    """The activities that a unit held in a month."""
    unit = load_register().units[unit_code]
    given = _of_the_bureau(unit, month) if unit_code == BUREAU else []
    return (*given, *([_drawn(unit, month)] if happens(_ACTIVE_PCT, unit_code, month, "publicity") else []))


def _of_the_bureau(unit: Unit, month: date) -> list[Row]:
    every = ("enterprise", "school", "family", "countryside", "community")
    if month.month == 5:
        day = month.replace(day=12)
        return [_activity(unit, day, "5·12全国防灾减灾日集中宣传", ("community", "school"), ("may_12",), 620)]
    if month.month == 6:
        day = month.replace(day=16)
        quiz = _activity(unit, month.replace(day=8), "安全知识线上答题竞赛", ("none",), ("quiz", "safety_month"), 0)
        return [
            {**quiz, "materials": 0, "online_count": 3_860 if month.year == 2021 else 2_940},
            _activity(unit, day, "6·16安全生产宣传咨询日活动", every, ("june_16", "safety_month"), 1_150),
        ]
    return []


def _drawn(unit: Unit, month: date) -> Row:
    key = (unit.code, f"{month:%Y-%m}")
    kinds = ("school",) if unit.code == _SCHOOLS else _STREETS if unit.kind == "street" else _TOWNS
    kind = choose(kinds, *key, "kind")
    day = month + timedelta(days=18 + draw(8, *key, "day"))
    tags = ("safety_month", "routine") if month.month == 6 else ("routine",)
    return _activity(
        unit, day, f"{unit.name}{month.month}月{_TOPICS[kind]}", (kind,), tags, 60 + draw(120, *key, "audience")
    )


def _activity(unit: Unit, day: date, title: str, kinds: tuple[str, ...], tags: tuple[str, ...], audience: int) -> Row:
    is_town = unit.level == "township"
    return {
        "activity_no": f"XC{unit.code}{day:%Y%m%d}",
        "held_on": day,
        "title": title,
        "five_entry": kinds,
        "tag": tags,
        "organizer": unit.name,
        "organizer_level": "township" if is_town else "district",
        "town_code": unit.code if is_town else _HOST_TOWN,
        "audience_count": audience,
        "materials": audience + draw(80, unit.code, day, "materials"),
        "media_reports": draw(3, unit.code, day, "media"),
        "online_count": 0,
    }

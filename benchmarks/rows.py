"""Rows of every table for a unit and a month: made up, plausible and right, the same on every call."""

import itertools
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from flows.demo.people import enterprise_code, person, phone
from flows.demo.report import Row, Value
from schemas.form import Column, tables
from schemas.period import add_months
from schemas.unit import Register
from tests.integration import facts

_BUREAU = "340404D01"
_SECTORS = ("industry_trade", "construction", "town_gas", "fire", "other")
_SIGNS = "春夏秋冬东西南北山水云月金木火土安平康宁"
_WAYS = ("routine", "expert", "special", "random", "joint", "unannounced")
# The days of the shortest month, and how many events of a kind can have a number in it.
_SHORTEST = 28
_EVENTS = 100 * _SHORTEST
# Tables of which a report cannot have as many rows as one likes.
_FEW = {"duty": 1, "responsibility": 1, "community": 1, "campaign": 1}


def rows_of(table_id: str, unit_code: str, month: date, count: int, register: Register) -> tuple[Row, ...]:
    """That many rows of a table in the report of a unit for a month, or as many as there can be."""
    table = tables()[table_id][1]
    about = _About(unit_code, month, register)
    expected = {name: column.example for name, column in table.columns.items() if column.expected}
    if table_id in ("accident", "incident"):
        count = min(count, _EVENTS // len(register.units))
    made = [{**expected, **_MAKE[table_id](about, number)} for number in range(min(count, _FEW.get(table_id, count)))]
    return tuple({name: _typed(value, table.columns[name]) for name, value in row.items()} for row in made)


# What a row says, before its values are typed.
Said = Mapping[str, object]


class _About:
    """What the rows of a report are made from: whose it is, and the words in which it says so."""

    def __init__(self, unit_code: str, month: date, register: Register) -> None:
        unit = register.units[unit_code]
        self.month, self.unit_code, self.unit_name, self.register = month, unit_code, unit.name, register
        self.is_town = unit.level == "township"
        self.town = unit_code if self.is_town else facts.STREET
        self.level = "district" if unit_code == _BUREAU else "township" if self.is_town else "enterprise"
        self.place = sorted(register.units).index(unit_code)
        self.days = (add_months(month, 1) - month).days

    def day(self, number: int) -> str:
        """A day of the month."""
        return f"{self.month + timedelta(days=number % self.days)}"

    def event(self, number: int) -> tuple[str, str]:
        """A day and the digits of an event's number, which no other event has: a hundred a day, shared by all units."""
        serial = self.place * (_EVENTS // len(self.register.units)) + number
        day = self.day(serial % _SHORTEST)
        return day, f"{day.replace('-', '')}{serial // _SHORTEST:02d}"

    def serial(self, number: int) -> str:
        """What no other row of the form has, in any report."""
        return f"{self.unit_code[6:]}{self.month:%y%m}{number:03d}"


def _firm(number: int) -> str:
    """A name that is like no other: those that differ by a digit would be taken for one firm with two accidents."""
    signs = (_SIGNS[number // len(_SIGNS) ** power % len(_SIGNS)] for power in range(4))
    return f"{''.join(signs)}商行"


def _accident(about: _About, number: int) -> Said:
    day, digits = about.event(number)
    return facts.accident(
        day,
        accident_no=f"SG340404{digits}",
        accident_name=f"{about.unit_name}{about.serial(number)}号事故",
        received_at=f"{day} 06:55",
        entered_at=f"{day} 16:00",
        place=f"{about.unit_name}示例路{number + 1}号",
        town_code=about.town,
        enterprise_name=_firm(about.place * 1_000 + about.month.month * 50 + number),
        uscc=enterprise_code(about.place * 1_000 + number),
        industry_division="52",
        minor_injuries=number % 3,
        direct_loss_wan=100.0 + number,
        cause="软管脱落",
        reporter_role="locality" if about.is_town else "industry",
    )


def _incident(about: _About, number: int) -> Said:
    day, digits = about.event(number)
    return facts.incident(
        day,
        incident_no=f"SJ340404{digits}",
        place=f"{about.unit_name}示例支路{number + 1}号",
        town_code=about.town,
        owner_name="淮南示例城市建设投资有限公司",
        builder_name="淮南示例市政工程有限公司",
        builder_uscc=enterprise_code(number),
        affected_households=20 + number,
        evacuated=number,
        resolved_at=f"{day} 12:30",
        case_opened=True,
    )


def _inspection(_about: _About, number: int) -> Said:
    sector, way = list(itertools.product(_SECTORS, _WAYS))[number % 30]
    key = number // 30
    return facts.inspection(
        sector=sector,
        check_type=way,
        campaign_code=("none", "DJC")[key % 2],
        visits=10 + number,
        units_visited=8,
        staff_times=30 + number,
    )


def _penalty(about: _About, number: int) -> Said:
    day = about.day(number)
    return facts.penalty(
        day,
        decision_no=f"谢应急罚〔{about.month.year}〕{about.place}{about.month.month:02d}{number:03d}号",
        party_name=f"示例企业{about.serial(number)}",
        uscc=enterprise_code(number),
        town_code=about.town,
        fine_yuan=10_000.0 + 500 * number,
        accident_no=None,
    )


def _hazard(about: _About, number: int) -> Said:
    row = facts.hazard(
        about.day(number),
        hazard_no=f"YH{about.serial(number)}",
        enterprise_name=f"示例企业{about.place}",
        uscc=enterprise_code(about.place),
        town_code=about.town,
        description=f"{about.unit_name}{about.serial(number)}号点位灭火器压力不足",
        responsible=person(number),
        due_on=f"{add_months(about.month, 2)}",
    )
    return facts.closed(row, about.day(about.days - 1))


def _training(about: _About, number: int) -> Said:
    due = 40 + number
    return facts.training(
        about.day(number),
        training_no=f"PX{about.serial(number)}",
        title=f"第{number + 1}期安全知识培训",
        organizer=about.unit_name,
        organizer_level=about.level,
        participants=due,
        hours=4.0,
        exam_due=due,
        examined=due - 2,
        passed=due - 4,
    )


def _publicity(about: _About, number: int) -> Said:
    return facts.activity(
        about.day(number),
        activity_no=f"XC{about.serial(number)}",
        title=f"第{number + 1}次安全宣传进企业",
        organizer=about.unit_name,
        organizer_level=about.level,
        town_code=about.town,
        audience_count=50 + number,
    )


def _plan(about: _About, number: int) -> Said:
    return facts.plan(
        plan_no=f"YA{about.unit_code[6:]}{number:03d}",
        owner_name=about.unit_name,
        issued_on="2019-03-01",
        filed_on="2019-04-01",
    )


def _drill(about: _About, number: int) -> Said:
    return facts.drill(
        about.day(number),
        drill_no=f"YL{about.serial(number)}",
        plan_no=f"YA{about.unit_code[6:]}{number:03d}",
        organizer=about.unit_name,
        organizer_level=about.level,
        participants=20 + number,
    )


def _team(about: _About, number: int) -> Said:
    return facts.team(
        f"{about.unit_code}-{number}",
        team_name=f"{about.unit_name}第{number + 1}应急分队",
        parent_org=about.unit_name,
        last_trained_on=about.day(number),
        leader=person(number),
        phone=phone(number),
    )


def _supply(about: _About, number: int) -> Said:
    return facts.supply(
        "救生衣",
        60.0 + number,
        warehouse=f"{about.unit_name}仓库",
        spec=f"{number}型",
        quota=50.0,
        counted_on=about.day(number),
    )


def _officer(about: _About, number: int) -> Said:
    place = about.unit_code if about.is_town else "340404"
    name = about.unit_name if about.is_town else "谢家集区"
    return facts.officer(place, about.day(number), place_name=name, name=person(number), phone=phone(number))


def _community(about: _About, number: int) -> Said:
    return facts.community(
        about.town, None, community_name=about.register.units[about.town].name, year=about.month.year + number
    )


def _duty(about: _About, _number: int) -> Said:
    return facts.duty(patrols=about.days)


def _disaster(about: _About, number: int) -> Said:
    return facts.disaster(
        about.day(number),
        disaster_no=f"ZH{about.serial(number)}",
        town_code=about.town,
        affected=10 + number,
        disaster_subtype="城镇内涝",
    )


def _responsibility(about: _About, _number: int) -> Said:
    return facts.responsibility(10 + about.month.month)


def _tip(about: _About, number: int) -> Said:
    return facts.tip(
        about.day(number),
        tip_no=f"JB{about.serial(number)}",
        town_code=about.town,
        due_on=f"{add_months(about.month, 2)}",
    )


def _risk(about: _About, number: int) -> Said:
    return facts.enterprise(enterprise_code(number), enterprise_name=f"示例企业{number}", town_code=about.town)


def _campaign(about: _About, _number: int) -> Said:
    return facts.campaign(lead_org=about.unit_name, measures_done=about.month.month)


_MAKE: Mapping[str, Callable[[_About, int], Said]] = {
    "accident": _accident,
    "incident": _incident,
    "inspection": _inspection,
    "penalty": _penalty,
    "hazard": _hazard,
    "training": _training,
    "publicity": _publicity,
    "plan": _plan,
    "drill": _drill,
    "team": _team,
    "supply": _supply,
    "officer": _officer,
    "community": _community,
    "duty": _duty,
    "disaster": _disaster,
    "responsibility": _responsibility,
    "tip": _tip,
    "risk": _risk,
    "campaign": _campaign,
}


def _typed(value: object, column: Column) -> Value:
    """A value as the writers of the demo take it: days and times as such, several codes as a tuple."""
    if isinstance(value, str) and column.type in ("date", "datetime"):
        return datetime.fromisoformat(value) if column.type == "datetime" else date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]

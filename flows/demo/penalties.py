"""F04 of the sample inbox: the decisions of the five departments that punish, the two after accidents among them."""

import functools
from datetime import date, timedelta

from flows.demo.draw import choose, draw, happens
from flows.demo.enterprises import Enterprise, enterprises_of
from flows.demo.people import enterprise_code
from flows.demo.report import Row

_WORDS = {
    "340404D01": "应急罚",
    "340404D02": "建罚",
    "340404D04": "消罚",
    "340404D05": "市监罚",
    "340404D06": "交罚",
}
_VIOLATIONS = (
    ("未如实记录隐患排查治理情况", "《中华人民共和国安全生产法》（2014）第九十四条第五项"),
    ("未按规定对从业人员进行安全生产教育和培训", "《中华人民共和国安全生产法》（2014）第九十四条第三项"),
    ("安全设备未进行经常性维护保养", "《中华人民共和国安全生产法》（2014）第九十六条第三项"),
    ("占用、堵塞疏散通道和安全出口", "《中华人民共和国消防法》第六十条第一款第三项"),
)
_ACCIDENT_LAW = "《中华人民共和国安全生产法》（2014）第一百零九条第一项"
_OF_ACCIDENTS = {
    ("340404D02", date(2020, 6, 1)): (
        "SG3404042020051401",
        "淮南示例建筑劳务有限公司",
        enterprise_code(102),
        "340404101",
        "construction",
        230_000.0,
    ),
    ("340404D01", date(2021, 6, 1)): (
        "SG3404042021030901",
        "谢三村示例早点铺",
        enterprise_code(101),
        "340404004",
        "town_gas",
        210_000.0,
    ),
}
_MONTHS = tuple(date(year, month, 1) for year in (2020, 2021) for month in range(1, 7))
_QUIET_PCT, _WARNING_PCT, _LAST_DAY = 20, 20, 20


@functools.cache
def penalties(unit_code: str, month: date) -> tuple[Row, ...]:
    """The decisions that a unit took in a month; units that do not punish took none."""
    if unit_code not in _WORDS:
        return ()
    key = (unit_code, f"{month:%Y-%m}")
    count = 0 if happens(_QUIET_PCT, *key, "quiet") else 1 + draw(3, *key, "decisions")
    rows = [
        _decision(unit_code, month, number, choose(enterprises_of(unit_code), *key, number, "party"))
        for number in range(count)
    ]
    return (*rows, *([_after_accident(unit_code, month)] if (unit_code, month) in _OF_ACCIDENTS else []))


def opened_in(unit_code: str, month: date) -> int:
    """The cases that a unit opened in a month, whenever they were decided."""
    opened = [row["opened_on"] for each in _MONTHS for row in penalties(unit_code, each)]
    return sum(isinstance(day, date) and day.replace(day=1) == month for day in opened)


def _decision(unit_code: str, month: date, number: int, party: Enterprise) -> Row:
    key = (unit_code, f"{month:%Y-%m}", number)
    decided_on = month + timedelta(days=draw(_LAST_DAY, *key, "decided"))
    violation, legal_basis = choose(_VIOLATIONS, *key, "violation")
    is_fine = not happens(_WARNING_PCT, *key, "warning")
    fine = 1_000.0 * (3 + draw(18, *key, "fine"))
    return {
        "decision_no": _number(unit_code, month, number),
        "opened_on": decided_on - timedelta(days=8 + draw(25, *key, "opened")),
        "decided_on": decided_on,
        "party_name": party.name,
        "uscc": party.uscc,
        "town_code": party.town_code,
        "sector": party.sector,
        "violation": violation,
        "legal_basis": legal_basis,
        "penalty_kinds": ("warning", "fine") if is_fine else ("warning",),
        "fine_yuan": fine if is_fine else None,
        "is_accident_penalty": False,
        "published_on": decided_on + timedelta(days=2 + draw(5, *key, "published")),
        "enforced": choose(("enforced", "enforced", "partly", "instalments"), *key, "enforced"),
    }


def _after_accident(unit_code: str, month: date) -> Row:
    """The fine for an accident: 20 to 50 万元 for 一般 under the law of 2014 (article 109)."""
    accident_no, party, code, town, sector, fine = _OF_ACCIDENTS[unit_code, month]
    decided_on = month + timedelta(days=17)
    return {
        "decision_no": _number(unit_code, month, 8),
        "opened_on": decided_on - timedelta(days=30),
        "decided_on": decided_on,
        "party_name": party,
        "uscc": code,
        "town_code": town,
        "sector": sector,
        "violation": "未落实安全生产主体责任，导致发生一般生产安全事故",
        "legal_basis": _ACCIDENT_LAW,
        "penalty_kinds": ("fine",),
        "fine_yuan": fine,
        "is_accident_penalty": True,
        "accident_no": accident_no,
        "published_on": decided_on + timedelta(days=4),
        "enforced": "instalments",
    }


def _number(unit_code: str, month: date, number: int) -> str:
    return f"（谢）{_WORDS[unit_code]}〔{month.year}〕{10 * month.month + number}号"

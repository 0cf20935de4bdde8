"""F12B of the sample inbox: what citizens report, what was found, and which hazard or reward came of it."""

import functools
from collections.abc import Sequence
from datetime import date, timedelta

from flows.demo.checks import BUREAU
from flows.demo.draw import choose, draw, happens
from flows.demo.enterprises import TOWNS, Enterprise, enterprises_of
from flows.demo.report import Row

_CHANNELS = ("hotline", "platform", "letter", "visit", "email", "superior")
_FINDINGS = ("confirmed", "partly_confirmed", "unconfirmed")
_REWARDS = (500.0, 1000.0, 2000.0)
_DAYS_TO_CLOSE = 60
_TOWN_PCT = 18


@functools.cache
def tips(unit_code: str, month: date) -> tuple[Row, ...]:
    """The tips that a unit took in during a month, each closed within it."""
    return tuple(
        _tip(unit_code, month, number, choose(enterprises_of(unit_code), unit_code, month, number, "target"))
        for number in range(1, 1 + _count(unit_code, month))
    )


def confirmed_tips(unit_code: str, month: date) -> Sequence[Row]:
    """The tips behind which a hazard was found."""
    return [tip for tip in tips(unit_code, month) if tip["hazard_no"] is not None]


def _count(unit_code: str, month: date) -> int:
    if unit_code == BUREAU:
        return 1 + draw(3, month, "tips")
    return int(unit_code in TOWNS and happens(_TOWN_PCT, unit_code, month, "tips"))


def _tip(unit_code: str, month: date, number: int, target: Enterprise) -> Row:
    key = (unit_code, f"{month:%Y-%m}", number)
    finding, category = choose(_FINDINGS, *key, "finding"), choose(("major_hazard", "violation"), *key, "category")
    received_on = month + timedelta(days=1 + draw(14, *key, "received"))
    is_confirmed = finding != "unconfirmed"
    return {
        "tip_no": f"JB{unit_code}{month:%Y%m}{number:02d}",
        "received_on": received_on,
        "channel": choose(_CHANNELS, *key, "channel"),
        "category": category,
        "target_name": target.name,
        "town_code": target.town_code,
        "accepted": True,
        "finding": finding,
        "due_on": received_on + timedelta(days=_DAYS_TO_CLOSE),
        "closed_on": received_on + timedelta(days=3 + draw(8, *key, "closed")),
        "reward_yuan": choose(_REWARDS, *key, "reward") if is_confirmed else None,
        "hazard_no": f"YH{unit_code}{month:%Y%m}9{number}" if is_confirmed else None,
    }

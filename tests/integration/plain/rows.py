"""Rows by chance: few numbers, so that the same thing is told twice, and days and amounts about the limits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeAlias

from schemas.period import add_months
from tests.integration import facts
from tests.integration.builders import Row

Rows: TypeAlias = Mapping[str, Sequence[Row]]
_STAGES = ("flash", "follow_up", "verified", "closed")
_TOWNS = (facts.STREET, facts.TOWN)
_SECTORS = ("town_gas", "road_transport", "fire", "industry_trade")
# Penalties after accidents name this one.
_KNOWN = facts.accident("2020-11-16")
_CAMPAIGNS = ("DJC", "FBY", "none")


@dataclass(frozen=True)
class Turn:
    """Who reports which month, and the dice."""

    chance: Random
    unit: str
    month: date


def day(chance: Random, month: date) -> date:
    """A day of the month, often its first or last."""
    last = (add_months(month, 1) - timedelta(days=1)).day
    return month.replace(day=chance.choice((1, 2, 15, last - 1, last)))


def earlier(chance: Random, month: date) -> date:
    """A day of the month or of one of the two before."""
    return day(chance, add_months(month, -chance.choice((0, 0, 1, 2))))


def some(chance: Random, row: Callable[[int], Row], most: int = 3) -> list[Row]:
    """Some rows, numbered from 1."""
    return [row(number) for number in range(1, chance.randint(0, most) + 1)]


def accidents(at: Turn) -> Rows:
    """A department tells of what happened in its industry, a township of what happened in it."""

    def row(number: int) -> Row:
        on = earlier(at.chance, at.month)
        deaths, missing = at.chance.choice((0, 0, 1, 3)), at.chance.choice((0, 0, 1))
        serious = at.chance.choice((0, 0, 2, 10))
        loss = at.chance.choice((None, 99.99, 100.0, 999.99, 1000.0))
        return facts.accident(
            on.isoformat(),
            number,
            occurred_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=6),
            received_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=7),
            entered_at=at.chance.choice((None, datetime.combine(on, datetime.min.time()) + _entered(at.chance))),
            town_code=at.unit if at.unit in _TOWNS else at.chance.choice(_TOWNS),
            sector=at.chance.choice(_SECTORS),
            is_production=at.chance.random() < 0.9,
            deaths=deaths,
            missing_persons=missing,
            serious_injuries=serious,
            minor_injuries=at.chance.choice((0, 0, 4)),
            direct_loss_wan=loss,
            grade=str(2 if deaths + missing >= 3 or serious >= 10 or loss == 1000 else 1),
            override_reason=at.chance.choice((None, None, "无", "影响较大")),
            stage=at.chance.choice((*_STAGES, "cancelled")),
            cancel_basis="illness",
            reporter_role="locality" if at.unit in _TOWNS else "industry",
            investigation_submitted_on=at.chance.choice((None, on + timedelta(days=at.chance.choice((60, 61))))),
        )

    known = [_KNOWN] if at.unit == facts.STREET else []
    return {"accident": distinct([*some(at.chance, row), *known], "accident_no")}


def _entered(chance: Random) -> timedelta:
    return chance.choice((timedelta(hours=31), timedelta(hours=31, seconds=1), timedelta(days=7), timedelta(days=31)))


def distinct(rows: Sequence[Row], column: str) -> list[Row]:
    return list({row[column]: row for row in rows}.values())


def incidents(at: Turn) -> Rows:
    def row(number: int) -> Row:
        return facts.incident(
            earlier(at.chance, at.month).isoformat(),
            number,
            town_code=at.unit if at.unit in _TOWNS else at.chance.choice(_TOWNS),
            incident_type=at.chance.choice(("gas_leak", "gas_leak", "major_near_miss", "collapse")),
            cause_code=at.chance.choice(("municipal_works", "misuse")),
        )

    return {"incident": distinct(some(at.chance, row), "incident_no")}


def inspections(at: Turn) -> Rows:
    def row(number: int) -> Row:
        visits = at.chance.choice((0, 1, 20))
        return facts.inspection(
            sector=_SECTORS[number],
            check_type=at.chance.choice(("routine", "expert")),
            campaign_code=at.chance.choice(_CAMPAIGNS),
            key_window=at.chance.choice(("none", "spring_festival")),
            visits=visits,
            units_visited=visits,
            staff_times=at.chance.choice((None, 0, 40)),
            **{name: at.chance.choice((0, 0, 2)) for name in _INSPECTED},
        )

    return {"inspection": some(at.chance, row)}


_INSPECTED = ("hazards_general", "hazards_major", "documents", "cases_opened", "suspended", "closed_down", "to_justice")


def penalties(at: Turn) -> Rows:
    def row(number: int) -> Row:
        is_accident = at.chance.random() < 0.3
        return {
            **facts.penalty(day(at.chance, at.month).isoformat(), number),
            "decision_no": f"{at.unit}〔2021〕{at.month.month * 10 + number}号",
            "sector": at.chance.choice(_SECTORS),
            "fine_yuan": at.chance.choice((0.0, 20_000.0, 33_333.33)),
            "is_accident_penalty": is_accident,
            "accident_no": _KNOWN["accident_no"] if is_accident else "无",
        }

    return {"penalty": some(at.chance, row)}


def trainings(at: Turn) -> Rows:
    def row(number: int) -> Row:
        examined = at.chance.choice((None, 0, 30))
        return facts.training(
            earlier(at.chance, at.month).isoformat(),
            number,
            organizer_level="township" if at.unit in _TOWNS else "district",
            category=at.chance.choice(("safety_knowledge", "three_posts", "rescue")),
            participants=at.chance.choice((0, 50)),
            exam_due=examined,
            examined=examined,
            passed=examined and 29,
        )

    return {"training": distinct(some(at.chance, row), "training_no")}


def activities(at: Turn) -> Rows:
    def row(number: int) -> Row:
        return facts.activity(
            day(at.chance, at.month).isoformat(),
            number,
            five_entry=at.chance.choice((["none"], ["enterprise", "school"], ["countryside"])),
            tag=at.chance.choice((["routine"], ["quiz", "routine"])),
            audience_count=at.chance.choice((0, 60)),
            materials=at.chance.choice((0, 100)),
            online_count=at.chance.choice((None, 0, 80)),
        )

    return {"publicity": some(at.chance, row)}

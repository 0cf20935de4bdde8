"""Rows by chance: few numbers, so that the same thing is told twice, and days and amounts about the limits."""

from collections.abc import Callable, Mapping, Sequence
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
_CAMPAIGNS = ("DJC", "FBY", "none")


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


def accidents(chance: Random, unit: str, month: date) -> Rows:
    """A department tells of what happened in its industry, a township of what happened in it."""

    def row(number: int) -> Row:
        on = earlier(chance, month)
        deaths, missing, serious = chance.choice((0, 0, 1, 3)), chance.choice((0, 0, 1)), chance.choice((0, 0, 2, 10))
        loss = chance.choice((None, 99.99, 100.0, 999.99, 1000.0))
        return facts.accident(
            on.isoformat(),
            number,
            occurred_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=6),
            received_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=7),
            entered_at=chance.choice((None, datetime.combine(on, datetime.min.time()) + _entered(chance))),
            town_code=unit if unit in _TOWNS else chance.choice(_TOWNS),
            sector=chance.choice(_SECTORS),
            is_production=chance.random() < 0.9,
            deaths=deaths,
            missing_persons=missing,
            serious_injuries=serious,
            minor_injuries=chance.choice((0, 0, 4)),
            direct_loss_wan=loss,
            grade=str(2 if deaths + missing >= 3 or serious >= 10 or loss == 1000 else 1),
            override_reason=chance.choice((None, None, "无", "影响较大")),
            stage=chance.choice((*_STAGES, "cancelled")),
            cancel_basis="illness",
            reporter_role="locality" if unit in _TOWNS else "industry",
            investigation_submitted_on=chance.choice((None, on + timedelta(days=chance.choice((60, 61))))),
        )

    return {"accident": _distinct(some(chance, row), "accident_no")}


def _entered(chance: Random) -> timedelta:
    return chance.choice((timedelta(hours=31), timedelta(hours=31, seconds=1), timedelta(days=7), timedelta(days=31)))


def _distinct(rows: Sequence[Row], column: str) -> list[Row]:
    return list({row[column]: row for row in rows}.values())


def incidents(chance: Random, unit: str, month: date) -> Rows:
    def row(number: int) -> Row:
        return facts.incident(
            earlier(chance, month).isoformat(),
            number,
            town_code=unit if unit in _TOWNS else chance.choice(_TOWNS),
            incident_type=chance.choice(("gas_leak", "gas_leak", "major_near_miss", "collapse")),
            cause_code=chance.choice(("municipal_works", "misuse")),
        )

    return {"incident": _distinct(some(chance, row), "incident_no")}


def inspections(chance: Random, unit: str, month: date) -> Rows:
    def row(number: int) -> Row:
        visits = chance.choice((0, 1, 20))
        return facts.inspection(
            sector=_SECTORS[number],
            check_type=chance.choice(("routine", "expert")),
            campaign_code=chance.choice(_CAMPAIGNS),
            key_window=chance.choice(("none", "spring_festival")),
            visits=visits,
            units_visited=visits,
            staff_times=chance.choice((None, 0, 40)),
            **{name: chance.choice((0, 0, 2)) for name in _INSPECTED},
        )

    return {"inspection": some(chance, row)}


_INSPECTED = ("hazards_general", "hazards_major", "documents", "cases_opened", "suspended", "closed_down", "to_justice")


def penalties(chance: Random, unit: str, month: date) -> Rows:
    def row(number: int) -> Row:
        is_accident = chance.random() < 0.3
        return {
            **facts.penalty(day(chance, month).isoformat(), number),
            "decision_no": f"{unit}〔2021〕{month.month * 10 + number}号",
            "sector": chance.choice(_SECTORS),
            "fine_yuan": chance.choice((0.0, 20_000.0, 33_333.33)),
            "is_accident_penalty": is_accident,
        }

    return {"penalty": some(chance, row)}


def trainings(chance: Random, unit: str, month: date) -> Rows:
    def row(number: int) -> Row:
        examined = chance.choice((None, 0, 30))
        return facts.training(
            earlier(chance, month).isoformat(),
            number,
            organizer_level="township" if unit in _TOWNS else "district",
            category=chance.choice(("safety_knowledge", "three_posts", "rescue")),
            participants=chance.choice((0, 50)),
            exam_due=examined,
            examined=examined,
            passed=examined and 29,
        )

    return {"training": _distinct(some(chance, row), "training_no")}


def activities(chance: Random, unit: str, month: date) -> Rows:
    def row(number: int) -> Row:
        return facts.activity(
            day(chance, month).isoformat(),
            number,
            five_entry=chance.choice((["none"], ["enterprise", "school"], ["village"])),
            tag=chance.choice((["routine"], ["quiz", "routine"])),
            audience_count=chance.choice((0, 60)),
            materials=chance.choice((None, 0, 100)),
            online_count=chance.choice((None, 0, 80)),
        )

    return {"publicity": some(chance, row)}

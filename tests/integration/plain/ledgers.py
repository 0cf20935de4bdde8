"""Rows by chance of ledgers, of lists that stand, and of months and what happened in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from schemas.period import add_months
from tests.integration import facts
from tests.integration.builders import Row
from tests.integration.plain import rows
from tests.integration.plain.rows import Turn, day, some

Rows: TypeAlias = Mapping[str, Sequence[Row]]
Tell: TypeAlias = Callable[[Turn], Rows]
_SECTORS = ("town_gas", "industry_trade")
_CAMPAIGNS = ("DJC", "FBY", "none")
_TOWNS = (facts.STREET, facts.TOWN)
_LISTED_MONTHS = 4


def hazards(at: Turn) -> Rows:
    """A ledger as it should be: what was found in the month and what was open when it began."""
    found = [row for back in range(_LISTED_MONTHS) for row in _found(at.unit, add_months(at.month, -back))]
    listed = [row for row in found if row["verified_on"] is None or str(row["verified_on"]) >= at.month.isoformat()]
    return {"hazard": [_as_of(row, add_months(at.month, 1)) for row in listed]}


def _found(unit: str, month: date) -> Iterator[Row]:
    """The hazards of a unit and a month with all that became of them."""
    for number in (1, 2):
        chance = Random(f"{unit}{month}{number}")
        on = day(chance, month)
        after = chance.choice((None, 0, 10, 30, 31, 62))
        row = facts.hazard(
            on.isoformat(),
            number,
            hazard_no=f"YH{unit}{on:%Y%m%d}{number}",
            level=chance.choice(("general", "major")),
            sector=chance.choice(_SECTORS),
            campaign_code=chance.choice((*_CAMPAIGNS, None)),
            due_on=on + timedelta(days=chance.choice((10, 30, 31))),
            measures=chance.choice(("更换管线", None)),
            funds_wan=chance.choice((0.0, None)),
            contingency=chance.choice((True, True, False, None)),
            supervision_level=chance.choice((None, "none", "district")),
            basis="判定标准第三条",
            verified_on=None,
        )
        yield facts.closed(row, (on + timedelta(days=after)).isoformat()) if after is not None else row


def _as_of(row: Row, until: date) -> Row:
    """A hazard as it stood before a day."""
    is_closed = row["verified_on"] is not None and str(row["verified_on"]) < until.isoformat()
    unsaid = dict.fromkeys(("fixed_on", "verified_on", "verifier"))
    return row if is_closed else {**row, **unsaid, "status": "in_progress"}


def plans_and_drills(at: Turn) -> Rows:
    last = add_months(at.month, 1) - timedelta(days=1)

    def plan(number: int) -> Row:
        is_filed = at.chance.random() < 0.7
        return facts.plan(
            number,
            revised_on=at.chance.choice((None, add_months(at.month, -1), at.month)),
            revision_reason="1",
            filed_on=at.chance.choice((at.month, last)) if is_filed else None,
            valid_until=at.chance.choice((last - timedelta(days=1), last, date(2024, 1, 1), None)),
        )

    def drill(number: int) -> Row:
        on = rows.earlier(at.chance, at.month)
        return facts.drill(on.isoformat(), number, participants=at.chance.choice((0, 30)))

    return {"plan": some(at.chance, plan), "drill": rows.distinct(some(at.chance, drill, 1), "drill_no")}


def teams_and_supplies(at: Turn) -> Rows:
    last = add_months(at.month, 1) - timedelta(days=1)

    def team(number: int) -> Row:
        kind = at.chance.choice(("flood", "social"))
        return facts.team(str(number), team_type=kind, full_time=at.chance.choice((0, 2)), part_time=0)

    def supply(number: int) -> Row:
        expires = at.chance.choice((None, last - timedelta(days=1), last, last + timedelta(days=1)))
        return facts.supply(
            f"物资{number}", at.chance.choice((49.0, 50.0)), quota=at.chance.choice((None, 50.0)), expires_on=expires
        )

    return {"team": some(at.chance, team), "supply": some(at.chance, supply)}


def officers_and_communities(at: Turn) -> Rows:
    own = at.unit if at.unit in _TOWNS else facts.DISTRICT
    places = [own, f"{own}001"] if own == facts.TOWN else [own]
    days = (None, day(at.chance, at.month), day(at.chance, add_months(at.month, -1)))
    trained = {place: at.chance.choice(days) for place in places}
    officers = [facts.officer(place, on.isoformat() if on else None) for place, on in trained.items()]

    def community(number: int) -> Row:
        stage = at.chance.choice(("founding", "applied", "named", "revoked"))
        on = at.chance.choice((None, day(at.chance, at.month).isoformat()))
        return {**facts.community(places[-1], on), "stage": stage, "year": 2019 + number}

    return {"officer": officers, "community": some(at.chance, community)}


def duties_and_disasters(at: Turn) -> Rows:
    """The forest fires of the month are told in both tables."""

    def disaster(number: int) -> Row:
        return facts.disaster(
            rows.earlier(at.chance, at.month).isoformat(),
            number,
            disaster_type=at.chance.choice(("flood", "forest_fire")),
            town_code=at.unit if at.unit in _TOWNS else at.chance.choice(_TOWNS),
            affected=at.chance.choice((0, 20)),
            deaths=at.chance.choice((0, 1)),
            missing_persons=at.chance.choice((0, 2)),
            relocated=at.chance.choice((0, 5)),
            loss_wan=at.chance.choice((0.0, 3.25)),
            stage=at.chance.choice(("first", "follow_up", "verified")),
        )

    disasters = rows.distinct(some(at.chance, disaster), "disaster_no")
    begun = [row["disaster_type"] for row in disasters if str(row["started_at"]).startswith(f"{at.month:%Y-%m}")]
    due = at.chance.choice((0, 60))
    duty = facts.duty(
        duty_due=due,
        duty_filled=due and 59,
        fire_alarms=3,
        forest_fires=begun.count("forest_fire"),
        burnt_ha=at.chance.choice((0.0, 0.55)),
    )
    return {"duty": [duty], "disaster": disasters}


def responsibility_and_tips(at: Turn) -> Rows:
    said = facts.responsibility(
        10 + at.month.month, meetings=at.chance.choice((0, 2)), assessed=at.chance.choice((0, 3)), letters_due=30
    )

    def tip(number: int) -> Row:
        on = day(at.chance, add_months(at.month, -1))
        closed = at.chance.choice((None, on + timedelta(days=10), on + timedelta(days=20)))
        finding = at.chance.choice(("confirmed", "partly_confirmed", "unconfirmed")) if closed else "pending"
        return {
            **facts.tip(on.isoformat(), number),
            "tip_no": f"{at.unit}{on:%Y%m%d}{number}",
            "accepted": at.chance.random() < 0.8,
            "category": at.chance.choice(("violation", "other")),
            "due_on": on + timedelta(days=10),
            "closed_on": closed,
            "finding": finding,
            "reward_yuan": at.chance.choice((None, 0.0, 500.0)),
        }

    return {"responsibility": [said], "tip": rows.distinct(some(at.chance, tip), "tip_no")}


def risks(at: Turn) -> Rows:
    def firm(number: int) -> Row:
        return facts.enterprise(
            f"{facts.FIRM_CODE[:-1]}{number}",
            sector=at.chance.choice(_SECTORS),
            risk_colour=at.chance.choice(("red", "orange")),
            dual_prevention=at.chance.choice(("built", "none")),
        )

    return {"risk": some(at.chance, firm)}


def campaigns(at: Turn) -> Rows:
    """Measures done run on from month to month."""
    told = at.chance.sample(_CAMPAIGNS[:2], at.chance.randint(0, 2))
    done = (at.month.year - 2020) * 12 + at.month.month
    totals = [at.chance.choice(((0, 0), (40, done), (30, done))) for _ in told]
    return {
        "campaign": [
            facts.campaign(code, measures_total=total, measures_done=so_far)
            for code, (total, so_far) in zip(told, totals, strict=True)
        ]
    }


TABLES: Mapping[str, Tell] = {
    "accident": rows.accidents,
    "incident": rows.incidents,
    "inspection": rows.inspections,
    "penalty": rows.penalties,
    "hazard": hazards,
    "training": rows.trainings,
    "publicity": rows.activities,
    "plan_drill": plans_and_drills,
    "team_supply": teams_and_supplies,
    "officer_community": officers_and_communities,
    "duty_disaster": duties_and_disasters,
    "responsibility_tip": responsibility_and_tips,
    "risk": risks,
    "campaign": campaigns,
}

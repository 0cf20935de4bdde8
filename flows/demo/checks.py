"""The rounds of inspection of a unit in a month: what F03 sums up, and what finds the hazards of F05."""

import functools
from dataclasses import dataclass
from datetime import date

from flows.demo.draw import draw
from flows.demo.enterprises import PARK, SECTORS, TOWNS, Enterprise, enterprises_of

BUREAU = "340404D01"
PLAN_FROM, ROUND_UP_FROM, JULY_FIRST_FROM = date(2020, 4, 1), date(2020, 10, 1), date(2021, 4, 1)
# The departments that lead a sub-plan of the three-year campaign.
_SUB_PLANS = {f"340404D{number:02d}": f"SNXD-10-{number - 1:02d}" for number in range(2, 10)}
_KEY_WINDOWS = {
    1: "new_year",
    3: "two_sessions",
    4: "qingming",
    5: "labour_day",
    6: "safety_month",
}
_SPRING_FESTIVAL_2021, _CONGRESS_2020 = date(2021, 2, 1), date(2020, 3, 1)
_VISITS = {BUREAU: 26, "340404D02": 22, "340404D03": 24, "340404D04": 22, "340404D05": 18, "340404D06": 20, PARK: 9}
_VISITS_OF_TOWN, _VISITS_OF_OTHERS = 12, 7
_VISITS_A_TEAM, _STAFF_A_TEAM = 4, 3


@dataclass(frozen=True)
class Round:
    """Inspections of one kind in a month: one row of F03."""

    unit_code: str
    month: date
    number: int
    sector: str
    check_type: str
    campaign_code: str
    key_window: str
    visits: int

    @property
    def key(self) -> tuple[str, str, int]:
        """What its draws are made from."""
        return (self.unit_code, f"{self.month:%Y-%m}", self.number)

    @property
    def teams(self) -> int:
        """Teams on the road."""
        return 1 + self.visits // _VISITS_A_TEAM

    @property
    def staff_times(self) -> int:
        """Inspectors, each time they went out."""
        return self.teams * _STAFF_A_TEAM + draw(_STAFF_A_TEAM, *self.key, "staff")

    @property
    def units_visited(self) -> int:
        """Places visited; some of them more than once."""
        return self.visits - draw(1 + self.visits // 4, *self.key, "again")

    @property
    def places(self) -> tuple[Enterprise, ...]:
        """The places of the sector that are visited."""
        every = enterprises_of(self.unit_code)
        return tuple(each for each in every if each.sector == self.sector) or every


@functools.cache
def rounds(unit_code: str, month: date) -> tuple[Round, ...]:
    """The rounds of a unit in a month, no two of the same sector, kind, campaign and window."""
    window = key_window(month)
    campaigns = campaigns_of(unit_code, month)
    kinds = [("routine", "none", "none")]
    kinds += [("special", campaigns[0], window)] if campaigns else [("special", "none", window)]
    if "DJC" in campaigns:
        kinds.append(("unannounced", "DJC", "none"))
    if "FBY" in campaigns:
        kinds.append(("comprehensive", "FBY", "none"))
    if unit_code == BUREAU:
        kinds.append(("expert", "none", "none"))
    every = sorted({each.sector for each in enterprises_of(unit_code)})
    sectors = [every[(number + month.month) % len(every)] for number in range(len(kinds))]
    return tuple(
        Round(unit_code, month, number, sector, *kind, _visits(unit_code, month, number))
        for number, (sector, kind) in enumerate(zip(sectors, kinds, strict=True))
    )


def key_window(month: date) -> str:
    """The key window of a month, as the inspections of it name it."""
    if month == _SPRING_FESTIVAL_2021:
        return "spring_festival"
    return "none" if month == _CONGRESS_2020 else _KEY_WINDOWS.get(month.month, "none")


def campaigns_of(unit_code: str, month: date) -> tuple[str, ...]:
    """The campaigns in which a unit takes part, its own plan first."""
    if unit_code not in TOWNS and unit_code not in SECTORS:
        return ()
    campaigns = [(_SUB_PLANS.get(unit_code, "SNXD"), PLAN_FROM)]
    if unit_code in TOWNS or unit_code == BUREAU or unit_code in _SUB_PLANS:
        campaigns.append(("DJC", ROUND_UP_FROM))
    if unit_code in TOWNS or unit_code == BUREAU:
        campaigns.append(("FBY", JULY_FIRST_FROM))
    return tuple(code for code, since in campaigns if month >= since)


def _visits(unit_code: str, month: date, number: int) -> int:
    usual = _VISITS.get(unit_code, _VISITS_OF_TOWN if unit_code in TOWNS else _VISITS_OF_OTHERS)
    return max(3, usual // (1 + number)) + draw(2 + usual // 3, unit_code, f"{month:%Y-%m}", number, "visits")

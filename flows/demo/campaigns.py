"""F14 of the sample inbox: how campaigns go on; what F03 and F05 already say is repeated as control totals."""

from datetime import date

from flows.demo.checks import JULY_FIRST_FROM, PLAN_FROM, ROUND_UP_FROM, campaigns_of, rounds
from flows.demo.draw import draw
from flows.demo.inspections import WITHOUT_LEDGER, inspections
from flows.demo.ledger import ledger
from flows.demo.report import Row
from schemas.unit import load_register

_SINCE = {"DJC": ROUND_UP_FROM, "FBY": JULY_FIRST_FROM}
_PLANS = {"DJC": "区级方案", "FBY": "区级方案"}
_MEASURES = 40


def campaigns(unit_code: str, month: date) -> tuple[Row, ...]:
    """The rows of F14 of a unit; before the three-year campaign there were none."""
    return tuple(_row(unit_code, code, month) for code in campaigns_of(unit_code, month))


def _row(unit_code: str, code: str, month: date) -> Row:
    key = (unit_code, code, f"{month:%Y-%m}")
    own = [row for row in inspections(unit_code, month) if row["campaign_code"] == code]
    since = _SINCE.get(code, PLAN_FROM)
    months = 12 * (month.year - since.year) + month.month - since.month
    return {
        "campaign_code": code,
        "subplan_code": _PLANS.get(code, code if "-" in code else "总方案"),
        "lead_org": load_register().units[unit_code].name,
        "meetings": 1 + draw(3, *key, "meetings"),
        "teams": sum(each.teams for each in rounds(unit_code, month) if each.campaign_code == code),
        "measures_total": _MEASURES,
        # Two measures a month, so that a plan of forty lasts beyond the sample.
        "measures_done": 2 + 2 * months + draw(2, *key, "measures"),
        "exposed_cases": draw(2, *key, "cases"),
        "ctl_visits": sum(int(str(row["visits"])) for row in own),
        "ctl_hazards": sum(int(str(row["hazards_general"])) + int(str(row["hazards_major"])) for row in own),
        "ctl_fixed": None if unit_code in WITHOUT_LEDGER else _fixed(unit_code, code, month),
    }


def _fixed(unit_code: str, code: str, month: date) -> int:
    """The hazards of a campaign that were put right in the month, whenever they were found."""
    days = [row["fixed_on"] for row in ledger(unit_code, month) if row["campaign_code"] == code]
    return sum(isinstance(day, date) and day >= month for day in days)

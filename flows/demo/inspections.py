"""F03 of the sample inbox: the rounds of a month in figures. Hazards, cases and fines agree with F05 and F04."""

from datetime import date

from flows.demo.checks import Round, rounds
from flows.demo.draw import draw
from flows.demo.hazards import Hazard, found
from flows.demo.penalties import opened_in, penalties
from flows.demo.report import Row

WITHOUT_LEDGER = ("340404D03",)


def inspections(unit_code: str, month: date) -> tuple[Row, ...]:
    """The rows of F03 of a unit."""
    hazards = found(unit_code, month)
    return tuple(
        _row(each, [hazard for hazard in hazards if hazard.round_no == each.number])
        for each in rounds(unit_code, month)
    )


def _row(each: Round, hazards: list[Hazard]) -> Row:
    general, major, on_spot = _hazards_in_figures(each, hazards)
    to_fix = general + major - on_spot
    return {
        "sector": each.sector,
        "check_type": each.check_type,
        "campaign_code": each.campaign_code,
        "key_window": each.key_window,
        "teams": each.teams,
        "visits": each.visits,
        "units_visited": each.units_visited,
        "staff_times": each.staff_times,
        "expert_times": 2 + draw(3, *each.key, "experts") if each.check_type == "expert" else 0,
        "hazards_general": general,
        "hazards_major": major,
        "fixed_on_spot": on_spot,
        "ordered_to_fix": to_fix,
        "transferred": 0,
        "documents": to_fix + draw(3, *each.key, "documents"),
        **_enforcement(each),
        "suspended": major,
        "closed_down": 0,
        "licences_withdrawn": 0,
        "interviews": draw(3, *each.key, "interviews"),
        "joint_sanctions": 0,
        "to_justice": 0,
    }


def _hazards_in_figures(each: Round, hazards: list[Hazard]) -> tuple[int, int, int]:
    """General and major hazards, and those removed on the spot; 公安 keeps no ledger beside its figures."""
    if each.unit_code in WITHOUT_LEDGER:
        general = draw(4, *each.key, "general")
        return general, 0, draw(1 + general, *each.key, "on spot")
    major = sum(hazard.is_major for hazard in hazards)
    return len(hazards) - major, major, sum(hazard.is_fixed_on_spot for hazard in hazards)


def _enforcement(each: Round) -> Row:
    """Cases and penalties stand in the row of the first round."""
    if each.number > 0:
        return {"cases_opened": 0, "penalties": 0, "fines_wan": 0.0}
    decided = penalties(each.unit_code, each.month)
    fines = [row["fine_yuan"] for row in decided]
    return {
        "cases_opened": opened_in(each.unit_code, each.month),
        "penalties": len(decided),
        "fines_wan": round(sum(fine for fine in fines if isinstance(fine, float)) / 10_000, 2),
    }

"""F05 of the sample inbox: what the ledger of a unit says of its hazards at the end of a month."""

from datetime import date

from flows.demo.draw import choose, draw
from flows.demo.hazards import Hazard, course
from flows.demo.people import person
from flows.demo.problems import key_field_of, measures_against
from flows.demo.report import Row
from schemas.period import add_months

_RHYTHMS = ("daily", "weekly", "monthly")
_PERSONS = 400


def ledger(unit_code: str, month: date) -> tuple[Row, ...]:
    """The rows of F05: the hazards found in the month, and those still open when it began."""
    end = add_months(month, 1)
    listed = [
        hazard
        for hazard in course(unit_code)
        if hazard.found_on < end
        and (hazard.found_on >= month or hazard.verified_on is None or hazard.verified_on >= month)
    ]
    return tuple(_row(hazard, end) for hazard in sorted(listed, key=lambda each: (each.found_on, each.hazard_no)))


def _row(hazard: Hazard, end: date) -> Row:
    """What a report says of a hazard at the end of its month."""
    is_fixed = hazard.fixed_on is not None and hazard.fixed_on < end
    is_closed = hazard.verified_on is not None and hazard.verified_on < end
    is_overdue = not is_closed and hazard.due_on < end
    number = draw(_PERSONS, hazard.hazard_no)
    return {
        "hazard_no": hazard.hazard_no,
        "found_on": hazard.found_on,
        "source": hazard.source,
        "inspection_rhythm": choose(_RHYTHMS, hazard.hazard_no) if hazard.source == "self_check" else "none",
        "enterprise_name": hazard.place.name,
        "uscc": hazard.place.uscc,
        "town_code": hazard.place.town_code,
        "sector": hazard.place.sector,
        "key_field": (key_field_of(hazard.place.sector),),
        "campaign_code": hazard.campaign_code,
        "description": hazard.description,
        **_level(hazard),
        "responsible": person(number),
        "measures": measures_against(hazard.place.sector),
        "funds_wan": 12.5 if hazard.is_major else round(draw(20, hazard.hazard_no, "funds") / 10, 1),
        "due_on": hazard.due_on,
        "fixed_on": hazard.fixed_on if is_fixed else None,
        "verified_on": hazard.verified_on if is_closed else None,
        "verifier": person(number + 1) if is_closed else None,
        "status": "closed" if is_closed else "to_verify" if is_fixed else "in_progress",
        "extensions": int(is_overdue),
        "extension_basis": "设备材料采购周期长，经主管部门同意延期整改" if is_overdue else None,
    }


def _level(hazard: Hazard) -> Row:
    if not hazard.is_major:
        colour = choose(("yellow", "blue"), hazard.hazard_no, "colour")
        return {"level": "general", "risk_colour": colour, "contingency": True, "supervision_level": "none"}
    return {
        "level": "major",
        "basis": "《重大事故隐患判定标准》，需局部停产整改",
        "risk_colour": "red",
        "contingency": hazard.has_contingency,
        "supervision_level": "district",
    }

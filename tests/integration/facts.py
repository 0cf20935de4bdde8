"""Rows of forms: what a test does not say is ordinary, and counts."""

from collections.abc import Mapping

from tests.integration.builders import Row

BUREAU, HOUSING, MANAGEMENT = "340404D01", "340404D02", "340404D09"
DISTRICT, STREET, TOWN = "340404", "340404004", "340404102"
# The units of the tests' district, beside the ones above: more would show nothing more, and each takes its time.
STREETS = ("340404001", "340404002")
TOWNS = ("340404101", "340404200", "340404202")
OTHERS = ("340404900", "340404P01", "340404D19")
UNITS = (DISTRICT, STREET, TOWN, BUREAU, HOUSING, MANAGEMENT, *STREETS, *TOWNS, *OTHERS)
FIRM, FIRM_CODE = "某机械厂", "91340404MA20000180"


def accident(on: str, number: int = 1, **said: object) -> Row:
    """An accident of a day (``2021-03-09``) without casualties, whose loss makes it count."""
    return {
        "accident_no": f"SG340404{on.replace('-', '')}{number:02d}",
        "accident_name": "事故",
        "occurred_at": f"{on} 06:40",
        "place": "菜市场",
        "town_code": STREET,
        "enterprise_name": "商户",
        "industry_section": "F",
        "sector": "town_gas",
        "accident_type": "18",
        "is_production": True,
        "deaths": 0,
        "missing_persons": 0,
        "serious_injuries": 0,
        "minor_injuries": 0,
        "direct_loss_wan": 128.0,
        "grade": "1",
        "stage": "flash",
        "reporter_role": "locality",
        **said,
    }


def incident(on: str, number: int = 1, **said: object) -> Row:
    """A gas leak of a day, caused by municipal works."""
    return {
        "incident_no": f"SJ340404{on.replace('-', '')}{number:02d}",
        "occurred_at": f"{on} 10:00",
        "place": "路口",
        "town_code": STREET,
        "incident_type": "gas_leak",
        "cause_code": "municipal_works",
        "has_casualty": False,
        **said,
    }


def training(ended_on: str, number: int = 1, **said: object) -> Row:
    """A training in safety knowledge that the bureau held."""
    return {
        "training_no": f"PX{ended_on.replace('-', '')}{number:02d}",
        "started_on": ended_on,
        "ended_on": ended_on,
        "title": "安全知识培训",
        "category": "safety_knowledge",
        "mode": "classroom",
        "organizer": "区应急管理局",
        "organizer_level": "district",
        "audience": ["workers"],
        "participants": 50,
        **said,
    }


def officer(place_code: str, trained_on: str | None, **said: object) -> Row:
    """An officer of a place with the day of the last training."""
    return {
        "level": {6: "district", 9: "township"}.get(len(place_code), "village"),
        "place_code": place_code,
        "place_name": "某地",
        "name": "王某",
        "phone": "13800000000",
        "last_trained_on": trained_on,
        **said,
    }


def community(place_code: str, applied_on: str | None, **said: object) -> Row:
    """A community that applies for both titles in the year of its papers."""
    return {
        "community_code": place_code,
        "community_name": "某社区",
        "target_level": ["national", "provincial"],
        "year": int(applied_on[:4]) if applied_on else 2021,
        "stage": "applied" if applied_on else "founding",
        "applied_on": applied_on,
        **said,
    }


def inspection(**said: object) -> Row:
    """The routine inspections of a month, which found two hazards and punished nobody."""
    return {
        "sector": "industry_trade",
        "check_type": "routine",
        "campaign_code": "none",
        "key_window": "none",
        "visits": 10,
        "units_visited": 9,
        "hazards_general": 2,
        "hazards_major": 0,
        "fixed_on_spot": 1,
        "ordered_to_fix": 1,
        "transferred": 0,
        "documents": 1,
        "cases_opened": 0,
        "penalties": 0,
        "fines_wan": 0.0,
        "suspended": 0,
        "closed_down": 0,
        "to_justice": 0,
        **said,
    }


def penalty(decided_on: str, number: int = 1, **said: object) -> Row:
    """A fine of 20,000 yuan that has nothing to do with an accident."""
    return {
        "decision_no": f"谢应急罚〔{decided_on[:4]}〕{number}号",
        "opened_on": decided_on,
        "decided_on": decided_on,
        "party_name": FIRM,
        "uscc": FIRM_CODE,
        "town_code": STREET,
        "sector": "industry_trade",
        "violation": "未如实记录隐患排查治理情况",
        "legal_basis": "安全生产法",
        "penalty_kinds": ["fine"],
        "fine_yuan": 20_000.0,
        "is_accident_penalty": False,
        "accident_no": "无",
        **said,
    }


def hazard(found_on: str, number: int = 1, **said: object) -> Row:
    """An open general hazard that an enterprise found itself."""
    return {
        "hazard_no": f"YH{found_on.replace('-', '')}{number:02d}",
        "found_on": found_on,
        "source": "self_check",
        "enterprise_name": FIRM,
        "uscc": FIRM_CODE,
        "town_code": STREET,
        "sector": "industry_trade",
        "key_field": ["none"],
        "campaign_code": "none",
        "description": f"{found_on} 第 {number} 处灭火器压力不足",
        "level": "general",
        "risk_colour": "blue",
        "responsible": "赵某",
        "due_on": "2021-12-31",
        "status": "in_progress",
        **said,
    }


def closed(row: Row, on: str) -> Row:
    """The same hazard, rectified and verified on a day."""
    return {**row, "status": "closed", "fixed_on": on, "verified_on": on, "verifier": "钱某"}


def activity(held_on: str, number: int = 1, **said: object) -> Row:
    """An activity of publicity in enterprises."""
    return {
        "activity_no": f"XC{held_on.replace('-', '')}{number:02d}",
        "held_on": held_on,
        "title": "安全宣传进企业",
        "five_entry": ["enterprise"],
        "tag": ["routine"],
        "organizer": "谢三村街道",
        "organizer_level": "township",
        "town_code": STREET,
        "audience_count": 60,
        "materials": 100,
        **said,
    }


def plan(number: int = 1, **said: object) -> Row:
    """A plan against floods, as it was first issued."""
    return {
        "plan_no": f"YA{number:02d}",
        "plan_name": "防汛抗旱应急预案",
        "owner_name": "谢三村街道",
        "plan_type": "special",
        "hazard_type": "flood_drought",
        "issued_on": "2020-03-01",
        **said,
    }


def drill(held_on: str, number: int = 1, **said: object) -> Row:
    """A drill of the first plan with 30 people, which needs no revision of it."""
    return {
        "drill_no": f"YL{held_on.replace('-', '')}{number:02d}",
        "held_on": held_on,
        "plan_no": "YA01",
        "drill_name": "防汛演练",
        "content_kind": "single",
        "form_kind": "field",
        "organizer": "谢三村街道",
        "organizer_level": "township",
        "participants": 30,
        "evaluated": True,
        "needs_revision": False,
        **said,
    }


def team(number: str, **said: object) -> Row:
    """A team of ten."""
    return {
        "team_no": number,
        "team_name": "应急分队",
        "team_type": "flood",
        "parent_org": "谢三村街道",
        "leader": "孙某",
        "phone": "13900000000",
        "full_time": 2,
        "part_time": 8,
        **said,
    }


def supply(item_name: str, stock: float, **said: object) -> Row:
    """Supplies in the only store."""
    return {
        "warehouse": "街道仓库",
        "item_name": item_name,
        "spec": "标准",
        "unit_of_measure": "件",
        "stock": stock,
        **said,
    }


def duty(**said: object) -> Row:
    """A month on duty in which nothing happened."""
    nothing = ("relocated", "risk_points", "risk_points_fixed", "fire_alarms", "forest_fires")
    return {
        "duty_due": 60,
        "duty_filled": 60,
        "patrols": 20,
        "warnings": 1,
        **{f"responses_{level}": 0 for level in (1, 2, 3, 4)},
        **dict.fromkeys(nothing, 0),
        "burnt_ha": 0.0,
        **said,
    }


def disaster(started_on: str, number: int = 1, **said: object) -> Row:
    """A small flood, first reported on the day on which it began."""
    return {
        "disaster_no": f"ZH{started_on.replace('-', '')}{number:02d}",
        "disaster_type": "flood",
        "started_at": f"{started_on} 08:00",
        "town_code": STREET,
        **dict.fromkeys(("affected", "deaths", "missing_persons", "relocated", "collapsed_rooms"), 0),
        "crops_ha": 5.0,
        "crops_lost_ha": 0.0,
        "loss_wan": 3.0,
        "stage": "first",
        "reported_at": f"{started_on} 09:00",
        **said,
    }


def responsibility(letters_signed: int = 20, **said: object) -> Row:
    """Letters of responsibility signed since January, of 30 that are due."""
    return {"letters_due": 30, "letters_signed": letters_signed, "meetings": 1, "assessed": 0, **said}


def tip(received_on: str, number: int = 1, **said: object) -> Row:
    """A tip that is being looked into."""
    return {
        "tip_no": f"JB{received_on.replace('-', '')}{number:02d}",
        "received_on": received_on,
        "channel": "hotline",
        "category": "violation",
        "target_name": FIRM,
        "town_code": STREET,
        "accepted": True,
        "finding": "pending",
        "due_on": "2021-12-31",
        **said,
    }


def enterprise(uscc: str, **said: object) -> Row:
    """A firm with its risks."""
    return {
        "enterprise_name": FIRM,
        "uscc": uscc,
        "town_code": STREET,
        "sector": "industry_trade",
        "risk_colour": "orange",
        "points_red": 0,
        "points_orange": 1,
        "points_yellow": 2,
        "points_blue": 3,
        "dual_prevention": "built",
        "high_risk": False,
        **said,
    }


def campaign(code: str = "DJC", **said: object) -> Row:
    """A campaign with ten of forty measures taken."""
    return {
        "campaign_code": code,
        "subplan_code": "区级方案",
        "lead_org": "谢三村街道",
        "meetings": 1,
        "teams": 2,
        "measures_total": 40,
        "measures_done": 10,
        "exposed_cases": 0,
        **said,
    }


def villages(codes: Mapping[str, str]) -> str:
    """An office's own list of villages: a township above each code."""
    entries = (
        f'[[units]]\ncode = "{code}"\nname = "村{code[-3:]}"\nkind = "village"\nparent = "{parent}"\n'
        for code, parent in codes.items()
    )
    return "\n".join(entries)

"""Rows of forms: what a test does not say is ordinary, and counts."""

from collections.abc import Mapping

from tests.integration.builders import Row

BUREAU, HOUSING, MANAGEMENT = "340404D01", "340404D02", "340404D09"
DISTRICT, STREET, TOWN = "340404", "340404004", "340404102"


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
        "sector": "gas",
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


def villages(codes: Mapping[str, str]) -> str:
    """An office's own list of villages: a township above each code."""
    entries = (
        f'[[units]]\ncode = "{code}"\nname = "村{code[-3:]}"\nkind = "village"\nparent = "{parent}"\n'
        for code, parent in codes.items()
    )
    return "\n".join(entries)

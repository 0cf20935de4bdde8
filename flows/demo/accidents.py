"""F01 and F02 of the sample inbox. The figures follow the seed document; names, places and causes are made up."""

from datetime import date, datetime, timedelta

from flows.demo.people import enterprise_code
from flows.demo.report import Fact, Row, Value

HOUSING = "340404D02"
CITY_MANAGEMENT = "340404D09"
MARKET_ACCIDENT = "SG3404042021030901"


def accidents() -> list[Fact]:
    """Every row of F01: two accidents, each from the township (属地) and from the department (行业)."""
    return [
        fact
        for town, accident in (("340404004", _market()), ("340404101", _building_site()))
        for fact in (
            _filed(accident, town, {"reporter_role": "locality", "stage": "follow_up"}),
            _filed(accident, HOUSING, {"reporter_role": "industry", "stage": "verified"}),
        )
    ]


def _filed(accident: Row, unit_code: str, own: dict[str, Value]) -> Fact:
    occurred_at = accident["occurred_at"]
    assert isinstance(occurred_at, datetime)
    return Fact("accident", date(occurred_at.year, occurred_at.month, 1), (unit_code,), {**accident, **own})


def _market() -> Row:
    occurred_at = datetime(2021, 3, 9, 6, 40)  # noqa: DTZ001, a wall clock as written in the sheet
    return {
        "accident_no": MARKET_ACCIDENT,
        "accident_name": "“3·9”谢三村菜市场燃气泄漏爆燃事故",
        "occurred_at": occurred_at,
        "received_at": occurred_at + timedelta(minutes=25),
        "entered_at": occurred_at + timedelta(hours=4, minutes=5),
        "place": "谢三村菜市场东侧门面房",
        "town_code": "340404004",
        "enterprise_name": "谢三村示例早点铺",
        "uscc": enterprise_code(101),
        "industry_section": "F",
        "industry_division": "52",
        "sector": "town_gas",
        "accident_type": "18",
        "is_production": True,
        **_casualties(deaths=0),
        "direct_loss_wan": 128.0,
        "cause": "灶具连接软管脱落，泄漏的燃气遇明火爆燃",
    }


def _building_site() -> Row:
    occurred_at = datetime(2020, 5, 14, 15, 20)  # noqa: DTZ001, a wall clock as written in the sheet
    return {
        "accident_no": "SG3404042020051401",
        "accident_name": "“5·14”示例家园工地高处坠落事故",
        "occurred_at": occurred_at,
        "received_at": occurred_at + timedelta(minutes=40),
        "entered_at": occurred_at + timedelta(hours=6),
        "place": "李郢孜镇示例家园二期工地",
        "town_code": "340404101",
        "enterprise_name": "淮南示例建筑劳务有限公司",
        "uscc": enterprise_code(102),
        "industry_section": "E",
        "industry_division": "47",
        "sector": "construction",
        "accident_type": "09",
        "is_production": True,
        **_casualties(deaths=1),
        "direct_loss_wan": 136.5,
        "cause": "临边防护缺失，作业人员未系安全带",
    }


def _casualties(deaths: int) -> Row:
    return {"deaths": deaths, "missing_persons": 0, "serious_injuries": 0, "minor_injuries": 0, "grade": "1"}


def incidents() -> list[Fact]:
    """Every row of F02: five gas leaks by municipal works in the first half of 2021, and three others."""
    return [
        _leak(datetime(2021, 1, 18, 9, 25), "340404001", "municipal_works", 320, 40),  # noqa: DTZ001
        _leak(datetime(2021, 2, 24, 15, 10), "340404002", "municipal_works", 150, 0),  # noqa: DTZ001
        _leak(datetime(2021, 4, 13, 10, 50), "340404003", "municipal_works", 480, 65),  # noqa: DTZ001
        _leak(datetime(2021, 5, 19, 22, 5), "340404100", "municipal_works", 210, 12),  # noqa: DTZ001
        _leak(datetime(2021, 6, 22, 7, 35), "340404005", "municipal_works", 1260, 90),  # noqa: DTZ001
        _leak(datetime(2021, 3, 9, 6, 30), "340404004", "misuse", 60, 35, MARKET_ACCIDENT),  # noqa: DTZ001
        _leak(datetime(2020, 2, 17, 19, 45), "340404002", "ageing", 96, 0),  # noqa: DTZ001
        _leak(datetime(2020, 4, 21, 11, 15), "340404100", "third_party_works", 240, 18),  # noqa: DTZ001
    ]


def _leak(
    occurred_at: datetime, town: str, cause: str, households: int, evacuated: int, accident_no: str | None = None
) -> Fact:
    """A gas leak, reported by the township and by 住建局; works on roads also by 城管局."""
    is_works = cause.endswith("works")
    row: Row = {
        "incident_no": f"SJ340404{occurred_at:%Y%m%d}01",
        "occurred_at": occurred_at,
        "place": f"示例路与{occurred_at.month}号支路交叉口" if is_works else "示例小区门面房",
        "town_code": town,
        "incident_type": "gas_leak",
        "cause_code": cause,
        "owner_name": "淮南示例城市建设投资有限公司" if is_works else None,
        "builder_name": "淮南示例市政工程有限公司" if is_works else None,
        "builder_uscc": enterprise_code(103) if is_works else None,
        "affected_households": households,
        "evacuated": evacuated,
        "resolved_at": occurred_at + timedelta(hours=3, minutes=20),
        "has_casualty": False,
        "escalated_accident_no": accident_no,
        "case_opened": is_works,
    }
    reporters = (town, HOUSING, CITY_MANAGEMENT) if cause == "municipal_works" else (town, HOUSING)
    return Fact("incident", date(occurred_at.year, occurred_at.month, 1), reporters, row)

"""F11 of the sample inbox: posts filled, patrols and fires of a month, and the few disasters of the two half-years."""

import calendar
from datetime import date, datetime, timedelta

from flows.demo.draw import draw
from flows.demo.enterprises import TOWNS
from flows.demo.report import Row

_SHIFTS_A_DAY = 2
_FLOOD_SEASON = 5
_NIGHT = datetime(2021, 2, 18, 13, 40)  # noqa: DTZ001, a wall clock as written in the sheet
_STORM = datetime(2020, 6, 15, 3, 30)  # noqa: DTZ001
_HAIL = datetime(2021, 5, 15, 17, 10)  # noqa: DTZ001
_FOREST_FIRE = ("340404103", date(2021, 2, 1))
_BURNT_HA = 0.35


def duty(unit_code: str, month: date) -> tuple[Row, ...]:
    """The row of F11A of a unit."""
    key = (unit_code, f"{month:%Y-%m}")
    is_season = month.month >= _FLOOD_SEASON
    due = _SHIFTS_A_DAY * calendar.monthrange(month.year, month.month)[1]
    has_fire = (unit_code, month) == _FOREST_FIRE
    points = 3 + draw(4, unit_code, "risk points")
    return (
        {
            "duty_due": due,
            "duty_filled": due - draw(2, *key, "empty posts"),
            "patrols": 3 * month.month + 20 + draw(12, *key, "patrols"),
            "warnings": draw(3, *key, "warnings") if is_season else 0,
            "responses_1": 0,
            "responses_2": 0,
            "responses_3": 0,
            "responses_4": int(is_season and unit_code not in TOWNS),
            "relocated": sum(
                int(str(row["relocated"])) for row in disasters(unit_code, month) if row["stage"] == "verified"
            ),
            "risk_points": points,
            "risk_points_fixed": min(points, month.month - 1),
            "fire_alarms": int(has_fire),
            "forest_fires": int(has_fire),
            "burnt_ha": _BURNT_HA if has_fire else 0.0,
        },
    )


def disasters(unit_code: str, month: date) -> tuple[Row, ...]:
    """The rows of F11B of a unit: the storm of 2020, and a fire and hail in 2021."""
    if month == date(2020, 6, 1) and unit_code in ("340404200", "340404201"):
        hit = {
            "affected": 860,
            "relocated": 8,
            "collapsed_rooms": 2,
            "crops_ha": 62.5,
            "crops_lost_ha": 4.2,
            "loss_wan": 38.6,
        }
        return _stages(unit_code, "flood", "waterlogging", _STORM, hit)
    if month == date(2021, 5, 1) and unit_code == "340404102":
        hit = {
            "affected": 320,
            "relocated": 0,
            "collapsed_rooms": 0,
            "crops_ha": 24.8,
            "crops_lost_ha": 0.0,
            "loss_wan": 9.4,
        }
        return _stages(unit_code, "wind_hail", "hail", _HAIL, hit)
    if (unit_code, month) == _FOREST_FIRE:
        hit = {
            "affected": 0,
            "relocated": 0,
            "collapsed_rooms": 0,
            "crops_ha": 0.0,
            "crops_lost_ha": 0.0,
            "loss_wan": 0.6,
        }
        return _stages(unit_code, "forest_fire", "forest_fire", _NIGHT, hit)[-1:]
    return ()


def _stages(unit_code: str, kind: str, subtype: str, started_at: datetime, hit: Row) -> tuple[Row, ...]:
    """The first report, an hour and a half after the beginning, and the verified one some days later."""
    reported = (("first", timedelta(minutes=90)), ("verified", timedelta(days=6, hours=4)))
    return tuple(
        {
            "disaster_no": f"ZH340404{started_at:%Y%m%d}01",
            "disaster_type": kind,
            "disaster_subtype": subtype,
            "started_at": started_at,
            "town_code": unit_code,
            "deaths": 0,
            "missing_persons": 0,
            **hit,
            "stage": stage,
            "reported_at": started_at + after,
        }
        for stage, after in reported
    )

"""Retention of personal data: for how long the warehouse keeps names is a setting."""

from datetime import date, datetime

from flows.house import House
from schemas.period import add_months
from warehouse.audit import Act
from warehouse.forget import forget_people


def forget_old_people(house: House, day: date, at: datetime | None) -> int:
    """Take the people out of the facts whose months are over; how many cells that were, none without the setting.

    Args:
        house: where.
        day: from whose month the months are counted.
        at: the moment as of which it is written down, see ``warehouse.clock.next_moment``; None is now.
    """
    months = house.settings.personal_months
    if months is None:
        return 0
    before = add_months(day.replace(day=1), -months)
    return forget_people(house.engine, before, Act("huizong", f"HUIZONG_PERSONAL_MONTHS={months}", at))

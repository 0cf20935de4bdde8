"""What the administrators are told of a night. Sending trouble never fails what it tells of: it is shown."""

from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from flows.house import House
from flows.night import NightReport
from schemas.calendar import SHANGHAI, CalendarEndsError
from schemas.period import Period
from tasks.deliver import ADMINISTRATORS, Delivery, Envelope, deliver
from tasks.letters import in_words, write_list
from tasks.outstanding import Late, outstanding

# So many units are named; all of them are in the summary of the reminders.
FEW = 5


def is_of_today(day: date | None) -> bool:
    """Whether a night is that of the real day. One played as of another is practice or repair: it tells nobody."""
    return day is None or day == datetime.now(SHANGHAI).date()


def tell_night(house: House, report: NightReport, run_id: int, today: date | None) -> NightReport:
    """Tell the administrators of a night that came to its end; the report says where that did not work.

    Without ``HUIZONG_NOTIFY``, and for a night as of another day, nothing happens.
    """
    addresses = house.settings.notify
    if not addresses or not is_of_today(today):
        return report
    day = datetime.now(SHANGHAI).date()
    lines = [f"· {said}" for said in (*report.told, *report.made_up, *_silent(house, day))]
    letter = write_list("night", lines, day=in_words(day))
    to_us = Envelope("night", ADMINISTRATORS, day, about=str(run_id))
    return replace(report, untold=untold(deliver(house.engine, to_us, letter, addresses)))


def untold(deliveries: tuple[Delivery, ...]) -> tuple[str, ...]:
    """A sentence for each channel over which the administrators were not told."""
    failed = [each for each in deliveries if each.outcome == "failed"]
    return tuple(f"消息没有送达管理员：{each.channel} {each.error}" for each in failed)


def _silent(house: House, day: date) -> list[str]:
    """A line for each open month of which reports are late."""
    try:
        late = outstanding(house.engine, day)
    except CalendarEndsError as error:
        return [str(error)]
    in_months = groupby(sorted(late, key=_month), key=_month)
    return [f"逾期：{Period.of('month', month).title} {_counted(list(each))}" for month, each in in_months]


def _month(each: Late) -> date:
    return each.month


def _counted(late: list[Late]) -> str:
    names = list(dict.fromkeys(each.unit_name for each in late))
    further = "等" if len(names) > FEW else ""
    return f"{len(late)} 份，涉及 {len(names)} 个单位：{'、'.join(names[:FEW])}{further}"

"""``huizong remind``: the reminders of today, or what they would be on another day."""

from datetime import date, datetime
from typing import Any

from flows import show
from flows.commands import month_of, print_json
from flows.house import open_house
from flows.remind import Reminder, Reminders, channel_names, plan_reminders, send_reminders
from flows.settings import SettingsError, load_settings
from flows.show_reminders import reminders_table, rights_warning
from schemas.calendar import SHANGHAI


def remind(month: str | None, today: date | None, *, is_dry_run: bool, as_json: bool) -> int:
    """Send what is to be sent today: 1 when a channel did not take its message, else 0.

    Raises:
        SettingsError: messages of another day were asked for.
    """
    now = datetime.now(SHANGHAI).date()
    if not is_dry_run and today not in (None, now):
        raise SettingsError("提醒只在当天发送：看别的日子会提醒什么，请加 --dry-run")
    asked = month_of(month).start_on if month else None
    house = open_house(load_settings())
    planned = plan_reminders(house, today or now, asked)
    done = planned if is_dry_run else send_reminders(house, planned)
    if as_json:
        print_json(as_data(done, is_dry_run=is_dry_run))
    else:
        out = show.console()
        reminders_table(done, out, is_dry_run=is_dry_run)
        if warning := rights_warning(house.settings.contacts_file):
            out.print(warning, style="yellow", soft_wrap=True)
    return int(done.has_failures)


def as_data(done: Reminders, *, is_dry_run: bool) -> dict[str, Any]:
    """What a program reads: everything but the addresses."""
    return {
        "day": done.day,
        "working_day": done.is_working_day,
        "dry_run": is_dry_run,
        "units": [_unit(each) for each in done.units],
        "administrators": [vars(each) for each in done.administrators],
        "summary": done.summary.body if done.summary else None,
    }


def _unit(each: Reminder) -> dict[str, Any]:
    told = each.told
    late = [{name: value for name, value in vars(one).items() if not name.startswith("unit_")} for one in told.late]
    return {
        "unit_code": told.unit_code,
        "unit_name": told.unit_name,
        "late": [{**one, "month": f"{one['month']:%Y-%m}"} for one in late],
        "channels": channel_names(each),
        "deliveries": [vars(one) for one in each.deliveries],
        "title": told.letter.title,
        "text": told.letter.body,
    }

"""The reminders of a day: what would be written to whom, and its sending. Knows nothing of Prefect."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.house import House
from flows.settings import Settings, SettingsError
from flows.templates import prefilled
from schemas.calendar import is_working_day
from schemas.contacts import ContactsError
from tasks.deliver import ADMINISTRATORS, Delivery, Envelope, channels, deliver
from tasks.handout import Handout
from tasks.letters import Letter, UnitLetter, in_words, reminders, write_list
from tasks.notify import takes_attachments, unusable
from tasks.outstanding import Late, outstanding

MOST_NAMES = 20


@dataclass(frozen=True)
class Reminder:
    """The letter of a unit, the channels of the unit and what became of it on each; nothing yet before it is sent."""

    told: UnitLetter
    addresses: tuple[str, ...]
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Reminders:
    """The reminders of a day; ``summary`` is what the administrators are told, None where nothing is late."""

    day: date
    is_working_day: bool
    units: tuple[Reminder, ...]
    summary: Letter | None
    administrators: tuple[Delivery, ...] = ()

    @property
    def has_failures(self) -> bool:
        """Whether a channel did not take a message."""
        deliveries = [*self.administrators, *(each for unit in self.units for each in unit.deliveries)]
        return any(each.outcome == "failed" for each in deliveries)


def plan_reminders(house: House, day: date, month: date | None = None) -> Reminders:
    """What would be sent on a day, about all open months or about one.

    Raises:
        SettingsError: an address of the administrators cannot be used.
        ContactsError: the list of contacts is wrong, or an address of it cannot be used.
        CalendarEndsError: nobody knows yet whether offices work on the day.
    """
    works = is_working_day(day)
    contacts = usable_contacts(house)
    letters = reminders(outstanding(house.engine, day, month), day)
    units = tuple(Reminder(each, contacts.get(each.unit_code, ())) for each in letters)
    return Reminders(day, works, units, _summary(units, day))


def send_reminders(house: House, planned: Reminders) -> Reminders:
    """Send them, on working days only, and tell the administrators how that went; what was sent is not sent again."""
    if not planned.is_working_day or planned.summary is None:
        return planned
    units = tuple(_send(house, each, planned.day) for each in planned.units)
    summary = _summary(units, planned.day)
    assert summary is not None
    to_us = Envelope("reminders", ADMINISTRATORS, planned.day)
    told = deliver(house.engine, to_us, summary, house.settings.notify)
    return replace(planned, units=units, summary=summary, administrators=told)


def usable_contacts(house: House) -> Mapping[str, tuple[str, ...]]:
    """The addresses of each unit by its code, after a look at all of them and at those of the administrators.

    Raises:
        SettingsError: an address of the administrators cannot be used.
        ContactsError: the list of contacts is wrong, or an address of it cannot be used.
    """
    check_notify(house.settings)
    contacts = house.settings.contacts(house.register)
    for code, addresses in contacts.items():
        if wrong := unusable(addresses):
            where = f"{house.settings.contacts_file}「{house.register.units[code].name}」"
            raise ContactsError(f"{where}：第 {wrong} 个网址 apprise 不认识或不完整，写法见 docs/operations.md")
    return contacts


def check_notify(settings: Settings) -> None:
    """Nothing, where every address of the administrators can be used.

    Raises:
        SettingsError: one cannot.
    """
    if wrong := unusable(settings.notify):
        raise SettingsError(f"HUIZONG_NOTIFY：第 {wrong} 个网址 apprise 不认识或不完整，写法见 docs/operations.md")


def _send(house: House, reminder: Reminder, day: date) -> Reminder:
    to_unit = Envelope("reminder", reminder.told.unit_code, day)
    letter = reminder.told.letter
    if any(map(takes_attachments, reminder.addresses)):
        letter = replace(letter, attachments=_templates(house, reminder.told.late))
    return replace(reminder, deliveries=deliver(house.engine, to_unit, letter, reminder.addresses))


def _templates(house: House, late: Sequence[Late]) -> tuple[Handout, ...]:
    """The template of everything that is missing, begun with the unit's own rows; what went back is there already."""
    missing = [each for each in late if each.state == "missing"]
    return tuple(prefilled(house, each.form, each.unit_code, each.month) for each in missing)


def _summary(units: Sequence[Reminder], day: date) -> Letter | None:
    if not units:
        return None
    counts = {"reports": sum(len(each.told.late) for each in units), "units": len(units)}
    return write_list("reminders", _by_outcome(units), day=in_words(day), **counts)


def _by_outcome(units: Sequence[Reminder]) -> list[str]:
    """Who was reminded, who cannot be reached, and over which channels it did not work and why."""
    silent = [each for each in units if not each.addresses]
    due = [each for each in units if each.addresses and not each.deliveries]
    reached = [each for each in units if any(one.outcome in ("sent", "already") for one in each.deliveries)]
    said = {
        "没有送达，下次运行再试": _channels(units, "failed"),
        "不能确认是否送达（发送时中断，今天不再发）": _channels(units, "unclear"),
        "没有联系方式，请补入 contacts.toml": list(map(_unit, silent)),
        "将提醒": list(map(_unit, due)),
        "已提醒": list(map(_unit, reached)),
    }
    return [f"· {what}：{_listed(names)}" for what, names in said.items() if names]


def _listed(names: Sequence[str]) -> str:
    """As many names as leave room for the other lines; those of trouble come first."""
    return "、".join(names[:MOST_NAMES]) + (f"等 {len(names)} 个" if len(names) > MOST_NAMES else "")


def _unit(each: Reminder) -> str:
    return f"{each.told.unit_name}（{len(each.told.late)} 份）"


def _channels(units: Iterable[Reminder], outcome: str) -> list[str]:
    return [
        f"{each.told.unit_name} {one.channel}" + (f" {one.error}" if one.error else "")
        for each in units
        for one in each.deliveries
        if one.outcome == outcome
    ]


def channel_names(reminder: Reminder) -> list[str]:
    """The channels of a unit without their secrets."""
    return [name for name, _ in channels(reminder.addresses)]

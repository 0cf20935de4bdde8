"""Whether a unit that reports stood in the month it reports."""

from collections.abc import Iterator, Sequence
from datetime import date

from schemas.issue import Issue
from schemas.unit import Register


def issues_of_standing(unit: str, month: date, register: Register) -> Iterator[Issue]:
    """A unit reports no month before it was set up, and none after it was merged, split or closed."""
    versions = register.versions[unit]
    if any(version.stands_in(month) for version in versions):
        return
    known = register.at(unit, month)
    if month < known.valid_from or known.valid_to is None:
        hint = f"自{_day_text(known.valid_from)}起才设立"
    else:
        hint = f"自{_day_text(known.valid_to)}起撤销{_followed_by(known.successors, month, register)}"
    yield Issue("E-COV-27", value=known.name, hint=hint)


def _followed_by(successors: Sequence[str], month: date, register: Register) -> str:
    names = "、".join(register.at(code, month).name for code in successors)
    if not names:
        return ""
    return f"，并入{names}，请由该单位填报" if len(successors) == 1 else f"，分设为{names}，请由这些单位填报"


def _day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

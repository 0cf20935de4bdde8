"""What is written to people: the texts of ``texts/*.txt``, filled in. The first line of a text is its title."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import groupby
from pathlib import Path
from string import Template

from schemas.identity import mask_identity
from schemas.period import Period
from tasks.outstanding import Late

# A message of a WeCom robot may have 2048 bytes; what is longer is refused or cut.
MOST_BYTES = 2000
_MOST_CHARACTERS = 120
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Letter:
    """What a message says; channels without titles show the title as its first line.

    ``attachments`` go with it where the channel takes any.
    """

    title: str
    body: str
    attachments: tuple[Path, ...] = ()


@dataclass(frozen=True)
class UnitLetter:
    """What a unit is told, and the reports that it is told of."""

    unit_code: str
    unit_name: str
    late: tuple[Late, ...]
    letter: Letter


def write(text: str, **values: object) -> Letter:
    """A letter from a text and what its placeholders stand for."""
    title, _, body = _text(text).substitute(values).partition("\n")
    return Letter(title, body.strip())


def write_list(text: str, lines: Sequence[str], **values: object) -> Letter:
    """A letter with as many of the lines as one message takes, and how many there are more."""
    letter = write(text, lines="\n".join(lines), **values)
    shown = len(lines)
    while shown and _size(letter) > MOST_BYTES:
        shown -= 1
        further = _fill("further", count=len(lines) - shown)
        letter = write(text, lines="\n".join([*lines[:shown], further]), **values)
    return letter


def reminders(late: Sequence[Late], day: date) -> list[UnitLetter]:
    """One letter a unit with everything of it that is late; the reports are in the order of the units."""
    return [_reminder(code, tuple(each), day) for code, each in groupby(late, key=lambda report: report.unit_code)]


def _reminder(code: str, late: tuple[Late, ...], day: date) -> UnitLetter:
    name = late[-1].unit_name
    return UnitLetter(code, name, late, write_list("reminder", _lines(late), unit=name, day=in_words(day)))


def _lines(late: Sequence[Late]) -> list[str]:
    """A line for each month and due day of which nothing came, and one for each report that went back."""
    missing = sorted((each for each in late if each.state == "missing"), key=_when)
    silent = [_missing(list(each)) for _, each in groupby(missing, key=_when)]
    return silent + [_fill(each.state, **_told(each)) for each in late if each.state != "missing"]


def _when(each: Late) -> tuple[date, date]:
    return each.month, each.due_on


def _missing(late: Sequence[Late]) -> str:
    forms = "、".join(f"{each.form_code} {each.form_title}" for each in late)
    return _fill("missing", **{**_told(late[0]), "forms": forms})


def _told(each: Late) -> Mapping[str, object]:
    return {
        "month": Period.of("month", each.month).title,
        "form": f"{each.form_code} {each.form_title}",
        "due": in_words(each.due_on),
        "days": each.days_late,
        "errors": each.errors,
        "message": _quoted(each.message or "见退回的文件"),
    }


def _quoted(message: str) -> str:
    """A message that leaves the house: short, and without the numbers of persons."""
    masked = _MOBILE.sub("***", mask_identity(message)).rstrip("。")
    return masked if len(masked) <= _MOST_CHARACTERS else masked[:_MOST_CHARACTERS] + "…"


def in_words(day: date) -> str:
    """The day as a Chinese reader expects it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _fill(text: str, **values: object) -> str:
    return _text(text).substitute(values).strip()


def _size(letter: Letter) -> int:
    return len(f"{letter.title}\n{letter.body}".encode())


@functools.cache
def _text(name: str) -> Template:
    return Template(resources.files("tasks").joinpath("texts", f"{name}.txt").read_text(encoding="utf-8"))

"""Where people are reached: apprise URLs, of the administrators and by unit. They are secret: no message quotes one."""

import re
import tomllib
from collections.abc import Mapping, Sequence

from schemas.unit import Register

_BETWEEN = re.compile(r"\s*,\s*(?=[A-Za-z][\w.+-]*://)|\s+")
_ADDRESS = re.compile(r"[A-Za-z][\w.+-]*://\S+")
_EXAMPLE = "wecombot://机器人的key"


class ContactsError(Exception):
    """The list of contacts is wrong; the message names the file and the line, and holds no address."""


def split_addresses(text: str) -> tuple[str, ...]:
    """The addresses of a text, separated by commas or blanks; a comma inside of one (``?to=a,b``) separates nothing."""
    return tuple(part.strip(", ") for part in _BETWEEN.split(text) if part.strip(", "))


def wrong_address(addresses: Sequence[str]) -> int | None:
    """Which of them, from 1, has not even the shape of an address; None where all have."""
    return next((place for place, each in enumerate(addresses, 1) if not _ADDRESS.fullmatch(each)), None)


def scheme_of(address: str) -> str:
    """The part that holds no secret: wecombot, mailto."""
    return address.partition("://")[0].casefold()


def parse_contacts(text: str, register: Register, origin: str = "contacts.toml") -> Mapping[str, tuple[str, ...]]:
    """The addresses of each unit by its code, from lines such as ``"谢家集街道" = ["wecombot://…"]``.

    Raises:
        ContactsError: a line is no such line, a unit is not known or stands there twice.
    """
    try:
        listed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        place = f" 第 {where[1]} 行" if where else ""
        raise ContactsError(f'{origin}{place}：不是 TOML，请写成 "单位代码或名称" = ["{_EXAMPLE}"]') from None
    contacts: dict[str, tuple[str, ...]] = {}
    for key, value in listed.items():
        place = f"{origin}{_line_of(key, text)}「{key}」"
        code = register.find(key)
        if code is None:
            raise ContactsError(f"{place}：没有这个单位，请写单位代码或全称")
        if code in contacts:
            raise ContactsError(f"{place}：这个单位写了两次，请合成一行")
        contacts[code] = _addresses(value, place)
    return contacts


def _addresses(value: object, place: str) -> tuple[str, ...]:
    """The value of a line.

    Raises:
        ContactsError: it is no list of addresses.
    """
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ContactsError(f'{place}：请写成网址的列表，如 ["{_EXAMPLE}"]')
    if wrong := wrong_address(listed):
        raise ContactsError(f"{place}：第 {wrong} 个不是网址，请写成 {_EXAMPLE} 的样子")
    return tuple(listed)


def _line_of(key: str, text: str) -> str:
    """Where a key stands, as far as it is written plainly."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].strip().strip("\"'") == key:
            return f" 第 {number} 行"
    return ""

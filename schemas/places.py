"""Cells that name a unit or a place: by code, by name, or by both, which then must agree."""

import difflib
import re

from schemas.reading import Cell, UnreadableError
from schemas.text import squeeze
from schemas.unit import Register

_CODE = r"\d{6}(?:\d{3}|\d{6}|[A-Z]\d{2})?"
_CODE_FIRST = re.compile(rf"\(?({_CODE})\)?[\s:,、—-]*(\D.*)", re.ASCII)
_CODE_LAST = re.compile(rf"(\D.*?)[\s:,、—-]*\(?({_CODE})\)?", re.ASCII)
_DISTRICT = re.compile(r"(?:安徽省)?(?:淮南市)?(?:谢家集区)?(.+)")
_AS_DECIMAL = re.compile(r"(\d{6,12})\.0+", re.ASCII)
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)


def parse_unit(cell: Cell) -> str:
    """The code of the unit that a cell names.

    Raises:
        UnreadableError: there is none, or code and name are of two units.
    """
    text = _trimmed(cell)
    return cell.register.find(text) or _named(text, cell.register) or _of_code_and_name(text, cell.register)


def parse_place(cell: Cell) -> str:
    """The code of the place that a cell names; villages of one name are told apart by their codes alone.

    Raises:
        UnreadableError: there is none, or code and name are of two places.
    """
    code = parse_unit(cell)
    if cell.register.units[code].level == "other":
        raise UnreadableError("E-VAL-08")
    return code


def _trimmed(cell: Cell) -> str:
    """Without the marks around it; a number is given as a spreadsheet writes it."""
    if _ROUNDED.fullmatch(cell.text):
        raise UnreadableError("E-VAL-13")
    text = cell.text.strip("'‘’ 、,;。")
    match = _AS_DECIMAL.fullmatch(text)
    return match[1] if match else text


def _named(text: str, register: Register) -> str | None:
    """The unit whose name stands behind that of its district, or of the province and the city."""
    match = _DISTRICT.fullmatch(squeeze(text))
    return (register.find_name(match[1]) or register.find_name(f"区{match[1]}")) if match else None


def _of_code_and_name(text: str, register: Register) -> str:
    first, last = _CODE_FIRST.fullmatch(text), _CODE_LAST.fullmatch(text)
    written, name = (first[1], first[2]) if first else (last[2], last[1]) if last else ("", "")
    code = register.find_code(written)
    if code is None:
        raise UnreadableError("E-VAL-08", hint=_nearest(text, register))
    short = _DISTRICT.fullmatch(squeeze(name))
    if not register.is_named(code, name) and not (short and register.is_named(code, short[1])):
        raise UnreadableError("E-VAL-28", hint=register.units[code].name)
    return code


def _nearest(text: str, register: Register) -> str | None:
    """The name that looks most like it, as a question; nothing is read from it."""
    names = [unit.name for unit in register.units.values() if unit.level != "village"]
    near = difflib.get_close_matches(squeeze(text), names, n=1)
    return f"（是否为「{near[0]}」）" if near else None

"""Cells of closed lists: codes by their spellings, and yes or no. What is not in the list is never guessed."""

import difflib
import re
from collections.abc import Iterator

from schemas.form import Column
from schemas.reading import Cell, UnreadableError
from schemas.text import squeeze

_YES = frozenset({"是", "是的", "有", "对", "√", "✓", "✔", "☑", "Y", "YES", "1", "TRUE", "T", "已"})
_NO = frozenset({"否", "不", "不是", "无", "没有", "错", "×", "✗", "✘", "X", "N", "NO", "0", "FALSE", "F", "未"})
_LIST = re.compile(r"[、,;/+&|\n]+")
_AND = re.compile(r"[及与\s]+")
_ALSO = re.compile("和")
_PUNCTUATION = " 、,;。.:"
_MARK_FIRST = re.compile(r"\(?([0-9A-Z][0-9A-Z-]{0,9})\)?[.、:)-]*([^0-9A-Z].*)")
_MARK_LAST = re.compile(r"([^(]+)\(([0-9A-Z][0-9A-Z-]{0,9})\)")
_NUMBER_IN_A_LIST = re.compile(r"\d{1,2}")


def parse_code(cell: Cell) -> str:
    """The code for which a cell stands.

    Raises:
        UnreadableError: it is not in the list, or its number and its name are of two codes.
    """
    return _code_of(cell.text, cell.column)


def parse_codes(cell: Cell) -> list[str]:
    """The codes of a cell in the order in which they stand there, each once.

    Raises:
        UnreadableError: one of them is not in the list.
    """
    return list(dict.fromkeys(_codes_of(cell.text, cell.column)))


def _codes_of(text: str, column: Column) -> Iterator[str]:
    """A whole text that is in the list is one code, whatever marks are in it: 中毒和窒息."""
    for mark in (_LIST, _AND, _ALSO):
        if squeeze(text).upper() in column.code_index:
            break
        parts = [part for part in mark.split(text) if part.strip()]
        if len(parts) > 1:
            for part in parts:
                yield from _codes_of(part, column)
            return
    yield _code_of(text, column)


def _code_of(text: str, column: Column) -> str:
    index = column.code_index
    key = squeeze(text.strip(_PUNCTUATION)).upper()
    if key in index:
        return index[key]
    if match := _MARK_FIRST.fullmatch(key):
        mark, name = match.groups()
    elif match := _MARK_LAST.fullmatch(key):
        name, mark = match.groups()
    else:
        raise _not_in_the_list(key, column)
    code = index.get(name)
    if code is None or (mark not in index and not _NUMBER_IN_A_LIST.fullmatch(mark)):
        raise _not_in_the_list(name, column)
    if index.get(mark, code) != code:
        raise UnreadableError("E-VAL-28", hint=column.codes[index[mark]][0])
    return code


def _not_in_the_list(key: str, column: Column) -> UnreadableError:
    """With the whole list, and the nearest spelling in it where there is one."""
    names = "、".join(names[0] for names in column.codes.values())
    near = difflib.get_close_matches(key, column.code_index, n=1)
    meant = column.codes[column.code_index[near[0]]][0] if near else None
    return UnreadableError("E-VAL-06", hint=f"{names}（是否为「{meant}」）" if meant else names)


def parse_yes_no(cell: Cell) -> bool:
    """Whether a cell says yes; a blank says neither.

    Raises:
        UnreadableError: it says something else.
    """
    mark = squeeze(cell.text).upper().strip(_PUNCTUATION)
    if mark not in _YES | _NO:
        raise UnreadableError("E-VAL-07")
    return mark in _YES

"""Texts of headings to fields of a table: labels and aliases, units in brackets, groups over leaves.

A heading is the stack of texts above a column, the outermost first. Exact spellings only, never a part of one.
"""

import difflib
import functools
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.form import Column, tables
from schemas.text import heading_key, split_note

NUMBERING = frozenset({"序号", "No", "NO", "No.", "NO."})
# Units of measure that no form uses for a column of its own, but that people write into headings.
_FURTHER_UNITS = (
    "亿元",
    "千元",
    "百元",
    "亩",
    "万亩",
    "平方米",
    "平方公里",
    "万人",
    "人",
    "户",
    "家",
    "件",
    "项",
    "天",
    "小时",
)
_HOW_TO_FILL = re.compile(r"(?:如|例|格式|填|请|选|可选|可多选|单选|见|年|是/否|有/无|\d{4}[-年./]).*")

Stack = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """What a stack of texts means in a table.

    ``fields`` are those that claim it: none, one, or several where it is ambiguous. ``unit`` is a unit of measure that
    the heading names and that is not the column's own. ``covers`` counts the texts of the stack that were used.
    """

    fields: tuple[str, ...] = ()
    unit: str | None = None
    covers: int = 0


_UNKNOWN = Heading()


@functools.lru_cache(maxsize=65_536)
def match_heading(table_id: str, stack: Stack) -> Heading:
    """The fields that a stack of heading texts stands for: all of it, or its leaf alone."""
    keys = tuple(dict.fromkeys(key for text in stack if (key := heading_key(text))))
    groups = [split_note(key) for key in keys[:-1]]
    for start in range(len(keys)):
        joined = "".join(bare for bare, _ in groups[start:]) + keys[-1]
        heading = _of_key(table_id, joined, covers=len(keys) - start)
        if heading.fields:
            return _measured(table_id, heading, [note for _, note in groups[start:] if note])
    return _UNKNOWN


def _measured(table_id: str, heading: Heading, notes: list[str]) -> Heading:
    """The heading in the unit of its group, where it names none itself."""
    units = [note for note in notes if note in _units()]
    if heading.unit or not units or len(heading.fields) > 1:
        return heading
    column = tables()[table_id][1].columns[heading.fields[0]]
    return Heading(heading.fields, _foreign(column, units[-1]), heading.covers)


def _of_key(table_id: str, key: str, covers: int) -> Heading:
    if fields := _spellings(table_id).get(key):
        return Heading(fields, None, covers)
    bare, note = split_note(key)
    if note is None:
        return _UNKNOWN
    if note not in _units():
        return _of_key(table_id, bare, covers) if _HOW_TO_FILL.fullmatch(note) else _UNKNOWN
    fields = _spellings(table_id).get(bare, ())
    unit = _foreign(tables()[table_id][1].columns[fields[0]], note) if len(fields) == 1 else None
    return Heading(fields, unit, covers) if fields else _UNKNOWN


def _foreign(column: Column, unit: str) -> str | None:
    """The unit, unless it is the column's own or the column has none."""
    return None if column.unit in (None, unit) else unit


@functools.cache
def _spellings(table_id: str) -> Mapping[str, tuple[str, ...]]:
    """Every spelling of every heading of a table with its fields; a label belongs to its own column alone."""
    columns = tables()[table_id][1].columns
    found: dict[str, tuple[str, ...]] = {}
    for name, column in columns.items():
        for key in dict.fromkeys(heading_key(alias) for alias in column.aliases):
            found[key] = (*found.get(key, ()), name)
    return found | {heading_key(column.label): (name,) for name, column in columns.items()}


@functools.cache
def _units() -> frozenset[str]:
    columns = [column for _, table in tables().values() for column in table.columns.values()]
    own = {column.unit for column in columns if column.unit}
    return frozenset(own.union(_FURTHER_UNITS, *(column.other_units for column in columns)))


@functools.cache
def _owners() -> Mapping[str, frozenset[str]]:
    """The tables in which a spelling, or one with a unit or a note behind it, stands for something."""
    found: dict[str, set[str]] = {}
    for table_id in tables():
        for key in _spellings(table_id):
            found.setdefault(key, set()).add(table_id)
            found.setdefault(split_note(key)[0], set()).add(table_id)
    return {key: frozenset(owners) for key, owners in found.items()}


@functools.lru_cache(maxsize=65_536)
def tables_knowing(text: str) -> frozenset[str]:
    """The tables in which a text may be a heading."""
    key = heading_key(text)
    return _owners().get(key) or _owners().get(split_note(key)[0], frozenset())


@functools.cache
def hopeless_characters() -> frozenset[str]:
    """Letters, digits and ideographs with which no spelling begins; other characters may be folded away or into one."""
    ideographs = map(chr, range(0x4E00, 0xA000))
    return frozenset([*string.ascii_letters, *string.digits, *ideographs]) - {key[:1] for key in _owners()}


@functools.cache
def _beginnings() -> frozenset[str]:
    return frozenset(key[:end] for key in _owners() for end in range(len(key) + 1))


@functools.lru_cache(maxsize=16_384)
def may_be_group(text: str) -> bool:
    """Whether a heading may begin with the text; any other can only stand unused above headings."""
    bare, _ = split_note(heading_key(text))
    return "(" in bare or bare in _beginnings()


@functools.lru_cache(maxsize=4_096)
def suggestion(table_id: str, text: str) -> str | None:
    """The label that is nearest to a heading that stands for nothing, if one is near."""
    labels = [column.label for column in tables()[table_id][1].columns.values()]
    near = difflib.get_close_matches(heading_key(text), labels, n=1)
    return near[0] if near else None

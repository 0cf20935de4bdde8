"""What an indicator's SELECT reads: views of counted rows with what they say of themselves, and columns of forms."""

import functools
import re
from collections.abc import Container, Iterator, Mapping

from schemas.form import tables
from schemas.indicator import REPORTS, Indicator
from schemas.sql_file import comment_of, without_comment
from warehouse.form_views import VIEW_SCHEMA
from warehouse.scripts import view_scripts, views_in

_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|'(?:[^']|'')*'|::\s*\w+")
_VIEW = re.compile(rf"\b{VIEW_SCHEMA}\.(\w+)")
_NAME = re.compile(r"(?:\b(?P<of>\w+)\.)?\b(?P<name>[a-z]\w*)\b")
# Relations that are no form: a column of theirs may have the name of a form's.
_OTHER = re.compile(r"\b(?:core\.(?P<name>\w+)|(?P<period>period))\b(?:\s+AS\s+(?P<alias>\w+))?")
# One line of a select list: a column handed on as it is, or something under a new name.
_HANDED_ON = re.compile(r"\s*(?:\w+\.)?\w+,?\s*")
_RENAMED = re.compile(r"\s*(?P<what>.+?)\s+AS\s+(?P<name>\w+),?\s*")


@functools.cache
def _views() -> Mapping[str, str]:
    """The script of every view over the forms by its name."""
    return {name: script for script in view_scripts() for schema, name in views_in(script) if schema == VIEW_SCHEMA}


def counted_views(indicator: Indicator) -> Mapping[str, str]:
    """The views that the SELECT reads, by name with schema, each with the comment above it: which rows count."""
    read = dict.fromkeys(name for name in _VIEW.findall(indicator.select) if name in _views())
    return {f"{VIEW_SCHEMA}.{name}": comment_of(_views()[name]) for name in read}


def columns_used(indicator: Indicator) -> Mapping[str, tuple[str, ...]]:
    """The columns of each source table by which its rows count, directly or in a view, in the order of the form."""
    if indicator.source == REPORTS:
        return {}
    select = _bare(indicator.select)
    names = set(_names(select, _others(select)))
    read = set(_VIEW.findall(indicator.select))
    found = {}
    for table_id in indicator.source:
        through = [sql for name in read if (sql := _views().get(name)) and table_id in _VIEW.findall(_bare(sql))]
        used = names.union(*(_decided_by(_bare(without_comment(sql)), names) for sql in through))
        found[table_id] = tuple(name for name in tables()[table_id][1].columns if name in used)
    return found


def _decided_by(view: str, wanted: set[str]) -> Iterator[str]:
    """The names in a view that decide which rows it has, or that make one of the wanted columns."""
    others = _others(view)
    for line in view.splitlines():
        if _HANDED_ON.fullmatch(line):
            continue
        renamed = _RENAMED.fullmatch(line)
        if renamed is None:
            yield from _names(line, others)
        elif renamed["name"] in wanted:
            yield from _names(renamed["what"], others)


def _bare(sql: str) -> str:
    return _COMMENT_OR_TEXT.sub(" ", sql)


def _others(sql: str) -> set[str]:
    """What a statement calls the relations that are no form."""
    return {match["alias"] or match["name"] or match["period"] for match in _OTHER.finditer(sql)}


def _names(sql: str, others: Container[str]) -> Iterator[str]:
    yield from (match["name"] for match in _NAME.finditer(sql) if match["of"] not in others)

"""The tree of units as it is known, month by month, where statements can join it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.lineage import (
    Era,
    Shift,
    Spans,
    Standing,
    Versions,
    eras,
    heir_spans,
    own_spans,
    shifts,
    standings,
)
from schemas.unit import Unit
from warehouse.temporary import temp_table

# How many months lie between a period and what it is compared with: the period before of each kind, and a year.
_COMPARED = (1, 3, 6, 12)
_UNIT = ("code", "name", "kind", "parent", "valid_from", "valid_to", "successors")
_KNOWN_UNIT = sa.table("known_unit", *map(sa.column, _UNIT), schema="core")


def _line() -> list[sa.Column[object]]:
    types = {"unit_code": sa.Text, "above_code": sa.Text, "since": sa.Date, "until": sa.Date}
    return [sa.Column(name, type_, nullable=False) for name, type_ in types.items()]


def _shift() -> list[sa.Column[object]]:
    return [
        sa.Column("months_later", sa.Integer, nullable=False),
        *_line(),
        sa.Column("sign", sa.Integer, nullable=False),
    ]


# A unit and all above it: for what happened in a month under the names of that time, for what is counted over a whole
# period by what the units had become in its last month.
month_line = temp_table("month_line", *_line())
window_line = temp_table("window_line", *_line())
# What differs in these when months of the past are counted by the units of the months that are compared with them.
month_shift = temp_table("month_shift", *_shift())
window_shift = temp_table("window_shift", *_shift())


def known_versions(connection: Connection) -> Versions:
    """The versions of every unit as known, by code and in order."""
    rows = connection.execute(sa.select(_KNOWN_UNIT).order_by("code", "valid_from")).mappings()
    units = [Unit.model_validate(dict(row)) for row in rows]
    return {code: list(each) for code, each in groupby(units, key=lambda unit: unit.code)}


def fill_lines(connection: Connection) -> None:
    """Fill the tables of lines and shifts from the units as known.

    Only reporting units and the district have values of their own; villages count in what lies above them.
    """
    versions = known_versions(connection)
    found = eras(versions)
    shown = {code for code, each in versions.items() if any(version.level != "village" for version in each)}
    for line, shift, spans in (
        (month_line, month_shift, own_spans(found)),
        (window_line, window_shift, heir_spans(found)),
    ):
        _insert(connection, line, standings(spans), shown)
        _insert(connection, shift, _shifts(spans, found), shown)


def _shifts(spans: Spans, found: Sequence[Era]) -> list[Shift]:
    return [shift for months in _COMPARED for shift in shifts(spans, found, months)]


def _insert(connection: Connection, table: sa.Table, rows: Iterable[Standing | Shift], shown: set[str]) -> None:
    if listed := [asdict(row) for row in rows if row.above_code in shown]:
        connection.execute(sa.insert(table), listed)

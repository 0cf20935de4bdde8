"""What an audit looks at: small frames, which PostgreSQL makes of the candidate, the published values and the forms."""

import json
from collections.abc import Iterable, Mapping

import pandas as pd
from sqlalchemy.engine import Connection

from schemas.form import tables
from schemas.indicator import REPORTS, Indicator
from warehouse.gate_before import Before
from warehouse.gate_forms import form_frames, reference_frame, touched_tables, with_blanks
from warehouse.gate_jumps import jump_frame
from warehouse.gate_personal import personal_frame
from warehouse.register import load_indicators
from warehouse.scripts import query

Frames = Mapping[str, pd.DataFrame]


def audit_frames(connection: Connection, before: Before) -> Frames:
    """A frame for each suite of ``warehouse.expectations``, by its name.

    Each has a column ``place`` that says what a line is about; ``<figure>_at`` says more of the places of a figure.

    Args:
        connection: in the transaction in which the candidate was computed and compared with what is published.
        before: what stood before.
    """
    indicators = load_indicators().values()
    members = [
        {"indicator_id": each.id, "dimension": dimension, "member": member}
        for each in indicators
        for dimension in each.breakdown
        for member in each.members(dimension)
    ]
    touched = touched_tables(connection, before.moment)
    return {
        "indicator": _frame(connection, "audit_indicator", members=json.dumps(members)),
        "part": _frame(connection, "audit_part", breakdowns=json.dumps(breakdowns(connection, indicators))),
        "balance": _frame(connection, "audit_balance"),
        "month": _frame(connection, "audit_month"),
        "accounted": _frame(connection, "audit_accounted"),
        "jump": jump_frame(connection, before),
        "volume": _frame(connection, "audit_volume", since=before.moment),
        "reference": reference_frame(connection, before.moment, touched),
        "personal": personal_frame(connection),
        **form_frames(connection, before.moment, touched),
    }


def breakdowns(connection: Connection, indicators: Iterable[Indicator]) -> list[dict[str, object]]:
    """The breakdowns whose parts are no more than the whole, and whether they are the whole (``adds_up``).

    They are where every row has one member: the form requires the column, and did so when the rows came. A column of
    several codes counts in each.
    """
    found = [
        (each.id, dimension, [(name, tables()[name][1].columns[dimension]) for name in _rows_of(each)])
        for each in indicators
        for dimension in each.breakdown
        if each.over_units == "sum"
    ]
    blank = with_blanks(connection, {(name, dimension) for _, dimension, columns in found for name, _ in columns})
    return [
        {
            "indicator_id": indicator_id,
            "dimension": dimension,
            "adds_up": all(column.required and (name, dimension) not in blank for name, column in columns),
        }
        for indicator_id, dimension, columns in found
        if all(column.type == "code" for _, column in columns)
    ]


def _rows_of(indicator: Indicator) -> tuple[str, ...]:
    """The form tables in which the rows of an indicator stand: none for what counts reports."""
    return () if indicator.source == REPORTS else indicator.source


def _frame(connection: Connection, name: str, **asked: object) -> pd.DataFrame:
    rows = connection.execute(query(name), asked)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))

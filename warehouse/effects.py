"""What every report in force adds to an indicator, by the units that it counts under: at one moment, to be compared."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import REPORTS, Indicator
from schemas.lineage import Era, heir_spans, own_spans, shifts, standings
from schemas.period import Period
from warehouse.contributions import contributing
from warehouse.forms import ROW_BITS

# What a report adds: to the parts of the value, and to the number of reports received.
ADDED = ["numerator", "denominator", "reports"]
# Where it adds that.
SHARE = ["above_code", "dimension", "member"]
# Which report it is; another submission of it may say so later.
REPORT = ["form", "unit_code", "month"]
_COLUMNS = [*REPORT, "counted_as", "counted_in", "dimension", "member", *ADDED]
_KNOWN = sa.table("known_submission", *map(sa.column, ("submission_id", "form", "unit_code", "month")), schema="core")


def lines_of(found: Sequence[Era], months_later: int) -> pd.DataFrame:
    """Under whom each unit counts in which months, when they are compared with those of so many months later.

    Under its own name, as what it had become by the end of a window, and as what it has become until then.
    """
    both = (own_spans(found), heir_spans(found))
    lines = {(each.unit_code, each.above_code, each.since, each.until) for spans in both for each in standings(spans)}
    if months_later:
        lines |= {
            (each.unit_code, each.above_code, each.since, each.until)
            for spans in both
            for each in shifts(spans, found, months_later)
            if each.sign > 0
        }
    return pd.DataFrame(sorted(lines), columns=["unit_code", "above_code", "since", "until"])


def effects(
    connection: Connection, indicator: Indicator, period: Period, lines: pd.DataFrame, dimensions: Sequence[str]
) -> pd.DataFrame:
    """What each report in force, as known, adds to an indicator in a period.

    Args:
        connection: told as of when, see ``know_as_of``.
        indicator: whose rows are counted.
        period: in which they are counted.
        lines: as of ``lines_of``.
        dimensions: breakdowns of the indicator; "" is the whole.

    Returns:
        A line for each unit above (``above_code``), member of the breakdown (``dimension`` and ``member``, empty for
        the whole) and report: ``form``, ``unit_code``, ``month`` and the sums of ``ADDED``. What indicators on
        reporting say of a report that nobody sent is a line too.
    """
    known = _read(connection, sa.select(_KNOWN))
    rows = [_of_reports(connection, indicator, period, each, known) for each in dimensions]
    added = pd.concat([*rows, _read(connection, _received(indicator, period))], ignore_index=True)
    counted = added.merge(lines.rename(columns={"unit_code": "counted_as"}), on="counted_as")
    counted = counted[(counted["since"] <= counted["counted_in"]) & (counted["counted_in"] < counted["until"])]
    once = counted.drop_duplicates([*_COLUMNS, "above_code"])
    return once.groupby([*SHARE, *REPORT], as_index=False)[ADDED].sum()


def _of_reports(
    connection: Connection, indicator: Indicator, period: Period, dimension: str, known: pd.DataFrame
) -> pd.DataFrame:
    """Sums of the rows by the report in which they stand; by the report that they judge, sent or not."""
    rows = contributing(indicator, (period,)).subquery("counted")
    if indicator.source == REPORTS:
        return _read(connection, _sums(rows, dimension, rows.c.form, rows.c.unit_code, rows.c.month))
    submission_id = rows.c.source_id.bitwise_rshift(sa.literal_column(str(ROW_BITS))).label("submission_id")
    statement = _sums(rows, dimension, submission_id).where(rows.c.source_id.is_not(None))
    return _read(connection, statement).merge(known, on="submission_id")


def _sums(rows: sa.Subquery, dimension: str, *report: sa.ColumnElement[Any]) -> sa.Select[Any]:
    members = [rows.c[dimension]] if dimension else []
    columns: list[sa.ColumnElement[Any]] = [
        *report,
        rows.c.unit_code.label("counted_as"),
        rows.c.month.label("counted_in"),
        sa.literal(dimension).label("dimension"),
        sa.func.coalesce(*members, "").label("member"),
        sa.func.coalesce(sa.func.sum(rows.c.numerator), 0).label("numerator"),
        sa.func.coalesce(sa.func.sum(rows.c.denominator), 0).label("denominator"),
        sa.literal(0).label("reports"),
    ]
    return sa.select(*columns).group_by(*report, rows.c.unit_code, rows.c.month, *members)


def _received(indicator: Indicator, period: Period) -> sa.Select[Any]:
    """Every report on which the indicator rests, even one that says that nothing happened."""
    return sa.select(
        *(_KNOWN.c[name] for name in REPORT),
        _KNOWN.c.unit_code.label("counted_as"),
        _KNOWN.c.month.label("counted_in"),
        sa.literal("").label("dimension"),
        sa.literal("").label("member"),
        sa.literal(0).label("numerator"),
        sa.literal(0).label("denominator"),
        sa.literal(1).label("reports"),
    ).where(
        _KNOWN.c.form.in_(sorted(indicator.forms)),
        _KNOWN.c.month >= period.start_on,
        _KNOWN.c.month < period.end_on,
    )


def _read(connection: Connection, statement: sa.Select[Any]) -> pd.DataFrame:
    found = connection.execute(statement)
    return pd.DataFrame(found.mappings().all(), columns=list(found.keys()), dtype=object)

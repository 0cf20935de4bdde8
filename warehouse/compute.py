"""Every value of every indicator from what is known now, beside the mart: the candidate for the next publication.

Contributing rows are added up by unit and month first; the few sums that remain are rolled up the tree of units and
joined to periods, divided once and compared. Each month is counted by the units of its time; a base of comparison is
counted by the units of the period that is compared with it, so that a merged unit is compared with what its parts
had together. Which months there are follows from the reports received, not from the
day: the same reports give the same values on every later day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import REPORTS, Indicator
from schemas.period import Period, add_months, periods_of
from warehouse.contributions import contributions, read_once
from warehouse.kept_sums import keep_state
from warehouse.lineage import fill_lines, window_line
from warehouse.register import load_indicators
from warehouse.scripts import query, run_query
from warehouse.temporary import metadata
from warehouse.touched import fill_touched
from warehouse.working import (
    computed_month,
    gathered,
    indicator_form,
    indicator_setting,
    month_sum,
    period,
    period_sum,
    touched,
)

# From the rows that were added up to what is compared with the kept sums; from there to the values that are needed.
_SUMS = ("due_reports", "computed_sums")
_VALUES = ("roll_up", "count_reports", "restate_bases", "divide", "compare")


def compute(connection: Connection, indicators: Collection[Indicator], asked: Period | None = None) -> None:
    """Fill the temporary table ``candidate`` with the values of indicators; it lives as long as the transaction.

    What is known is what the setting huizong.as_of says, without it what is known now.

    Args:
        connection: in a transaction.
        indicators: whose values are wanted.
        asked: without it every period; with it this one alone, and those that it is compared with.
    """
    months = months_known(connection)
    _begin(connection, indicators, months, _with_bases(asked) if asked else periods_of(months))
    _add_up(connection, indicators)
    _run(connection, *_SUMS, "need_all", *_VALUES)


def compute_changed(connection: Connection) -> bool:
    """Fill ``candidate`` with those values that may differ from the published ones, and tell which in ``needed``.

    Only the indicators are added up again of whose forms something came or went since the sums were kept, and only from
    the first day on in which that may count; of these only the periods are rolled up whose sums or reports differ, and
    those that are compared with them. Keeps the sums for the next time.

    Returns:
        Whether all was computed anew.
    """
    indicators, months = load_indicators().values(), months_known(connection)
    _begin(connection, indicators, months, periods_of(months))
    is_told = fill_touched(connection, indicators, months)
    if is_told:
        since = {row.indicator_id: row.since for row in connection.execute(sa.select(touched))}
        _add_up(connection, [each for each in indicators if each.id in since], since)
        _run(connection, *_SUMS, "need_changed", "take_kept", *_VALUES, "keep_changed")
    else:
        _add_up(connection, indicators)
        _run(connection, *_SUMS, "need_all", *_VALUES, "keep_all")
    keep_state(connection, months)
    return not is_told


def _begin(
    connection: Connection, indicators: Collection[Indicator], months: Sequence[date], periods: Collection[Period]
) -> None:
    # A first publication sorts and hashes some hundred thousand sums: in memory, not in files.
    connection.execute(sa.text("SET LOCAL work_mem = '64MB'"))
    metadata.create_all(connection, checkfirst=False)
    fill_lines(connection)
    _fill_settings(connection, indicators)
    _fill_periods(connection, months, periods)


def _with_bases(asked: Period) -> list[Period]:
    return [each for each in (asked, asked.a_year_ago(), asked.before()) if each]


def _run(connection: Connection, *steps: str) -> None:
    for step in steps:
        run_query(connection, step)


def _fill_settings(connection: Connection, indicators: Iterable[Indicator]) -> None:
    settings = [
        {
            "indicator_id": indicator.id,
            "value_kind": indicator.value,
            "factor": indicator.factor,
            "is_share": indicator.is_share,
            "is_end": indicator.over_time == "end",
            "over_units": indicator.over_units,
        }
        for indicator in indicators
    ]
    forms = [{"indicator_id": indicator.id, "form": form} for indicator in indicators for form in indicator.forms]
    connection.execute(sa.insert(indicator_setting), settings)
    connection.execute(sa.insert(indicator_form), forms)


def months_known(connection: Connection) -> list[date]:
    """From the first to the last month of which a report is known."""
    first, last = connection.execute(query("reported_months")).one()
    if first is None:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(count)]


def _fill_periods(connection: Connection, months: Sequence[date], periods: Collection[Period]) -> None:
    """The months that are known, and of the periods those that contain one; years to date end with one."""
    if months:
        connection.execute(sa.insert(computed_month), [{"month": month} for month in months])
        known_until, there = add_months(months[-1], 1), set(periods_of(months))
        lines = [{**vars(each), "until_on": min(each.end_on, known_until)} for each in periods if each in there]
        if lines:
            connection.execute(sa.insert(period), lines)
    connection.execute(sa.text("ANALYZE computed_month, period"))


def _add_up(
    connection: Connection, indicators: Collection[Indicator], since: Mapping[str, date] = MappingProxyType({})
) -> None:
    """The sums of the indicators' rows by unit and time, and by member of each breakdown.

    ``since`` has the first day of those whose sums are only wanted of what is not over before it.
    """
    once = read_once(connection, indicators, since)
    for indicator in indicators:
        summed = _sum_rows if indicator.over_units == "sum" else _gather_rows
        rows = contributions(indicator, once, since.get(indicator.id))
        for dimension in ("", *indicator.breakdown):
            connection.execute(summed(indicator, dimension, rows))


def _sum_rows(indicator: Indicator, dimension: str, rows: sa.Subquery) -> sa.Insert:
    """The sums by the rows' own units, which are added up the tree later."""
    figures = (sa.func.sum(rows.c.numerator), sa.func.sum(rows.c.denominator))
    into = period_sum if indicator.is_window else month_sum
    return _into(into, indicator, dimension, rows, rows.c.unit_code, figures)


def _gather_rows(indicator: Indicator, dimension: str, rows: sa.Subquery) -> sa.Insert:
    """What does not add up over units: of every unit above at once, from the rows themselves."""
    is_below = sa.and_(
        window_line.c.unit_code == rows.c.unit_code,
        rows.c.end_on > window_line.c.since,
        rows.c.end_on <= window_line.c.until,
    )
    joined = rows.join(window_line, is_below)
    return _into(gathered, indicator, dimension, rows, window_line.c.above_code, _gathered(indicator, rows), joined)


def _gathered(indicator: Indicator, rows: sa.Subquery) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    if indicator.over_units == "distinct":
        things = sa.func.count(sa.distinct(rows.c.counted))
        possible = sa.null() if indicator.value == "sum" else things.filter(rows.c.denominator > 0)
        return things.filter(rows.c.numerator > 0), possible
    extreme = sa.func.min if indicator.over_units == "min" else sa.func.max
    return extreme(rows.c.numerator), sa.null()


def _into(
    table: sa.Table,
    indicator: Indicator,
    dimension: str,
    rows: sa.Subquery,
    unit: sa.ColumnElement[str],
    figures: tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]],
    joined: sa.FromClause | None = None,
) -> sa.Insert:
    member: list[sa.ColumnElement[Any]] = [rows.c[dimension].label("member")] if dimension else []
    time = _time(indicator, rows)
    sums = sa.select(
        sa.literal(indicator.id),
        unit,
        sa.literal(dimension),
        *member or [sa.literal("")],
        *time,
        *figures,
        _evidence(indicator, rows),
    ).select_from(rows if joined is None else joined)
    statement = sums.where(*(each.is_not(None) for each in member)).group_by(unit, *member, *time)
    return sa.insert(table).from_select([column.name for column in table.c], statement)


def _evidence(indicator: Indicator, rows: sa.Subquery) -> sa.ColumnElement[int]:
    """How many rows say something. Who owes a report is known though nobody says it: its absence is a row too."""
    return sa.func.count() if indicator.source == REPORTS else sa.func.count(rows.c.source_id)


def _time(indicator: Indicator, rows: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    if indicator.is_window:
        return [rows.c.period_kind, rows.c.start_on, rows.c.end_on]
    return [sa.cast(sa.func.date_trunc("month", rows.c.on_date), sa.Date).label("month")]

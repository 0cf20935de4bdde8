"""Every value of every indicator from what is known now, beside the mart: the candidate for the next publication.

Contributing rows are added up by unit and month first; the few sums that remain are rolled up the tree of units and
joined to periods, divided once and compared. Each month is counted by the units of its time; a base of comparison is
counted by the units of the period that is compared with it, so that a merged unit is compared with what its parts
had together. Which months there are follows from the reports received, not from the
day: the same reports give the same values on every later day.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator
from schemas.period import add_months, periods_of
from warehouse import mart
from warehouse.contributions import contributions, read_once
from warehouse.lineage import fill_lines, window_line
from warehouse.register import load_indicators
from warehouse.scripts import query, run_query
from warehouse.temporary import metadata, temp_table


def _key() -> list[sa.Column[object]]:
    names = {"period_kind": sa.Text, "start_on": sa.Date, "end_on": sa.Date}
    return [sa.Column(name, kind, nullable=False) for name, kind in names.items()]


def _sums() -> list[sa.Column[object]]:
    """What is added up; ``evidence`` counts the rows that somebody reported."""
    return [
        sa.Column("numerator", sa.Numeric),
        sa.Column("denominator", sa.Numeric),
        sa.Column("evidence", sa.BigInteger, nullable=False),
    ]


def _share() -> list[sa.Column[object]]:
    """Whose sum it is: an indicator's, in a unit, of all rows or of one member of the breakdown."""
    names = ("indicator_id", "unit_code", "dimension", "member")
    return [sa.Column(name, sa.Text, nullable=name == "unit_code") for name in names]


computed_month = temp_table("computed_month", sa.Column("month", sa.Date, primary_key=True))
period = temp_table(
    "period",
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("start_on", sa.Date, primary_key=True),
    sa.Column("end_on", sa.Date, primary_key=True),
    # The day after the last that is known of it, for what stands at its end.
    sa.Column("until_on", sa.Date, nullable=False),
)
indicator_setting = temp_table(
    "indicator_setting",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    sa.Column("value_kind", sa.Text, nullable=False),
    sa.Column("factor", sa.Numeric, nullable=False),
    sa.Column("is_share", sa.Boolean, nullable=False),
    sa.Column("is_end", sa.Boolean, nullable=False),
    sa.Column("over_units", sa.Text, nullable=False),
)
indicator_form = temp_table(
    "indicator_form",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
)
# Sums of contributing rows by their own unit: of months, and of whole periods where months do not add up.
month_sum = temp_table("month_sum", *_share(), sa.Column("month", sa.Date, nullable=False), *_sums())
period_sum = temp_table("period_sum", *_share(), *_key(), *_sums())
# The same by every unit above, by period.
total = temp_table("total", *_share(), *_key(), *_sums())
candidate = temp_table(
    "candidate",
    *(sa.Column(column.name, column.type, primary_key=column.primary_key) for column in mart.VALUE),
)


def compute(connection: Connection) -> None:
    """Fill the temporary table ``candidate``, which lives as long as the caller's transaction.

    What is known is what the setting huizong.as_of says, without it what is known now.
    """
    metadata.create_all(connection, checkfirst=False)
    fill_lines(connection)
    indicators = load_indicators().values()
    _fill_settings(connection, indicators)
    _fill_periods(connection, _months_reported(connection))
    once = read_once(connection, indicators)
    for indicator in indicators:
        _add_up(connection, indicator, once)
    for step in ("roll_up", "count_reports", "restate_bases", "divide", "compare"):
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


def _months_reported(connection: Connection) -> list[date]:
    """From the first to the last month of which a report is known."""
    first, last = connection.execute(query("reported_months")).one()
    if first is None:
        return []
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(count)]


def _fill_periods(connection: Connection, months: list[date]) -> None:
    if months:
        connection.execute(sa.insert(computed_month), [{"month": month} for month in months])
        known_until = add_months(months[-1], 1)
        periods = [{**vars(each), "until_on": min(each.end_on, known_until)} for each in periods_of(months)]
        connection.execute(sa.insert(period), periods)


def _add_up(connection: Connection, indicator: Indicator, once: Collection[str]) -> None:
    """The sums of an indicator's rows by unit and time, and by member where it has a breakdown."""
    for dimension in ("", *indicator.breakdown):
        if indicator.over_units == "sum":
            connection.execute(_sum_rows(indicator, dimension, once))
        else:
            connection.execute(_gather_rows(indicator, dimension, once))


def _sum_rows(indicator: Indicator, dimension: str, once: Collection[str]) -> sa.Insert:
    """The sums by the rows' own units, which are added up the tree later."""
    rows = contributions(indicator, once)
    figures = (sa.func.sum(rows.c.numerator), sa.func.sum(rows.c.denominator))
    into = period_sum if indicator.is_window else month_sum
    return _into(into, indicator, dimension, rows, rows.c.unit_code, figures)


def _gather_rows(indicator: Indicator, dimension: str, once: Collection[str]) -> sa.Insert:
    """What does not add up over units: of every unit above at once, from the rows themselves."""
    rows = contributions(indicator, once)
    is_below = sa.and_(
        window_line.c.unit_code == rows.c.unit_code,
        rows.c.end_on > window_line.c.since,
        rows.c.end_on <= window_line.c.until,
    )
    joined = rows.join(window_line, is_below)
    return _into(total, indicator, dimension, rows, window_line.c.above_code, _gathered(indicator, rows), joined)


def _gathered(indicator: Indicator, rows: sa.Subquery) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    if indicator.over_units == "distinct":
        things = sa.func.count(sa.distinct(rows.c.counted))
        return things.filter(rows.c.numerator > 0), things.filter(rows.c.denominator > 0)
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
        sa.func.count(rows.c.source_id),
    ).select_from(rows if joined is None else joined)
    statement = sums.where(*(each.is_not(None) for each in member)).group_by(unit, *member, *time)
    return sa.insert(table).from_select([column.name for column in table.c], statement)


def _time(indicator: Indicator, rows: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    if indicator.is_window:
        return [rows.c.period_kind, rows.c.start_on, rows.c.end_on]
    return [sa.cast(sa.func.date_trunc("month", rows.c.on_date), sa.Date).label("month")]

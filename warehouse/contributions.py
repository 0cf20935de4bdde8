"""The rows behind an indicator: its SELECT as a subquery, to be added up or listed."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import tables
from schemas.indicator import REPORTS, Indicator
from schemas.period import Period

_VIEW = re.compile(r"\bform\.(?P<name>\w+)")
_ROW = {
    "source_id": sa.BigInteger,
    "unit_code": sa.Text,
    "on_date": sa.Date,
    "numerator": sa.Numeric,
    "denominator": sa.Numeric,
}
_KNOWN_UNTIL = sa.literal_column(
    "(SELECT (max(known_month.month) + interval '1 month')::date FROM form.known_month)", sa.Date
)
# The reports that are owed are counted beside every indicator, see ``due_reports``.
_ALWAYS = "known_owed"
# What such a view says of a month is only asked for periods that end with it.
_OF_ITS_MONTH = ("standing",)
_PERIODS = sa.table("period", sa.column("end_on"), schema="pg_temp")
_WINDOW = {"period_kind": sa.Text, "start_on": sa.Date, "end_on": sa.Date}
_PERIOD = {"kind": sa.Text, "start_on": sa.Date, "end_on": sa.Date}


def columns_of(indicator: Indicator) -> list[str]:
    """The columns that the SELECT of an indicator has to give."""
    window = _WINDOW if indicator.is_window else {}
    counted = ["counted"] if indicator.over_units == "distinct" else []
    report = ["form"] if indicator.source == REPORTS else []
    return list(dict.fromkeys([*_ROW, *window, *counted, *report, *indicator.breakdown]))


def contributions(indicator: Indicator, once: Collection[str] = (), since: date | None = None) -> sa.Subquery:
    """The contributing rows of an indicator, one over a window for every row of the relation ``period``.

    Args:
        indicator: whose rows they are.
        once: the views that stand ready as temporary tables, see ``read_once``.
        since: with it only those that count in a month or period that is not over before that day.
    """
    types = {**_ROW, **_WINDOW}
    columns: list[sa.ColumnClause[Any]] = [sa.column(name, types.get(name, sa.Text)) for name in columns_of(indicator)]
    sql = _VIEW.sub(lambda match: f"pg_temp.{match['name']}" if match["name"] in once else match[0], indicator.sql)
    rows = sa.text(sql).columns(*columns)
    if since is None:
        return rows.subquery("contribution")
    if indicator.is_window:
        # The SELECT of the indicator joins the relation by its name: this one is nearer than the table.
        lines = sa.select(sa.text("*")).select_from(_PERIODS).where(_PERIODS.c.end_on > since).cte("period")
        return rows.add_cte(lines).subquery("contribution")
    all_rows = rows.subquery("row")
    return sa.select(all_rows).where(all_rows.c.on_date >= since.replace(day=1)).subquery("contribution")


def read_once(
    connection: Connection, indicators: Iterable[Indicator], since: Mapping[str, date] = MappingProxyType({})
) -> frozenset[str]:
    """Read every view of schema ``form`` that several indicators rest on once, into a temporary table of its name.

    A view of counted rows sorts all rows of its form; ten indicators would do so ten times. Where every indicator is
    wanted only from a day on (``since``), the rows of a form as they stand are found by their month as quickly. What is
    owed is read always.
    """
    readers: dict[str, list[str]] = {_ALWAYS: []}
    for indicator in indicators:
        for name in set(_VIEW.findall(indicator.sql)):
            readers.setdefault(name, []).append(indicator.id)
    several = {
        name: min((since.get(each, date.min) for each in ids), default=date.min)
        for name, ids in sorted(readers.items())
        if name == _ALWAYS or (len(ids) > 1 and not (since and name in tables()))
    }
    for name, first_day in several.items():
        view = sa.table(name, sa.column("month"), schema="form")
        rows = sa.select(sa.text("*")).select_from(view)
        if name in _OF_ITS_MONTH:
            rows = rows.where(view.c.month >= first_day.replace(day=1))
        made = rows.compile(connection, compile_kwargs={"literal_binds": True})
        connection.execute(sa.text(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {made}"))
        connection.execute(sa.text(f"ANALYZE {name}"))
    return frozenset(several)


def contributing(indicator: Indicator, periods: Sequence[Period]) -> sa.Select[Any]:
    """The contributing rows of some periods, of all units, with the ``month`` whose tree of units they count in.

    A row that counts in several of them is there for each, with ``period_kind``, ``start_on`` and ``end_on``. What is
    counted over a window belongs to what its unit had become in the last month.
    """
    lines = sa.values(*(sa.column(name, kind) for name, kind in _PERIOD.items()), name="asked").data(
        [(each.kind, each.start_on, each.end_on) for each in periods]
    )
    rows = contributions(indicator)
    if indicator.is_window:
        until = sa.func.least(lines.c.end_on, _KNOWN_UNTIL).label("until_on")
        window = sa.select(lines, until).cte("period")
        last_month = sa.cast(rows.c.end_on - sa.text("interval '1 month'"), sa.Date).label("month")
        return sa.select(rows, last_month).add_cte(window)
    month = sa.cast(sa.func.date_trunc("month", rows.c.on_date), sa.Date).label("month")
    named = (lines.c[name].label(shown) for name, shown in zip(_PERIOD, _WINDOW, strict=True))
    in_period = sa.and_(rows.c.on_date >= lines.c.start_on, rows.c.on_date < lines.c.end_on)
    return sa.select(rows, *named, month).join(lines, in_period)

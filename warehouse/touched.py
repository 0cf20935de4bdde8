"""How far back the sums may differ from those that were kept: by what came and went since, and when it happened.

What a report says counts in no month, and in no period, that is over before the first of its days: the month that it
is for, the dates of its rows, and those of every other report of the same things, which it may take the place of. So
only the sums from that day on are added up again, however many years are stored.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import Form, Table, load_forms
from schemas.indicator import REPORTS, Indicator
from schemas.period import add_months
from warehouse import tables as t
from warehouse.forms import DATA_SCHEMA
from warehouse.register import own_indicators
from warehouse.scripts import query
from warehouse.working import touched

_submission = t.submission.c


def fill_touched(connection: Connection, indicators: Collection[Indicator], months: Sequence[date]) -> bool:
    """Fill ``touched`` with the indicators whose sums may differ from the kept ones, and from which day on.

    Returns:
        Whether it could be told. Not so when nothing is kept, when the program, its definitions or the register of
        units are others, or when other months are known than those before and later ones.
    """
    kept = sa.select(t.computed_state, t.setup.c.fingerprint.label("program")).join(t.setup, sa.true())
    state = connection.execute(kept).one_or_none()
    if state is None or state.fingerprint != state.program or not months or state.first_month != months[0]:
        return False
    fresh_from = add_months(state.last_month, 1)
    if months[-1] < state.last_month:
        return False
    is_fresh = months[-1] >= fresh_from
    earliest = _earliest(connection, state.moment)
    if lines := [
        {"indicator_id": each.id, "since": since, "fresh_from": fresh_from if is_fresh else None}
        for each in indicators
        if (since := _since(each, earliest, fresh_from if is_fresh else None))
    ]:
        connection.execute(sa.insert(touched), lines)
    connection.execute(sa.text("ANALYZE touched"))
    return True


def _since(indicator: Indicator, earliest: Mapping[str, date], fresh_from: date | None) -> date | None:
    """The first day on which what came or went may count in an indicator; None where it cannot."""
    found = [earliest[source] for source in indicator.source if source in earliest]
    if fresh_from:
        found.append(fresh_from)
    # Of a SELECT by the office nobody knows whether a report, or a month more, may count before its first day in it.
    return date.min if found and indicator in own_indicators() else min(found, default=None)


def _earliest(connection: Connection, moment: datetime) -> Mapping[str, date]:
    """The first of the days of what came or went since a moment, by table; of reports themselves by month."""
    rows = connection.execute(query("forms_touched"), {"moment": moment}).all()
    if not rows:
        return {}
    said = {row.form: row.first_said for row in rows if row.first_said}
    days = {table: month for form, month in said.items() for table in load_forms()[form].tables}
    for row in connection.execute(sa.union_all(*_first_days(said, moment))) if said else ():
        days[row.table_id] = min(days[row.table_id], row.day or date.max)
    return {**days, REPORTS[0]: min(row.first_come for row in rows)}


def _first_days(said: Mapping[str, date], moment: datetime) -> Iterator[sa.Select[Any, Any]]:
    for form in map(load_forms().__getitem__, said):
        for table in form.tables.values():
            yield _first_day(form, table, moment)


def _first_day(form: Form, table: Table, moment: datetime) -> sa.Select[Any, Any]:
    """The first date among all rows of the things that a table's news are about.

    A thing of which nothing new is said (a hazard that is still open, listed as before) is none of them.
    """
    of_table = sa.literal(table.id, sa.Text).label("table_id")
    dates = [name for name, column in table.columns.items() if column.type in ("date", "datetime")]
    if table.grain == "month" or not dates:
        return sa.select(of_table, sa.cast(sa.null(), sa.Date).label("day"))
    data = sa.table(table.id, *map(sa.column, ("submission_id", *table.columns)), schema=DATA_SCHEMA)
    came = sa.and_(
        _submission.form == form.id,
        sa.or_(_submission.recorded_from > moment, _submission.recorded_to > moment),
    )
    of_submission = data.join(t.submission, _submission.submission_id == data.c.submission_id)
    number = data.c[table.key[0]]
    named = sa.select(number).select_from(of_submission).where(came)
    # A register has many things under its first key, an event is told in stages and by several under its number.
    thing = [data.c[name] for name in (table.key if table.grain == "snapshot" else table.key[:1])]
    stood_already = sa.and_(_submission.status == "accepted", _submission.recorded_from <= moment)
    content = sa.tuple_(_submission.unit_code, *(data.c[name] for name in table.columns))
    changed = (
        sa.select(sa.func.least(*(sa.cast(sa.func.min(data.c[name]), sa.Date) for name in dates)).label("day"))
        .select_from(of_submission)
        .where(
            number.in_(named),
            sa.or_(_submission.recorded_to.is_(None), _submission.recorded_to > moment),
        )
        .group_by(*thing)
        .having(sa.not_(sa.and_(sa.func.bool_or(stood_already), sa.func.count(sa.distinct(content)) == 1)))
        .subquery()
    )
    return sa.select(of_table, sa.func.min(changed.c.day).label("day"))

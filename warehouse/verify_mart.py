"""The published values and the kept sums against the facts: all computed anew, and taken back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.form import load_forms
from schemas.period import Period
from warehouse import tables as t
from warehouse.compute import compute
from warehouse.engine import know_as_of
from warehouse.integrity import FEW, Tally
from warehouse.kept_sums import stale
from warehouse.mart import KEY, VALUE, published_value
from warehouse.publish import find_differences
from warehouse.register import load_indicators
from warehouse.scripts import query
from warehouse.working import candidate, difference

RECOMPUTE = "huizong warehouse recompute"
_AFTER_FACTS = f"先运行 huizong verify facts --all，数据行无误后运行 {RECOMPUTE}"


def verify_mart(engine: Engine, tally: Tally) -> None:
    """Compute every value from what was known when they were last computed; what came since is only told of.

    One transaction that sees a single moment, holds up nobody who writes and is taken back: nothing of it stays.
    """
    with engine.connect() as begun:
        connection = begun.execution_options(isolation_level="REPEATABLE READ")
        moment = _computed_at(connection)
        if moment is None:
            _tell_unpublished(connection, tally)
            return
        _tell_pending(connection, moment, tally)
        know_as_of(connection, moment)
        compute(connection, load_indicators().values())
        _tell_values(connection, tally)
        for name, count in stale(connection):
            tally.add("sum_stale", _AFTER_FACTS, [f"{name}（{count} 处）"], count)
        connection.rollback()


def _computed_at(connection: Connection) -> datetime | None:
    """What was known when the published values were last computed; None when today's program computes all anew."""
    state, program = t.computed_state.c, t.setup.c
    found = sa.select(state.moment).where(state.fingerprint == program.fingerprint)
    return connection.execute(found).scalar_one_or_none()


def _tell_unpublished(connection: Connection, tally: Tally) -> None:
    """There is nothing to compare with, but where something was published before the program changed."""
    if connection.execute(sa.select(sa.exists().where(published_value.c.to_publication.is_(None)))).scalar_one():
        said = "程序、定义或单位名录有了变动，下一夜全部重新计算，这次没有核对"
        tally.add("all_anew", "huizong run", [said])


def _tell_pending(connection: Connection, moment: datetime, tally: Tally) -> None:
    forms = connection.execute(query("forms_touched"), {"moment": moment}).scalars()
    codes = sorted(load_forms()[form].code for form in forms)
    if codes:
        tally.add("pending", "huizong run", [f"{'、'.join(codes)} 有已入库、尚未发布的变动"], len(codes))


def _tell_values(connection: Connection, tally: Tally) -> None:
    count = find_differences(connection)
    tally.checked += connection.execute(sa.select(sa.func.count()).select_from(candidate)).scalar_one()
    if count:
        tally.add("value_differs", _AFTER_FACTS, _examples(connection), count)


def _examples(connection: Connection) -> list[str]:
    """The first few places with the published value and the computed one, and which figures beside it differ."""
    value = published_value.c
    there = sa.and_(value.to_publication.is_(None), *(difference.c[name] == value[name] for name in KEY))
    here = sa.and_(*(difference.c[name] == candidate.c[name] for name in KEY))
    places = difference.outerjoin(published_value, there).outerjoin(candidate, here)
    figures = [column.name for column in VALUE if column.name not in KEY]
    columns = [
        *difference.c,
        *(value[name].label(f"published_{name}") for name in figures),
        *(candidate.c[name].label(f"computed_{name}") for name in figures),
    ]
    first = sa.select(*columns).select_from(places).order_by(*(difference.c[name] for name in KEY)).limit(FEW)
    return [_example(row, figures) for row in connection.execute(first).mappings()]


def _example(row: sa.RowMapping, figures: list[str]) -> str:
    period = Period(row["period_kind"], row["start_on"], row["end_on"])
    part = f" {row['dimension']}={row['member']}" if row["dimension"] else ""
    place = f"{row['indicator_id']} {row['unit_code']} {period.label}{part}"
    if not row["is_there"]:
        return f"{place}：已发布，按数据算不出来"
    if not row["was_there"]:
        return f"{place}：没有发布，按数据应有"
    differing = [name for name in figures if row[f"published_{name}"] != row[f"computed_{name}"]]
    told = [f"{name} 已发布 {row[f'published_{name}']}，应为 {row[f'computed_{name}']}" for name in differing]
    return f"{place}：{'；'.join(told)}"

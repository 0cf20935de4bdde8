"""The values of a period and a unit, as published or as known at a moment, with their comparison in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.calendar import SHANGHAI
from schemas.indicator import Indicator
from schemas.period import Period
from schemas.wording import YES_NO, comparison, silence
from warehouse.bulletin import bulletin_of
from warehouse.compute import compute
from warehouse.engine import know_as_of
from warehouse.mart import indicator_value, of_publication, publication, published_value
from warehouse.register import load_indicators
from warehouse.silent import Silent, find_silent
from warehouse.working import candidate

Figure = int | float | None
Base = Literal["latest", "published"]
Rows = Sequence[Mapping[Any, Any]]


@dataclass(frozen=True)
class Part:
    """One member of a breakdown of a value."""

    dimension: str
    member: str
    label: str
    numerator: Figure
    denominator: Figure
    value: Figure


@dataclass(frozen=True)
class Value:
    """One indicator's value. A figure is None where nobody reported, a rate has no denominator or a base is missing.

    With ``silent_units``, the names of units that owe a report, it is provisional; ``year_ago_missing`` is how many
    reports its base lacks.
    """

    id: str
    code: str
    name: str
    unit: str
    value: Figure
    numerator: Figure
    denominator: Figure
    year_ago: Figure
    change: Figure
    change_rate: Figure
    previous: Figure
    reports_expected: int
    reports_received: int
    reports_on_time: int
    silent_units: tuple[str, ...]
    year_ago_missing: int
    wording: str
    decimals: int
    breakdown: tuple[Part, ...]


@dataclass(frozen=True)
class Report:
    """Values in the order of the catalogue.

    ``as_of`` is the time of the publication, or that as of which they are known, in ISO form; None without any.
    ``publication`` is its number; None where the values are not published.
    """

    period: str
    unit_code: str
    as_of: str | None
    publication: int | None
    indicators: tuple[Value, ...]


def indicator_values(engine: Engine, period: Period, unit_code: str, base: Base = "latest") -> Report:
    """The published values of a period and a unit; none where the unit owes no form and nothing happened.

    Args:
        engine: the warehouse.
        period: of the values.
        unit_code: whose values they are.
        base: what a value is compared with: the ``latest`` value of the same period a year ago (可比口径), or the one
            that was ``published`` in its bulletin then, which is missing where it was not kept.
    """
    with engine.connect() as connection:
        rows: Rows = connection.execute(_published(period, unit_code)).mappings().all()
        if base == "published":
            rows = _compared_as_published(connection, rows, period, unit_code)
        as_of = rows[0]["published_at"] if rows else connection.execute(_latest()).scalar_one_or_none()
        if as_of:
            know_as_of(connection, as_of)
        silent = find_silent(connection, period, unit_code)
    return _report(period, unit_code, as_of, rows, silent)


def values_as_known(engine: Engine, period: Period, unit_code: str, at: datetime) -> Report:
    """The values of a period and a unit as they would have been published at a moment, from what was known then.

    The same on every call, whatever was recorded since; nothing is written.
    """
    with engine.connect() as connection:
        know_as_of(connection, at)
        compute(connection, load_indicators().values(), period)
        rows = (
            connection.execute(sa.select(candidate).where(*_is_asked(candidate.c, period, unit_code))).mappings().all()
        )
        silent = find_silent(connection, period, unit_code)
        connection.rollback()
    return _report(period, unit_code, at, rows, silent)


def _compared_as_published(connection: Connection, rows: Rows, period: Period, unit_code: str) -> Rows:
    """The same values, compared with those of the bulletin a year ago."""
    year_ago = period.a_year_ago()
    bulletin = bulletin_of(connection, year_ago)
    then = sa.select(published_value).where(
        of_publication(bulletin["publication_id"] if bulletin else 0),
        *_is_asked(published_value.c, year_ago, unit_code),
    )
    bases = {_place(row): row for row in connection.execute(then).mappings()}
    return [_compared(row, bases.get(_place(row))) for row in rows]


def _place(row: Mapping[Any, Any]) -> tuple[str, str, str]:
    return row["indicator_id"], row["dimension"], row["member"]


def _compared(row: Mapping[Any, Any], base: Mapping[Any, Any] | None) -> Mapping[Any, Any]:
    value, year_ago = row["value"], base["value"] if base else None
    change = None if value is None or year_ago is None else value - year_ago
    return {
        **row,
        "year_ago": year_ago,
        "change": change,
        "change_rate": change * 100 / year_ago
        if change is not None and year_ago and row["change_rate"] is not None
        else None,
        "year_ago_expected": base["reports_expected"] if base else None,
        "year_ago_received": base["reports_received"] if base else None,
    }


def _report(period: Period, unit_code: str, as_of: datetime | None, rows: Rows, silent: Silent) -> Report:
    whole = {row["indicator_id"]: row for row in rows if not row["dimension"]}
    values = [
        _value(indicator, whole[indicator.id], silent, _breakdown(indicator, rows))
        for indicator in load_indicators().values()
        if indicator.id in whole
    ]
    publication_id = rows[0].get("publication_id") if rows else None
    return Report(period.label, unit_code, in_shanghai(as_of) if as_of else None, publication_id, tuple(values))


def _published(period: Period, unit_code: str) -> sa.Select[Any]:
    """Values and the time of their publication in one statement, so that both are of one publication."""
    value = indicator_value
    return (
        sa.select(value, publication.c.published_at)
        .join(publication, publication.c.publication_id == value.c.publication_id)
        .where(*_is_asked(value.c, period, unit_code))
    )


def _is_asked(
    value: sa.sql.base.ReadOnlyColumnCollection[str, Any], period: Period, unit_code: str
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        value.unit_code == unit_code,
        value.period_kind == period.kind,
        value.start_on == period.start_on,
        value.end_on == period.end_on,
    )


def _latest() -> sa.Select[Any]:
    return sa.select(sa.func.max(publication.c.published_at))


def _value(indicator: Indicator, row: Mapping[Any, Any], silent: Silent, breakdown: tuple[Part, ...]) -> Value:
    figures = ("value", "numerator", "denominator", "year_ago", "change", "change_rate", "previous")
    return Value(
        id=indicator.id,
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        **{name: number(row[name]) for name in figures},
        reports_expected=row["reports_expected"],
        reports_received=row["reports_received"],
        reports_on_time=row["reports_on_time"] or 0,
        silent_units=silent.names(indicator, row["reports_expected"] - row["reports_received"]),
        year_ago_missing=_base_missing(row),
        wording=_wording(indicator, row),
        breakdown=breakdown,
    )


def _wording(indicator: Indicator, row: Mapping[Any, Any]) -> str:
    missing = row["reports_expected"] - row["reports_received"]
    if "year_ago" not in indicator.compare and indicator.unit != YES_NO:
        return silence(missing, 0)
    phrase = comparison(row["value"], row["year_ago"], indicator.unit, indicator.decimals)
    return phrase + silence(missing, _base_missing(row))


def _base_missing(row: Mapping[Any, Any]) -> int:
    return (row["year_ago_expected"] or 0) - (row["year_ago_received"] or 0)


def _breakdown(indicator: Indicator, rows: Rows) -> tuple[Part, ...]:
    """The members in the order of the form."""
    own = {(row["dimension"], row["member"]): row for row in rows if row["indicator_id"] == indicator.id}
    return tuple(
        Part(
            dimension=dimension,
            member=member,
            label=label,
            numerator=number(row["numerator"]),
            denominator=number(row["denominator"]),
            value=number(row["value"]),
        )
        for dimension in indicator.breakdown
        for member, label in indicator.members(dimension).items()
        if (row := own.get((dimension, member)))
    )


def number(value: Decimal | int | None) -> Figure:
    """A stored number for JSON: whole numbers as int, others as float; never rounded further."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def in_shanghai(moment: datetime) -> str:
    """A moment as people here write it, with the offset and to the second."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")

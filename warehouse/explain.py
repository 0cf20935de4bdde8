"""What an indicator is: its definition, what it is computed from, and the last values that were published of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.engine import Engine

from schemas.citation import citations, form_note
from schemas.form import load_forms, tables
from schemas.indicator import REPORTS, Indicator
from schemas.period import Kind, Period
from warehouse.mart import indicator_value
from warehouse.register import wanted_indicator
from warehouse.sources import columns_used, counted_views
from warehouse.values import Figure, indicator_values, number

LAST: tuple[Kind, ...] = ("month", "year_to_date", "half_year")
_FIGURES = (
    *("value", "numerator", "denominator", "year_ago", "previous"),
    *("reports_expected", "reports_received", "wording"),
)


@dataclass(frozen=True)
class Source:
    """A table of a form with the columns by which its rows count (field to heading)."""

    table: str
    table_title: str
    form: str
    form_code: str
    form_title: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Breakdown:
    """A dimension with its members (code to label)."""

    dimension: str
    label: str
    members: Mapping[str, str]


@dataclass(frozen=True)
class LastValue:
    """A published value with what it is compared with and how complete it is."""

    period: str
    title: str
    value: Figure
    numerator: Figure
    denominator: Figure
    year_ago: Figure
    previous: Figure
    reports_expected: int
    reports_received: int
    wording: str


@dataclass(frozen=True)
class Explanation:
    """An indicator in full; ``as_of`` is when the values were published, in ISO form; None where there are none.

    ``formula`` is sum (the numerator), ratio (numerator / denominator x factor) or all (1 when they are equal);
    ``counted`` has the views that the SELECT reads with what each says of the rows in it; without ``sources`` the
    indicator is of the reports themselves.
    """

    id: str
    code: str
    name: str
    name_en: str
    unit: str
    better: str
    over_time: str
    over_units: str
    compare: tuple[str, ...]
    breakdown: tuple[Breakdown, ...]
    decimals: int
    formula: str
    factor: Figure
    definition: str
    counted: Mapping[str, str]
    sources: tuple[Source, ...]
    regulations: tuple[str, ...]
    sql: str
    unit_code: str
    as_of: str | None
    values: tuple[LastValue, ...]


def explain(engine: Engine, indicator: str, unit_code: str) -> Explanation:
    """An indicator by its id or code, with the last values of a unit.

    Raises:
        WarehouseError: there is no such indicator, or the forms cannot feed it.
    """
    wanted = wanted_indicator(indicator)
    as_of, values = _last_values(engine, wanted, unit_code)
    told = ("id", "code", "name", "name_en", "unit", "better", "over_time", "over_units", "compare", "decimals")
    return Explanation(
        **{name: getattr(wanted, name) for name in told},
        breakdown=tuple(Breakdown(each, wanted.label(each), wanted.members(each)) for each in wanted.breakdown),
        formula=wanted.value,
        factor=number(wanted.factor),
        definition=wanted.definition,
        counted=counted_views(wanted),
        sources=tuple(_sources(wanted)),
        regulations=regulations(wanted),
        sql=wanted.select,
        unit_code=unit_code,
        as_of=as_of,
        values=values,
    )


def regulations(indicator: Indicator) -> tuple[str, ...]:
    """What the definition and the note name, then the views that it reads, then the forms that it rests on."""
    notes = () if indicator.source == REPORTS else (form_note(form) for form in load_forms() if form in indicator.forms)
    texts = (indicator.definition, indicator.note, *counted_views(indicator).values(), *notes)
    return tuple(dict.fromkeys(cited for text in texts for cited in citations(text)))


def _sources(indicator: Indicator) -> Iterator[Source]:
    for table_id, names in columns_used(indicator).items():
        form, table = tables()[table_id]
        columns = {name: table.columns[name].label for name in names}
        yield Source(table_id, table.title, form.id, form.code, form.title, columns)


def _last_values(engine: Engine, indicator: Indicator, unit_code: str) -> tuple[str | None, tuple[LastValue, ...]]:
    """The values of the latest period of each kind in which the unit has one, and when they were published."""
    with engine.connect() as connection:
        latest = [Period(*row) for row in connection.execute(_latest_periods(indicator, unit_code))]
    periods = sorted(latest, key=lambda period: LAST.index(period.kind))
    reports = [indicator_values(engine, period, unit_code) for period in periods]
    values = tuple(
        LastValue(period.label, period.title, **{name: getattr(value, name) for name in _FIGURES})
        for period, report in zip(periods, reports, strict=True)
        for value in report.indicators
        if value.id == indicator.id
    )
    return (reports[0].as_of if reports else None), values


def _latest_periods(indicator: Indicator, unit_code: str) -> sa.Select[Any]:
    value = indicator_value.c
    return (
        sa.select(value.period_kind, value.start_on, value.end_on)
        .ext(distinct_on(value.period_kind))
        .where(value.indicator_id == indicator.id, value.unit_code == unit_code, value.dimension == "")
        .where(value.period_kind.in_(LAST))
        .order_by(value.period_kind, value.end_on.desc())
    )

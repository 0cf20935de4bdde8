"""What a report lists one by one beside its figures: incidents, and what major hazards have and lack."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from schemas.period import Period
from warehouse.scripts import query
from warehouse.trace_rows import TraceRow, listed_rows


@dataclass(frozen=True)
class FiveElements:
    """五落实 of a major hazard: which of the five are there."""

    has_responsible: bool
    has_measures: bool
    has_funds: bool
    has_due_day: bool
    has_contingency: bool


def incidents_in(connection: Connection, period: Period) -> tuple[TraceRow, ...]:
    """Every incident of a period, as known, one row each, by day."""
    found = connection.execute(query("incidents_between"), {"since": period.start_on, "until": period.end_on})
    return listed_rows(connection, "incident", list(found.scalars()))


def five_elements(connection: Connection, hazard_nos: Collection[str]) -> Mapping[str, FiveElements]:
    """What is there of the five elements, as known, by the number of the hazard."""
    rows = connection.execute(query("five_elements"), {"hazard_nos": sorted(hazard_nos)}).mappings()
    return {row["hazard_no"]: FiveElements(**{k: v for k, v in row.items() if k != "hazard_no"}) for row in rows}

"""A warehouse on which a story of the model is played, and what it says then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from schemas.period import Period
from schemas.unit import Register, build_register
from tests.integration.builders import Report, Row, build_batch, report
from tests.integration.facts import accident, training
from tests.integration.model_events import (
    CANCELLED,
    Accident,
    Arrive,
    Close,
    Event,
    Merge,
    Publish,
    Release,
    Reopen,
    Sent,
    Training,
    Withdraw,
)
from tests.integration.model_values import FORM_OF, Number, Place
from warehouse import mart
from warehouse import tables as t
from warehouse.acts import Act, close_month, release_month, reopen_month, withdraw
from warehouse.compute import compute
from warehouse.engine import Engine, know_as_of
from warehouse.load import load
from warehouse.publish import publish
from warehouse.register import load_indicators
from warehouse.setup import prepare
from warehouse.working import candidate

ACT = Act(who="管理员", why="如所述")
STAGES = ("flash", "follow_up", "verified", "closed", "cancelled")
TOLD_OF = [indicator for indicator in load_indicators().values() if indicator.code in FORM_OF]
CODES = {indicator.id: indicator.code for indicator in load_indicators().values()}


@dataclass
class Stage:
    """A warehouse on which a story is played, with the register that it follows."""

    engine: Engine
    register: Register
    reports: int = 0

    def play(self, event: Event) -> None:
        """Let an event happen.

        Raises:
            WarehouseError: the act is refused.
        """
        match event:
            case Arrive(reports):
                load(self.engine, build_batch(*(self._file(sent) for sent in reports)))
            case Publish():
                publish(self.engine, "test")
            case Withdraw(form, unit, month):
                withdraw(self.engine, form, unit, month, ACT)
            case Close(month):
                close_month(self.engine, month, ACT)
            case Reopen(month):
                reopen_month(self.engine, month, ACT)
            case Release(month, form, unit):
                release_month(self.engine, month, ACT, form, unit)
            case Merge():
                self.register = merged(self.register, event)
                prepare(self.engine, self.register)

    def _file(self, sent: Sent) -> Report:
        """A report in a file of its own, though another may have said the same."""
        self.reports += 1
        rows = [row_of(row) for row in sent.rows]
        name = f"{self.reports}.xlsx"
        return report(sent.form, sent.unit, f"{sent.month:%Y-%m}", *rows, version=sent.version, name=name)

    def statuses(self) -> list[str]:
        query = sa.select(t.submission.c.status).order_by(t.submission.c.submission_id)
        return [status for (status,) in self._read(query)]

    def moment(self) -> datetime:
        """The time of the last event that changed anything."""
        ((moment,),) = self._read(sa.select(t.clock.c.moment))
        assert isinstance(moment, datetime)
        return moment

    def known(self, at: datetime) -> dict[Place, Number]:
        """Every number as computed from what was known at a moment."""
        with self.engine.begin() as connection:
            know_as_of(connection, at)
            compute(connection, TOLD_OF)
            return read_numbers(connection.execute(sa.select(candidate)))

    def published(self, publication_id: int | None = None) -> dict[Place, Number]:
        """The numbers of a publication, without one those that are published now."""
        if publication_id is None:
            return read_numbers(self._read(sa.select(mart.indicator_value)))
        query = sa.select(mart.published_value).where(mart.of_publication(publication_id))
        return read_numbers(self._read(query))

    def publications(self) -> dict[int, datetime]:
        query = sa.select(mart.publication.c.publication_id, mart.publication.c.published_at)
        return {row.publication_id: row.published_at for row in self._read(query)}

    def _read(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self.engine.connect() as connection:
            return connection.execute(query).all()


def row_of(row: Training | Accident) -> Row:
    """A row as a report has it."""
    if isinstance(row, Training):
        level = "district" if row.by_district else "township"
        return training(f"{row.ended_on}", training_no=row.number, organizer_level=level)
    return accident(
        f"{row.on}",
        accident_no=row.number,
        town_code=row.town,
        deaths=row.deaths,
        minor_injuries=row.injured,
        sector=row.sector,
        stage=STAGES[row.stage],
        cancel_basis="illness" if row.stage == CANCELLED else None,
        reporter_role="industry" if row.by_industry else "locality",
        entered_at=f"{row.entered_on} 10:00",
    )


def merged(register: Register, merge: Merge) -> Register:
    """The register in which a unit goes into another."""
    ended = register.units[merge.unit].model_copy(update={"valid_to": merge.month, "successors": (merge.into,)})
    return build_register({**register.units, merge.unit: ended}.values(), register.obligations)


def read_numbers(rows: Iterable[sa.Row[Any]]) -> dict[Place, Number]:
    """The lines of a table of values as the model has them."""
    lines = [row for row in rows if CODES[row.indicator_id] in FORM_OF and not row.dimension]
    return {
        (CODES[row.indicator_id], row.unit_code, Period(row.period_kind, row.start_on, row.end_on)): Number(
            row.value,
            row.year_ago,
            row.previous,
            row.reports_expected,
            row.reports_received,
            row.year_ago_expected or 0,
            row.year_ago_received or 0,
        )
        for row in lines
    }

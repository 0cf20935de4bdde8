"""The book of administrative acts: who did what, when and why. It only grows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.calendar import SHANGHAI
from warehouse import tables as t
from warehouse.clock import next_moment
from warehouse.errors import WarehouseError


@dataclass(frozen=True)
class Act:
    """Who acts, why, and as of when (None: now)."""

    who: str
    why: str
    at: datetime | None = None


@dataclass(frozen=True)
class Recorded:
    """The number of an act in the book and its moment."""

    audit_id: int
    moment: datetime


@dataclass(frozen=True)
class AuditLine:
    """One act: ``recorded_at`` in ISO form and Shanghai's time, ``month`` as 2021-03; None where it is about none."""

    audit_id: int
    recorded_at: str
    who: str
    database_user: str
    what: str
    why: str
    form: str | None
    unit_code: str | None
    month: str | None
    detail: dict[str, object]


class Target(TypedDict, total=False):
    """What an act is about; ``detail`` is whatever else should be known of it later."""

    form: str | None
    unit_code: str | None
    month: date | None
    detail: dict[str, object]


def record(connection: Connection, what: str, act: Act, **target: Unpack[Target]) -> Recorded:
    """Write an act into the book. The moment is that of everything the act changes.

    Raises:
        WarehouseError: nobody acts, or no reason is given.
    """
    if not act.who.strip() or not act.why.strip():
        raise WarehouseError("请写明经办人和理由：--by 姓名 --reason 理由")
    moment = next_moment(connection, act.at)
    row = {"detail": {}, **target, "recorded_at": moment, "who": act.who, "what": what, "why": act.why}
    statement = sa.insert(t.audit).values(row).returning(t.audit.c.audit_id)
    return Recorded(connection.execute(statement).scalar_one(), moment)


def audit_lines(engine: Engine, month: date | None = None) -> list[AuditLine]:
    """The acts of all months or of one, in the order in which they were done."""
    statement = sa.select(t.audit).order_by(t.audit.c.audit_id)
    if month:
        statement = statement.where(t.audit.c.month == month)
    with engine.connect() as connection:
        return [_line(row) for row in connection.execute(statement).mappings()]


def _line(row: sa.RowMapping) -> AuditLine:
    recorded_at = row["recorded_at"].astimezone(SHANGHAI).isoformat(timespec="seconds")
    month = f"{row['month']:%Y-%m}" if row["month"] else None
    return AuditLine(**{**row, "recorded_at": recorded_at, "month": month})

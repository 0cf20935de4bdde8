"""The register of units, the forms and who owes which: as they stand in the definitions, and as they ever stood."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from schemas.form import Form
from schemas.unit import Register
from warehouse import tables as t
from warehouse.clock import next_moment
from warehouse.errors import WarehouseError

_ALWAYS: sa.ColumnElement[datetime] = sa.literal_column("'-infinity'::timestamptz")
_RECORDED = ("recorded_from", "recorded_to")

Rows = Sequence[Mapping[str, Any]]


def sync_register(
    connection: Connection, register: Register, forms: Mapping[str, Form], at: datetime | None = None
) -> None:
    """Bring units, forms and obligations in step with the definitions; what differs is recorded, nothing is lost.

    What is no longer so ends in transaction time at ``at``, and what is new begins then. What the first definitions say
    has always been known.

    Raises:
        WarehouseError: a unit that has reported is no longer in the list.
    """
    _refuse_lost_units(connection, register)
    _put(
        connection,
        t.form,
        [{column.name: getattr(form, column.name) for column in t.form.c} for form in forms.values()],
    )
    _put(
        connection,
        t.unit,
        [{column.name: getattr(unit, column.name) for column in t.unit.c} for unit in register.units.values()],
    )
    _record(connection, [(t.unit_version, _versions(register)), (t.obligation, _duties(register, forms))], at)


def _versions(register: Register) -> Rows:
    names = [name for name in (column.name for column in t.unit_version.c) if name not in (*_RECORDED, "successors")]
    return [
        {**{name: getattr(unit, name) for name in names}, "successors": list(unit.successors)}
        for versions in register.versions.values()
        for unit in versions
    ]


def _duties(register: Register, forms: Mapping[str, Form]) -> Rows:
    """What is owed; of two entries that begin on one day the longer one, as a kind and a unit may both be named."""
    longest_last = sorted(register.duties(), key=lambda duty: duty.valid_to or date.max)
    once = {(duty.unit_code, duty.form, duty.valid_from): asdict(duty) for duty in longest_last}
    return [duty for (_, form, _), duty in once.items() if form in forms]


def _record(connection: Connection, wanted: Sequence[tuple[sa.Table, Rows]], at: datetime | None) -> None:
    """End what is no longer so and begin what is new, both at one moment; where nothing differs nothing is written."""
    is_first = connection.execute(sa.select(~sa.exists().select_from(t.unit_version))).scalar_one()
    differing = [(table, *_differences(connection, table, rows)) for table, rows in wanted]
    if not any(gone or new for _, gone, new in differing):
        return
    moment = _ALWAYS if is_first else sa.literal(next_moment(connection, at))
    for table, gone, new in differing:
        _end(connection, table, gone, moment)
        if new:
            connection.execute(sa.insert(table).values(recorded_from=moment), new)


def _differences(connection: Connection, table: sa.Table, rows: Rows) -> tuple[Rows, Rows]:
    """The current rows that are no longer wanted, and the wanted ones that are not current."""
    columns = [column for column in table.c if column.name not in _RECORDED]
    current = connection.execute(sa.select(*columns).where(table.c.recorded_to.is_(None))).mappings().all()
    has, wants = [dict(row) for row in current], [dict(row) for row in rows]
    known, asked = {_content(row) for row in has}, {_content(row) for row in wants}
    return [row for row in has if _content(row) not in asked], [row for row in wants if _content(row) not in known]


def _content(row: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(row.items()))


def _end(connection: Connection, table: sa.Table, gone: Rows, moment: sa.ColumnElement[datetime]) -> None:
    if not gone:
        return
    keys = [column for column in table.primary_key if column.name not in _RECORDED]
    is_gone = [column == sa.bindparam(f"old_{column.name}") for column in keys]
    statement = sa.update(table).where(table.c.recorded_to.is_(None), *is_gone).values(recorded_to=moment)
    connection.execute(statement, [{f"old_{column.name}": row[column.name] for column in keys} for row in gone])


def _refuse_lost_units(connection: Connection, register: Register) -> None:
    reported = sa.select(t.submission.c.unit_code).distinct().subquery()
    lost = sa.select(t.unit.c.code, t.unit.c.name).join(reported, reported.c.unit_code == t.unit.c.code)
    rows = connection.execute(lost.where(t.unit.c.code.not_in(register.units)).order_by(t.unit.c.code)).all()
    if rows:
        names = "、".join(f"{name}（{code}）" for code, name in rows)
        raise WarehouseError(f"下列单位已有报送，不能从 units.toml 里删去，请恢复并写明 valid_to：{names}")


def _put(connection: Connection, table: sa.Table, rows: Rows) -> None:
    statement = insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed), list(rows)
    )

"""The register of units, the forms and who owes which, in the warehouse as they stand in the definitions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from schemas.form import Form
from schemas.unit import Register
from warehouse import tables as t
from warehouse.errors import WarehouseError


def sync_register(connection: Connection, register: Register, forms: Mapping[str, Form]) -> None:
    """Bring ``core.unit``, ``core.form`` and ``core.obligation`` in step with the definitions.

    Raises:
        WarehouseError: a unit that has reported is no longer in the list.
    """
    _refuse_lost_units(connection, register)
    connection.execute(sa.delete(t.obligation))
    connection.execute(sa.delete(t.unit).where(t.unit.c.code.not_in(register.units)))
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
    if duties := _duties(register, forms):
        connection.execute(sa.insert(t.obligation), duties)


def _duties(register: Register, forms: Mapping[str, Form]) -> list[dict[str, Any]]:
    """What is owed; of two entries that begin on one day the longer one, as a kind and a unit may both be named."""
    longest_last = sorted(register.duties(), key=lambda duty: duty.valid_to or date.max)
    once = {(duty.unit_code, duty.form, duty.valid_from): asdict(duty) for duty in longest_last}
    return [duty for (_, form, _), duty in once.items() if form in forms]


def _refuse_lost_units(connection: Connection, register: Register) -> None:
    reported = sa.select(t.submission.c.unit_code).distinct().subquery()
    lost = sa.select(t.unit.c.code, t.unit.c.name).join(reported, reported.c.unit_code == t.unit.c.code)
    rows = connection.execute(lost.where(t.unit.c.code.not_in(register.units)).order_by(t.unit.c.code)).all()
    if rows:
        names = "、".join(f"{name}（{code}）" for code, name in rows)
        raise WarehouseError(f"下列单位已有报送，不能从 units.toml 里删去，请恢复并写明 valid_to：{names}")


def _put(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    statement = insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed), list(rows)
    )

"""What a unit need not type again: the hazards that it has open, and the state of things that it reported last."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from schemas.form import Form, Table
from warehouse.forget import without_forgotten
from warehouse.form_views import VIEW_SCHEMA
from warehouse.scripts import query
from warehouse.seal import opened

Rows = Mapping[str, list[Mapping[str, object]]]
_CLOSED = "closed"


def rows_to_begin_with(engine: Engine, form: Form, unit_code: str, month: date) -> Rows:
    """The rows with which a unit's tables of a month begin, by table, as they were in the month that it last reported.

    Of a ledger what was still open, of a snapshot all that was in force; of other tables nothing. They are the unit's
    own, with its names and phones: nobody else may see them.
    """
    kept = [table for table in form.tables.values() if table.grain in ("ledger", "snapshot")]
    with engine.connect() as connection:
        return {table.id: _rows(connection, form, table, unit_code, month) for table in kept}


def _rows(connection: Connection, form: Form, table: Table, unit_code: str, month: date) -> list[Mapping[str, object]]:
    asked = {"form": form.id, "table_id": table.id, "unit_code": unit_code, "month": month}
    last = connection.execute(query("last_month_said"), asked).scalar_one()
    name = table.id if table.grain == "ledger" else f"{table.id}_in_force"
    order = ("source_id", "unit_code", "month")
    view = sa.table(name, *map(sa.column, (*order, *table.columns)), schema=VIEW_SCHEMA)
    rows = sa.select(*(view.c[column] for column in table.columns)).order_by(view.c.source_id)
    rows = rows.where(view.c.unit_code == unit_code, view.c.month == last)
    if table.grain == "ledger":
        rows = rows.where(view.c.status != _CLOSED)
    return [without_forgotten(opened(table, dict(row))) for row in connection.execute(rows).mappings()]

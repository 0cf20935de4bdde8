"""The tables of the forms, made from the form definitions. They only grow.

A new form or column is added when the warehouse is opened. Whatever would lose or change data is refused,
all or nothing.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import Operations, ops
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateSchema
from sqlalchemy.types import TypeEngine

from schemas.form import Column, Form, Table, tables
from warehouse.errors import WarehouseError

Definitions = Mapping[str, tuple[Form, Table]]

DATA_SCHEMA = "form_data"
# A sheet of .xlsx has 2^20 rows: a source_id of submission_id and 21 bits of row leads back to its cells.
ROW_BITS = 21
_KEY_INDEX = "ix_{}_key"
_NEAR_INDEX = "ix_{}_near"
# Where and when the rules look for the same thing under another number.
_NEAR: Mapping[str, tuple[str, ...]] = {
    "accident": ("town_code", "occurred_at"),
    "incident": ("town_code", "occurred_at"),
    "hazard": ("enterprise_name", "found_on"),
    "training": ("ended_on",),
    "drill": ("held_on",),
    "publicity": ("held_on",),
}
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "text": sa.Text(),
    "code": sa.Text(),
    "codes": ARRAY(sa.Text),
    "date": sa.Date(),
    "datetime": sa.DateTime(),
    "integer": sa.BigInteger(),
    "yes_no": sa.Boolean(),
    "unit": sa.Text(),
    "place": sa.Text(),
    "credit_code": sa.Text(),
}


@functools.cache
def stored_tables() -> Mapping[str, sa.Table]:
    """The tables of schema ``form_data`` by the id of the form's table, as the forms of this program define them."""
    return {table.name: table for table in form_metadata(tables()).tables.values()}


def form_metadata(definitions: Definitions) -> sa.MetaData:
    """The tables of schema ``form_data``, one for each table of a form."""
    metadata = sa.MetaData(schema=DATA_SCHEMA)
    for table_id, (form, table) in definitions.items():
        sa.Table(
            table_id,
            metadata,
            sa.Column("submission_id", sa.BigInteger, primary_key=True, autoincrement=False, comment="所属报送"),
            sa.Column("source_row", sa.Integer, primary_key=True, autoincrement=False, comment="工作表中的行号"),
            *(sa.Column(name, column_type(column), comment=_comment(column)) for name, column in table.columns.items()),
            sa.CheckConstraint(f"source_row BETWEEN 1 AND {2**ROW_BITS - 1}", name=f"ck_{table_id}_source_row"),
            *_indexes(table),
            comment=f"{form.code} {table.title}",
        )
    return metadata


def _indexes(table: Table) -> list[sa.Index]:
    """Things that are reported again, or by others, are found by their number, or by where and when they happened."""
    key = table.key[:1] if table.grain != "month" else ()
    wanted = {_KEY_INDEX: key, _NEAR_INDEX: _NEAR.get(table.id, ())}
    return [sa.Index(name.format(table.id), *columns) for name, columns in wanted.items() if columns]


def column_type(column: Column) -> TypeEngine[Any]:
    """The PostgreSQL type of a column of a form."""
    return sa.Numeric(16, column.decimals) if column.type == "amount" else _TYPES[column.type]


def _comment(column: Column) -> str:
    unit = f"（{column.unit}）" if column.unit else ""
    return f"{column.label}{unit}{'【敏感】' if column.sensitive else ''}"


def sync_form_tables(connection: Connection, definitions: Definitions) -> None:
    """Bring the form tables in step with the definitions by adding tables, columns, comments and indexes.

    Raises:
        WarehouseError: a definition drops, renames or retypes a column; nothing was changed.
    """
    connection.execute(CreateSchema(DATA_SCHEMA, if_not_exists=True))
    context = MigrationContext.configure(
        connection, opts={"include_schemas": True, "include_name": _is_ours, "compare_type": True}
    )
    found = produce_migrations(context, form_metadata(definitions)).upgrade_ops
    steps = list(_flat(found.ops if found else []))
    if refusals := [reason for step in steps for reason in _refusals(step)]:
        raise WarehouseError("报表定义与数据仓库不符，什么也没有改动：\n" + "\n".join(refusals))
    operations = Operations(context)
    for step in steps:
        if isinstance(step, ops.AlterColumnOp):
            # Autogenerate says it of every key, and the operation warns that only MySQL knows it.
            step.kw.pop("autoincrement", None)
        operations.invoke(step)


def _is_ours(name: str | None, kind: str, parents: Mapping[str, str | None]) -> bool:
    if kind == "index":
        # An index that an administrator made is not ours to drop.
        return name in [ours.format(parents.get("table_name")) for ours in (_KEY_INDEX, _NEAR_INDEX)]
    return name == DATA_SCHEMA if kind == "schema" else True


def _flat(steps: Iterable[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    for step in steps:
        if isinstance(step, ops.OpContainer):
            yield from _flat(step.ops)
        else:
            yield step


def _refusals(step: ops.MigrateOperation) -> list[str]:
    """Why a step would not only add; empty when it only adds."""
    match step:
        case ops.CreateTableOp() | ops.CreateTableCommentOp() | ops.DropTableCommentOp():
            return []
        case ops.CreateIndexOp() | ops.DropIndexOp():
            return []
        case ops.AddColumnOp() if step.column.nullable:
            return []
        case ops.AlterColumnOp() if step.modify_type is None and step.modify_nullable is None:
            return []
        case ops.AlterColumnOp():
            now = f"{step.table_name}.{step.column_name} 现为 {step.existing_type}，定义成了 {step.modify_type}"
            return [f"{now}：请改回原来的 type 和 decimals，或另取列名作为新列"]
        case ops.DropColumnOp():
            lost = f"{step.table_name}.{step.column_name} 已有数据，定义里却没有了"
            return [f"{lost}：请在 schemas/forms 里恢复这一列；只是改叫法的，请改 label 和 aliases，不要改列名"]
        case ops.DropTableOp():
            return [f"表 {step.table_name} 已有数据，定义里却没有了：请在 schemas/forms 里恢复它"]
        case _:
            return [f"{type(step).__name__}：只能增加表和列，请写一个 Alembic 迁移"]

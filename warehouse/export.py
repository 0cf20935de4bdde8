"""Whole tables and views of schema ``mart``, batch by batch: however many rows there are, few are here at once."""

import difflib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from warehouse.dictionary import Field, Relation, read_dictionary
from warehouse.errors import WarehouseError
from warehouse.scripts import query

Row = Sequence[Any]
BATCH_ROWS = 5_000
SCHEMA = "mart"
# What is handed on as it is; a column of any other type, such as jsonb, as the text that the database writes for it.
PLAIN = frozenset(
    {
        *("text", "boolean", "smallint", "integer", "bigint", "numeric", "double precision", "date"),
        *("timestamp with time zone", "timestamp without time zone", "text[]"),
    }
)


@dataclass(frozen=True)
class Extract:
    """One table or view, open for reading.

    Each row has a value for each of ``fields``, None for NULL: decimals as Decimal, moments with their zone, arrays as
    lists. Rows are in the order of their columns, so that the same content gives the same file.
    """

    relation: Relation
    connection: Connection

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns; the ``type`` of one is that of ``PLAIN``, else text."""
        return tuple(
            Field(field.name, kind if (kind := _kind(field)) in PLAIN else "text", field.comment)
            for field in self.relation.fields
        )

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return self.connection.execute(sa.select(sa.func.count()).select_from(self._table)).scalar_one()

    def batches(self) -> Iterator[Sequence[Row]]:
        """All rows, some at a time, from a cursor of the server."""
        given = [
            column if _kind(field) in PLAIN else sa.cast(column, sa.Text).label(field.name)
            for field, column in zip(self.relation.fields, self._table.c, strict=True)
        ]
        statement = sa.select(*given).order_by(*(sa.literal_column(str(place + 1)) for place in range(len(given))))
        streamed = self.connection.execution_options(yield_per=BATCH_ROWS).execute(statement)
        yield from streamed.partitions()

    def larger_than(self, digits: int, decimals: int) -> frozenset[str]:
        """The numeric columns with a value of more digits before the point, or of more decimals, than these."""
        numeric = [self._table.c[field.name] for field in self.fields if field.type == "numeric"]
        bound = sa.literal(10) ** sa.cast(digits, sa.Numeric)
        found = [sa.func.bool_or((sa.func.abs(each) >= bound) | (sa.func.scale(each) > decimals)) for each in numeric]
        row = self.connection.execute(sa.select(*found)).one() if found else ()
        return frozenset(column.name for column, is_larger in zip(numeric, row, strict=True) if is_larger)

    @cached_property
    def _table(self) -> sa.TableClause:
        return sa.table(self.relation.name, *(sa.column(f.name) for f in self.relation.fields), schema=SCHEMA)


@contextmanager
def open_extract(engine: Engine, name: str) -> Iterator[Extract]:
    """A table or view of the mart, as the reader may read it, in one reading transaction.

    Args:
        engine: the warehouse.
        name: of the table or view, with ``mart.`` before it or without.

    Raises:
        WarehouseError: there is none with this name; the message lists those that there are.
    """
    wanted = name.strip().removeprefix(f"{SCHEMA}.")
    known = {relation.name: relation for relation in read_dictionary(engine)}
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with reading.connect() as connection:
        names = sorted(known.keys() & set(connection.execute(query("readable")).scalars()))
        if wanted not in names:
            raise WarehouseError(_unknown(name, wanted, names))
        yield Extract(known[wanted], connection)


def _unknown(name: str, wanted: str, names: Sequence[str]) -> str:
    if not names:
        return "没有可导出的表：请先运行 huizong run；用只读账号的，请管理员执行 huizong warehouse grant-reader"
    near = difflib.get_close_matches(wanted, names, n=1)
    return f"mart 里没有「{name}」{f'（是否为「{near[0]}」）' if near else ''}，可导出的有：{'、'.join(names)}"


def _kind(field: Field) -> str:
    """The type without its length or its digits: numeric(12,2) is numeric."""
    return re.sub(r"\([\d,]+\)", "", field.type)

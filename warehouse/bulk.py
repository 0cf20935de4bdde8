"""Whole frames into tables by binary COPY, and blocks of ids for them."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeEngine

from warehouse.errors import WarehouseError
from warehouse.scripts import query

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


def new_ids(connection: Connection, column: sa.Column[int], count: int) -> list[int]:
    """As many new ids of an identity column, ascending, in one query."""
    found = query("new_ids")
    table = f"{column.table.schema}.{column.table.name}"
    return list(connection.execute(found, {"table_name": table, "id_column": column.name, "wanted": count}).scalars())


def copy_frame(connection: Connection, table: sa.Table, frame: pd.DataFrame) -> int:
    """Append a frame, whose columns are named as the table's, and give the number of its rows.

    Amounts go as decimals, as they were written. A character that PostgreSQL cannot store (a zero byte, half of a
    surrogate pair in a file's name) becomes the replacement character: the night must not end for it.

    Raises:
        WarehouseError: a row breaks a constraint or a type, which validation should have reported; no data is named.
    """
    columns = [table.c[name] for name in frame.columns]
    values = [_plain(frame[column.name], column) for column in columns]
    try:
        _copy(connection, columns, values)
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        # What PostgreSQL adds to the first line quotes the row, and with it names and numbers of people.
        reason = error.diag.message_primary or type(error).__name__
        raise WarehouseError(f"写入 {table.fullname} 失败，本批全部撤回：{reason}") from None
    return len(frame)


def _copy(connection: Connection, columns: Sequence[sa.Column[Any]], values: Sequence[Sequence[Any]]) -> None:
    driver: psycopg.Connection[Any] | None = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(_copy_statement(connection.dialect, columns)) as copy:
        copy.set_types([_type_name(column, connection.dialect) for column in columns])
        for row in zip(*values, strict=True):
            copy.write_row(row)


def storable(texts: Sequence[str | None]) -> list[str | None]:
    """The same texts with what PostgreSQL cannot store replaced."""
    if _can_be_stored("".join(text for text in texts if text)):
        return list(texts)
    return [text and _NOT_STORABLE.sub("\ufffd", text) for text in texts]


def _can_be_stored(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _copy_statement(dialect: sa.Dialect, columns: Sequence[sa.Column[Any]]) -> bytes:
    quoted = dialect.identifier_preparer
    names = ", ".join(quoted.quote(column.name) for column in columns)
    return f"COPY {quoted.format_table(columns[0].table)} ({names}) FROM STDIN (FORMAT BINARY)".encode()


def _type_name(column: sa.Column[Any], dialect: sa.Dialect) -> str:
    """The type without its precision: binary COPY asks for the type, the column rounds to its own scale."""
    return str(column.type.compile(dialect)).lower().partition("(")[0]


def _plain(values: pd.Series, column: sa.Column[Any]) -> list[Any]:
    plain = values.astype(object).where(values.notna(), None).tolist()
    convert = next((each for kind, each in _CONVERTERS.items() if isinstance(column.type, kind)), list)
    return convert(plain)


def _decimals(numbers: Sequence[float | None]) -> list[Decimal | None]:
    return [None if number is None else Decimal(str(number)) for number in numbers]


_CONVERTERS: Mapping[type[TypeEngine[Any]], Callable[[Any], list[Any]]] = {sa.Numeric: _decimals, sa.Text: storable}

"""Parquet with the types of the database: decimals stay decimals, days days, moments moments."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from tasks.aside import OutputError
from warehouse.export import Extract

_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "boolean": pa.bool_(),
    "smallint": pa.int16(),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "double precision": pa.float64(),
    "date": pa.date32(),
    "timestamp with time zone": pa.timestamp("us", tz="Asia/Shanghai"),
    "timestamp without time zone": pa.timestamp("us"),
    "text[]": pa.list_(pa.string()),
}
# Digits and decimals: every program reads the first; the second is for the rare column that needs more.
_USUAL, _WIDE = (38, 20), (76, 38)


def write(extract: Extract, path: Path) -> int:
    """Writes the rows with their types, and what the dictionary says of each column; gives how many.

    Raises:
        OutputError: a number has more digits than the format can hold.
    """
    schema = _schema(extract)
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in extract.batches():
            columns = zip(*batch, strict=True)
            arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema))
            count += len(batch)
    return count


def _schema(extract: Extract) -> pa.Schema:
    large = extract.larger_than(_USUAL[0] - _USUAL[1], _USUAL[1])
    if large and (too_large := extract.larger_than(_WIDE[0] - _WIDE[1], _WIDE[1])):
        names = "、".join(sorted(too_large))
        raise OutputError(f"列 {names} 有的数超出 Parquet 的十进制位数（整数 38 位、小数 38 位），请改用 .csv")
    decimals = {name: pa.decimal256(*_WIDE) for name in large}
    return pa.schema(
        pa.field(
            field.name,
            decimals.get(field.name, pa.decimal128(*_USUAL)) if field.type == "numeric" else _TYPES[field.type],
            metadata={"comment": field.comment},
        )
        for field in extract.fields
    )

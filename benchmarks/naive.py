"""The naive way: pandas with openpyxl, pandera and to_sql, file by file. ``python -m benchmarks.naive INBOX URL``.

It finds the headings and the types of our forms, knows none of their rules, and keeps no issues: a table that pandera
refuses is left out.
"""

import sys
from pathlib import Path
from typing import Literal

import pandas as pd
import pandera.errors
import pandera.pandas as pa
import sqlalchemy as sa

from benchmarks.measured import Measured
from schemas.form import Table, tables
from tasks.headings import match_heading
from warehouse.engine import open_engine

_TYPES = {"integer": "Int64", "amount": "Float64", "date": "datetime64[us]", "datetime": "datetime64[us]"}
_FEWEST = 3


def main(inbox: Path, url: str) -> None:
    """Read, validate and store one file after the other."""
    measured, engine = Measured(), open_engine(url)
    schemas = {table_id: _schema(table) for table_id, (_, table) in tables().items()}
    with measured.stage("file by file"):
        for path in sorted(inbox.rglob("*.*")):
            for grid in _grids(path):
                table_id, rows = _table(grid)
                try:
                    valid = schemas[table_id].validate(rows, lazy=True) if table_id else None
                except pandera.errors.SchemaErrors:
                    continue
                if valid is not None:
                    measured.rows += len(valid)
                    _store(valid, table_id, engine)
    measured.say()


def _grids(path: Path) -> list[pd.DataFrame]:
    if path.suffix == ".csv":
        encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "gb18030"
        return [pd.read_csv(path, header=None, dtype=object, encoding=encoding)]
    engine: Literal["openpyxl", "xlrd"] = "openpyxl" if path.suffix == ".xlsx" else "xlrd"
    return list(pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine=engine).values())


def _table(grid: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The table whose headings stand in one of the first ten rows, and what stands below under its field names."""
    best: tuple[int, int, str, dict[int, str]] = (0, 0, "", {})
    for number, row in enumerate(grid.head(10).itertuples(index=False)):
        for table_id in tables():
            fields = {
                place: match.fields[0]
                for place, text in enumerate(row)
                if isinstance(text, str) and (match := match_heading(table_id, (text,))).fields
            }
            best = max(best, (len(set(fields.values())), number, table_id, fields), key=lambda each: each[0])
    known, number, table_id, fields = best
    if known < _FEWEST:
        return "", grid
    rows = grid.iloc[number + 1 :][list(fields)].rename(columns=fields).dropna(thresh=_FEWEST)
    return table_id, rows.loc[:, ~rows.columns.duplicated()]


def _schema(table: Table) -> pa.DataFrameSchema:
    columns = {
        name: pa.Column(_TYPES.get(column.type, str), nullable=True, coerce=True, required=False)
        for name, column in table.columns.items()
    }
    return pa.DataFrameSchema(columns)


def _store(rows: pd.DataFrame, table_id: str, engine: sa.Engine) -> None:
    known = sa.inspect(engine).get_columns(table_id) if sa.inspect(engine).has_table(table_id) else None
    kept = [name for name in rows if known is None or name in {column["name"] for column in known}]
    rows[kept].to_sql(table_id, engine, if_exists="append", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

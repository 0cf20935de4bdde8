"""The floor: python-calamine parses every file, one COPY takes the raw rows. ``python -m benchmarks.floor INBOX URL``.

A file of text, which calamine does not read, is read by ``csv``.
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
import python_calamine

from benchmarks.measured import Measured
from warehouse.engine import open_engine

_WIDEST = 40
Cells = Sequence[object]


def main(inbox: Path, url: str) -> None:
    """Parse, then copy."""
    measured, rows = Measured(), list[Cells]()
    with measured.stage("parse"):
        for path in sorted(inbox.rglob("*.*")):
            rows += _csv(path) if path.suffix == ".csv" else _sheets(path.read_bytes())
    measured.rows = len(rows)
    names = ", ".join(f"c{number}" for number in range(_WIDEST))
    with open_engine(url).begin() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        driver.execute(f"CREATE TABLE raw ({names.replace(',', ' text,')} text)".encode())
        with measured.stage("copy"), driver.cursor().copy(f"COPY raw ({names}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row([*(None if cell == "" else str(cell) for cell in row), *[None] * (_WIDEST - len(row))])
    measured.say()


def _sheets(content: bytes) -> Iterator[Cells]:
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        for name in book.sheet_names:
            yield from book.get_sheet_by_name(name).to_python()


def _csv(path: Path) -> Iterator[Cells]:
    content = path.read_bytes()
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")
    return iter(csv.reader(io.StringIO(text)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

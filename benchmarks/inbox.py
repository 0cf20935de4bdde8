"""An inbox of N workbooks over all forms from a seed, about 5 % of them with errors: what the benchmarks run on.

The sheets are typed as in the demo: heads, headings, spellings and file types vary by unit and form.
"""

import itertools
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from benchmarks.rows import rows_of
from flows.demo.layout import sheets_of
from flows.demo.report import Report, Row
from flows.demo.styles import style_of
from flows.demo.writers import write
from schemas.calendar import SHANGHAI
from schemas.form import load_forms
from schemas.period import add_months
from schemas.unit import Register, load_register

FIRST_MONTH = date(2021, 1, 1)
_WRONG_PCT = 5
_SEED = 20_261_128


def township_list(count: int) -> str:
    """The text of a ``units.toml`` with that many further townships, made up."""
    entries = (
        f'[[units]]\ncode = "{350_000_000 + number}"\nname = "示例{number}镇"\nkind = "town"\nparent = "340404"\n'
        for number in range(count)
    )
    return "\n".join(["# 示例数据（synthetic）：以下乡镇均为虚构，只供性能测试使用。", *entries])


def reports(
    count: int, rows: int, own_units: str | None = None, first: date = FIRST_MONTH, every: slice = slice(None)
) -> Iterator[Report]:
    """That many reports, month by month, of every unit that owes the form, of about ``rows`` rows; ``every`` picks."""
    register = load_register(own_units)
    owed = itertools.islice(((month, duty) for month in _months(first) for duty in register.duties()), count)
    for number, (month, duty) in itertools.islice(enumerate(owed), every.start, every.stop, every.step):
        tables = load_forms()[duty.form].tables
        each = -(-rows // len(tables))
        made = {table: rows_of(table, duty.unit_code, month, each, register) for table in tables}
        report = Report(duty.unit_code, duty.form, month, made)
        chance = random.Random(f"{_SEED}-{number}")  # noqa: S311 -- a seed that gives the same files again
        yield _spoilt(report, chance) if chance.randrange(100) < _WRONG_PCT else report


def write_inbox(folder: Path, count: int, rows: int = 30, own_units: str | None = None) -> None:
    """Write the workbooks below a folder, on all processors."""
    parts = os.cpu_count() or 1
    with ProcessPoolExecutor(parts) as pool:
        list(pool.map(partial(_write_part, folder, count, rows, own_units, parts), range(parts)))


def _write_part(folder: Path, count: int, rows: int, own_units: str | None, parts: int, part: int) -> None:
    """Every so-many-th of the workbooks."""
    register = load_register(own_units)
    for report in reports(count, rows, own_units, every=slice(part, None, parts)):
        write_report(folder, report, register)


def write_report(folder: Path, report: Report, register: Register) -> Path:
    """The workbook of a report below a folder, as of the fifth of the next month."""
    style = style_of(report)
    ending = ".csv" if style.file.startswith("csv") else f".{style.file}"
    unit = register.units[report.unit_code]
    name = f"{report.unit_code}_{report.form.code}_{report.month:%Y%m}_v{report.version}{ending}"
    path = folder / unit.name / f"{report.month:%Y-%m}" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write(sheets_of(report, style, register), style.file))
    due = add_months(report.month, 1)
    arrived = datetime(due.year, due.month, 5, 9, tzinfo=SHANGHAI).timestamp()
    os.utime(path, (arrived, arrived))
    return path


def _months(first: date) -> Iterator[date]:
    return (add_months(first, step) for step in itertools.count())


def _spoilt(report: Report, chance: random.Random) -> Report:
    """The report with one cell that is none of its column's."""
    table_id, rows = chance.choice([(table, rows) for table, rows in report.rows.items() if rows])
    place = chance.randrange(len(rows))
    typed = ("integer", "amount", "date", "datetime", "code")
    columns = report.form.tables[table_id].columns
    field = chance.choice([name for name in rows[place] if columns[name].type in typed])
    wrong: Row = {**rows[place], field: "待定"}
    return replace(report, rows={**report.rows, table_id: (*rows[:place], wrong, *rows[place + 1 :])})

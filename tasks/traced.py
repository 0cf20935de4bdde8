"""The rows behind a number in words: who reported them, and what stands in which cell."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from schemas.form import Column, tables
from schemas.period import Period, add_months
from schemas.unit import Register

if TYPE_CHECKING:
    # The database is not needed to say what it gave.
    from warehouse.trace_rows import TraceRow


def unit_name(row: "TraceRow", period: Period, register: Register) -> str:
    """The name in the month of the report; of a row that nobody reported, at the end of the period."""
    if row.unit_code not in register.units:
        return row.unit_code
    day = date.fromisoformat(f"{row.month}-01") if row.month else add_months(period.end_on, -1)
    return register.at(row.unit_code, day).name


def cells_text(row: "TraceRow", wanted: Collection[str] | None = None) -> str:
    """The filled cells of a row as the sender knows them: 死亡人数 O3=1; those of the ``wanted`` columns, or all."""
    if row.form is None or not row.cells:
        return ""
    columns = tables()[row.form][1].columns
    names = [name for name in row.values if wanted is None or name in wanted]
    filled = {name: row.values[name] for name in names if name in row.cells and row.values[name] is not None}
    return "，".join(
        f"{columns[name].label} {row.cells[name]}{row.row}={value_text(value, columns[name])}"
        for name, value in filled.items()
    )


def value_text(value: object, column: Column) -> str:
    """What stands in a filled cell of a column, codes by their names."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value_text(part, column) for part in value)
    labels = column.codes.get(str(value))
    return labels[0] if labels else f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)

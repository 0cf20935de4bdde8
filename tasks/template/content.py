"""What a template says: the items of its cover, and for each table of the form headings, notes, checks and rows."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.form import Column, Form, Table
from schemas.unit import Register
from tasks.template.choices import choices
from tasks.template.cover import CoverItem, cover_items
from tasks.template.limits import Limit, limit_of
from tasks.template.notes import demand, heading, manual, note
from tasks.template.values import CellValue, cell_of
from tasks.template.version import version_of

# The rows with which tables begin, by table: values by column, as the warehouse has them.
Rows = Mapping[str, Sequence[Mapping[str, object]]]
_WIDEST, _NARROWEST = 17, 7.5
_WIDTHS = {"date": 11, "datetime": 16}


@dataclass(frozen=True)
class TemplateColumn:
    """A column: ``width`` in characters, ``manual`` the lines that say how it is filled in."""

    field: str
    type: str
    heading: str
    note: str
    demand: str
    manual: tuple[str, ...]
    limit: Limit | None
    width: float
    is_required: bool


@dataclass(frozen=True)
class TemplateTable:
    """A sheet; ``rows`` are in the order of the columns."""

    id: str
    sheet: str
    title: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True)
class Template:
    """A whole workbook."""

    form_code: str
    title: str
    version: str
    cover: tuple[CoverItem, ...]
    tables: tuple[TemplateTable, ...]


@dataclass(frozen=True)
class Filing:
    """Whose template it is and of which month, as far as that is known."""

    unit_code: str | None = None
    month: date | None = None


def template_of(form: Form, register: Register, filing: Filing, rows: Rows | None = None) -> Template:
    """The template of a form.

    Args:
        form: whose tables it has.
        register: the units that cells may name.
        filing: what its head is filled in with.
        rows: what its tables begin with: the unit's own rows, names and phones among them, so that the workbook may
            be handed to that unit alone.
    """
    known = rows or {}
    tables = [_table(table, register, filing.month, known.get(table.id, ())) for table in form.tables.values()]
    unit = register.at(filing.unit_code, filing.month or date.max) if filing.unit_code else None
    return Template(
        form_code=form.code,
        title=form.title,
        version=version_of(form),
        cover=cover_items(form, unit, filing.month),
        tables=tuple(tables),
    )


def file_name(form: Form, filing: Filing) -> str:
    """``340404004_F05_202103_v1.xlsx`` where unit and month are known; else with the title, since a person chooses."""
    month = f"{filing.month:%Y%m}" if filing.month else None
    last = "v1" if filing.unit_code and month else form.title
    return "_".join(part for part in (filing.unit_code, form.code, month, last) if part) + ".xlsx"


def _table(table: Table, register: Register, month: date | None, rows: Sequence[Mapping[str, object]]) -> TemplateTable:
    columns = [_column(table, name, register, month) for name in table.columns]
    cells = [tuple(cell_of(row.get(name), column, register) for name, column in table.columns.items()) for row in rows]
    return TemplateTable(table.id, table.sheets[0], table.title, tuple(columns), tuple(cells))


def _column(table: Table, name: str, register: Register, month: date | None) -> TemplateColumn:
    column = table.columns[name]
    listed = choices(table, name, register, month)
    return TemplateColumn(
        field=name,
        type=column.type,
        heading=heading(column),
        note=note(column, listed),
        demand=demand(column),
        manual=tuple(manual(column, listed)),
        limit=limit_of(column, listed),
        width=_width(column),
        is_required=column.required,
    )


def _width(column: Column) -> float:
    """As wide as its example, and half as wide as its heading: both are wrapped, so that a page may hold them all."""
    fit = max(display_width(column.example or "") + 1, display_width(column.label) / 2 + 3)
    return _WIDTHS.get(column.type, min(max(fit, _NARROWEST), _WIDEST))


def display_width(text: str) -> int:
    """How many Latin letters wide a text is; Chinese characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)

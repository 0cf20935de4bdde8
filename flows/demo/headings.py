"""The heading row as people have it: which columns, in which order, under which of the names that a form allows."""

from collections.abc import Sequence

from flows.demo.draw import choose, draw, happens
from flows.demo.report import Report, Row
from flows.demo.styles import Style
from schemas.form import Column, Table
from schemas.text import heading_key

_LONG = 6


def shown_fields(report: Report, table: Table, style: Style) -> list[str]:
    """The fields that the sheet has, in its order; the key stands first."""
    rows = report.rows.get(table.id, ())
    fields = [
        name
        for name, column in table.columns.items()
        if name not in report.left_out and (style.has_all_columns or _is_needed(name, column, rows))
    ]
    if style.has_other_order:
        fields.sort(key=lambda name: (name not in table.key[:1], draw(1000, report.unit_code, table.id, name)))
    return fields


def _is_needed(name: str, column: Column, rows: Sequence[Row]) -> bool:
    return column.required or column.expected or any(row.get(name) is not None for row in rows)


def headings(report: Report, table: Table, fields: Sequence[str], style: Style) -> list[str]:
    """The texts of the headings; those in a group or in another unit are given."""
    names, quirks = _unambiguous_aliases(table), report.quirks
    given = {name: text for group in quirks.groups.values() for name, text in group.items()}
    given |= {name: f"{table.columns[name].label}（{unit}）" for name, unit in quirks.units.items() if name in fields}
    return [
        given.get(name) or _heading(table.columns[name], names[name], style, (report.unit_code, table.id, name))
        for name in fields
    ]


def group_above(report: Report, fields: Sequence[str]) -> list[str | None]:
    """The text of the group above each column, in the first of its columns; None elsewhere."""
    first = {next(iter(group)): text for text, group in report.quirks.groups.items()}
    return [first.get(name) for name in fields]


def _unambiguous_aliases(table: Table) -> dict[str, list[str]]:
    """The aliases of each column that no other column has as its label or alias."""
    owners: dict[str, set[str]] = {}
    for name, column in table.columns.items():
        for text in (column.label, *column.aliases):
            owners.setdefault(heading_key(text), set()).add(name)
    return {
        name: [alias for alias in column.aliases if len(owners[heading_key(alias)]) == 1]
        for name, column in table.columns.items()
    }


def _heading(column: Column, aliases: Sequence[str], style: Style, key: tuple[str, ...]) -> str:
    text = choose(aliases, *key) if aliases and style.has_aliases and happens(50, *key, "alias") else column.label
    if style.has_line_breaks and len(text) >= _LONG:
        text = f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}"
    if style.has_units and column.unit and not text.endswith("）") and column.unit not in text:
        text = f"{text}（{column.unit}）" if happens(70, *key, "bracket") else f"{text}({column.unit})"
    return f"{text}（必填）" if style.has_required_marks and column.required else text

"""The page that describes every form, made from the definitions: ``docs/forms.md``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.form import CodeList, Column, Form, Rule, Span, Table
from schemas.unit import Obligation, Unit

_GRAINS = {
    "event": "rows of the month; without any: 零报告",
    "ledger": "rows of the month and all that is still open; without any: 零报告",
    "month": "a row a month or group of it, zeros are written; no 零报告",
    "snapshot": "the state of things; unchanged since last month: 无变化, never 零报告",
}
_TYPES = {
    "text": "text",
    "code": "one of",
    "codes": "any of",
    "date": "date",
    "datetime": "date and time",
    "integer": "whole number",
    "amount": "number",
    "yes_no": "是/否",
    "unit": "unit, by name or code",
    "place": "place, by code or name",
    "credit_code": "credit code (GB 32100-2015)",
}


def forms_page(
    forms: Iterable[Form], lists: Mapping[str, CodeList], obligations: Sequence[Obligation], units: Mapping[str, Unit]
) -> str:
    """The page in Markdown, the forms in the order of their numbers."""
    ordered = sorted(forms, key=lambda form: form.code)
    lines = [
        "# Forms",
        "",
        "Made by `make docs` from the files of `schemas/forms` and `schemas/codes` and from `schemas/units.toml`; a",
        "test fails when it is not current. **E**: blank is an error, **W**: blank is a warning. Headings are compared",
        "after folding full-width forms, blanks and line breaks; they match as a whole or not at all.",
        "",
        *(f"- [{form.code} {form.title}](#{form.id.replace('_', '-')})" for form in ordered),
    ]
    for form in ordered:
        lines += ["", *_form(form, _filers(form, obligations, units))]
    lines += ["", "## Shared code lists", "", "| list | in `schemas/codes` | source |", "|---|---|---|"]
    lines += [row((each.title, f"`{name}.toml`", each.source)) for name, each in sorted(lists.items())]
    return "\n".join(lines) + "\n"


def _filers(form: Form, obligations: Sequence[Obligation], units: Mapping[str, Unit]) -> list[str]:
    return [
        unit.name
        for code, unit in units.items()
        if any(owed.form == form.id and (code in owed.units or unit.kind in owed.kinds) for owed in obligations)
    ]


def _form(form: Form, filers: Sequence[str]) -> Iterator[str]:
    yield f'<a id="{form.id.replace("_", "-")}"></a>'
    yield ""
    yield f"## {form.code} {form.title} (`{form.id}`)"
    yield ""
    yield f"Due on working day {form.due_workday} of the next month, 17:30. Filed by: {'、'.join(filers) or '—'}."
    for table in form.tables.values():
        yield ""
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.title} (`form.{table.id}`)"
    yield ""
    allowed = (
        "; a sheet without rows is right too" if table.may_be_empty and table.grain not in ("event", "ledger") else ""
    )
    yield f"{_GRAINS[table.grain].capitalize()}{allowed}. Key: {_listed(table, table.key) or 'the unit and the month'}."
    if table.reads_hidden:
        yield "Rows that a filter hides are read."
    if table.forbidden:
        yield f"Must not have: {'、'.join(table.forbidden)}."
    yield from (
        "",
        "| column | field | type | blank | unit | other headings | example |",
        "|---|---|---|---|---|---|---|",
    )
    yield from (row(_column(name, column)) for name, column in table.columns.items())
    yield from _codes(table)
    if table.rules:
        yield from ("", "| rule | column | what is said |", "|---|---|---|")
        yield from (row((rule.code, table.columns[rule.column].label, rule.message)) for rule in _ordered(table))


def _ordered(table: Table) -> list[Rule]:
    return sorted(table.rules, key=lambda rule: (rule.code[2:], rule.code))


def _column(name: str, column: Column) -> tuple[str, ...]:
    blank = "E" if column.required else "W" if column.expected else ""
    units = column.unit or ""
    if column.other_units:
        units += f" (also {'、'.join(column.other_units)})"
    secret = " *sensitive*" if column.sensitive else ""
    secret += " *sealed*" if column.at_rest == "sealed" else ""
    return (
        column.label,
        f"`{name}`{secret}",
        _type(column),
        blank,
        units,
        "、".join(column.aliases),
        column.example or "",
    )


def _type(column: Column) -> str:
    parts = [_TYPES[column.type]]
    low, high = column.minimum, column.maximum
    if low is not None or high is not None:
        parts.append(f"{'' if low is None else f'{low:g}'}–{'' if high is None else f'{high:g}'}")
    if column.type == "amount":
        parts.append(f"{column.decimals} decimals")
    if column.max_length:
        parts.append(f"at most {column.max_length} characters")
    if column.pattern:
        parts.append(column.pattern_hint or f"`{column.pattern}`")
    return ", ".join(parts)


def _codes(table: Table) -> Iterator[str]:
    for name, column in table.columns.items():
        if column.codes:
            yield ""
            dated = f" (in force on the day of {table.columns[column.dated_by].label})" if column.dated_by else ""
            entries = (_code(code, names, column.valid.get(code, ())) for code, names in column.codes.items())
            yield f"**{column.label}** `{name}`{dated}: {'; '.join(entries)}."


def _code(code: str, names: Sequence[str], valid: Sequence[Span]) -> str:
    spans = "、".join(f"{span.start or '…'} to before {span.end or '…'}" for span in valid)
    return f"`{code}` {'/'.join(names)}" + (f" [{spans}]" if spans else "")


def _listed(table: Table, names: Sequence[str]) -> str:
    return "、".join(table.columns[name].label for name in names)


def row(cells: Sequence[str]) -> str:
    """A row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

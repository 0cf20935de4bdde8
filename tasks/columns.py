"""The columns of a table on a sheet: which field each one is, and what is wrong with headings and merged cells."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from schemas.form import Table, tables
from schemas.issue import Issue, column_letter
from schemas.text import heading_key, normalise
from tasks.headings import NUMBERING, Heading, Stack, match_heading, suggestion
from tasks.workbook import Row, Sheet

_MEASURES = ("integer", "amount")


class Remark(NamedTuple):
    """What is wrong with one heading."""

    place: int
    code: str
    field: str | None
    value: str
    hint: str


@dataclass(frozen=True)
class Columns:
    """The columns below a heading: the first of each field, the unit that its heading names, and every heading."""

    fields: Mapping[str, int]
    units: Mapping[str, str]
    headings: Mapping[int, Heading]
    numbering: frozenset[int]
    remarks: tuple[Remark, ...]


@functools.lru_cache(maxsize=1_024)
def read_columns(table_id: str, stacks: tuple[tuple[int, Stack], ...]) -> Columns:
    """The columns of a table from the stacks of texts above them; 序号 is no column.

    Most reports of a form have the same headings: what they mean is told once.
    """
    table = tables()[table_id][1]
    numbering = frozenset(place for place, stack in stacks if heading_key(stack[-1]) in NUMBERING)
    headings = {place: match_heading(table_id, stack) for place, stack in stacks if place not in numbering}
    fields: dict[str, int] = {}
    units: dict[str, str] = {}
    for place, heading in headings.items():
        if len(heading.fields) != 1 or heading.fields[0] in fields or _is_in_another_unit(table, heading):
            continue
        fields[heading.fields[0]] = place
        if heading.unit:
            units[heading.fields[0]] = heading.unit
    texts = {place: "".join(dict.fromkeys(normalise(text) for text in stack)) for place, stack in stacks}
    remarks = (
        Remark(place, *wrong)
        for place, heading in headings.items()
        for wrong in _of_heading(fields, table, place, texts[place], heading)
    )
    return Columns(fields, units, headings, numbering, tuple(remarks))


def _is_in_another_unit(table: Table, heading: Heading) -> bool:
    """Whether the heading names a unit from which the form does not convert."""
    return heading.unit is not None and heading.unit not in table.columns[heading.fields[0]].other_units


def issues_of_columns(
    columns: Columns, sheet: Sheet, table: Table, header_row: int, data_rows: Sequence[int], area: range
) -> list[Issue]:
    """What is wrong with the headings, and which columns are not read, each at its place in the sheet."""
    found = [
        Issue(each.code, sheet.name, header_row + 1, column_letter(each.place), each.field, each.value, each.hint)
        for each in columns.remarks
    ]
    found += [
        Issue("W-HEAD-08", sheet.name, header_row + 1, column_letter(place), name, table.columns[name].label)
        for name, place in columns.fields.items()
        if place in sheet.hidden_columns
    ]
    return [*found, *_without_heading(columns, sheet, data_rows, area), *_absent(columns, sheet, table, header_row)]


def _of_heading(
    fields: Mapping[str, int], table: Table, place: int, text: str, heading: Heading
) -> Iterator[tuple[str, str | None, str, str]]:
    """Code, field, value and hint of what is wrong with one heading."""
    if heading_key(text) in map(heading_key, table.forbidden):
        yield "E-HEAD-06", None, text, ""
    elif not heading.fields:
        near = suggestion(table.id, text)
        yield ("W-HEAD-03", None, text, f"，是否应为「{near}」") if near else ("I-HEAD-03", None, text, "")
    elif len(heading.fields) > 1:
        yield "E-HEAD-07", None, text, "」「".join(table.columns[name].label for name in heading.fields)
    else:
        (name,) = heading.fields
        column = table.columns[name]
        if _is_in_another_unit(table, heading):
            yield "E-HEAD-05", name, text, column.unit or ""
        elif fields[name] != place:
            yield (
                "E-HEAD-02",
                name,
                column.label,
                f"（{column_letter(fields[name])} 列和 {column_letter(place)} 列）",
            )
        elif heading.unit:
            yield "I-HEAD-05", name, text, f"{heading.unit}换算成{column.unit}"


def _without_heading(columns: Columns, sheet: Sheet, data_rows: Sequence[int], area: range) -> Iterator[Issue]:
    """Columns that hold more than running numbers beside the rows, but have no heading."""
    for place in sorted(set(area) - set(columns.headings) - columns.numbering):
        texts = {text for number in data_rows if (text := normalise(_at(sheet.rows, number, place) or ""))}
        if any(not text.isdigit() for text in texts):
            yield Issue("I-HEAD-09", sheet.name, None, column_letter(place))


def _absent(columns: Columns, sheet: Sheet, table: Table, header_row: int) -> Iterator[Issue]:
    """Columns that the form asks for and no heading claims, however doubtfully."""
    claimed = {name for heading in columns.headings.values() for name in heading.fields}
    for name, column in table.columns.items():
        if name not in claimed and (column.required or column.expected):
            code = "E-HEAD-01" if column.required else "W-HEAD-04"
            yield Issue(code, sheet.name, header_row + 1, None, name, column.label)


def fill_merged(
    sheet: Sheet, table: Table, fields: Mapping[str, int], data_rows: Sequence[int]
) -> tuple[Sheet, list[Issue]]:
    """The sheet in which a cell merged over rows of data stands in each of them, and what there is to say of it.

    A measure cannot be shared out: a number that was counted once a row is the classic error (domain rule N12).
    """
    merges = [each for each in sheet.merged if data_rows and data_rows[0] <= each.top < each.bottom]
    if not merges:
        return sheet, []
    names = {place: name for name, place in fields.items()}
    rows, issues = list(sheet.rows), list[Issue]()
    for merge in merges:
        covered = [number for number in data_rows if merge.top < number <= merge.bottom]
        text = _at(rows, merge.top, merge.left)
        if merge.left not in names or not covered or text is None or merge.top not in data_rows:
            continue
        name = names[merge.left]
        is_measure = table.columns[name].type in _MEASURES
        code = "E-ROW-01" if is_measure else "I-ROW-01"
        hint = f"第 {merge.top + 1} 至 {merge.bottom + 1} 行"
        value = None if table.columns[name].sensitive else text
        issues.append(Issue(code, sheet.name, merge.top + 1, column_letter(merge.left), name, value, hint))
        for number in covered:
            rows[number] = _with(rows[number], merge.left, text)
    return replace(sheet, rows=rows), issues


def _with(row: Row, place: int, text: str) -> Row:
    longer = [*row, *[None] * (place + 1 - len(row))]
    return [*longer[:place], text, *longer[place + 1 :]]


def _at(rows: Sequence[Row], number: int, place: int) -> str | None:
    return rows[number][place] if number < len(rows) and place < len(rows[number]) else None

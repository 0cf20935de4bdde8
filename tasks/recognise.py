"""A sheet to a block: which table it is, which column is which field, which rows are data. Headings decide."""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.form import Form, Table, tables
from schemas.issue import Issue, column_letter
from schemas.text import heading_key, normalise, split_unit_note, squeeze
from tasks.workbook import Row, Sheet

HEADING_ROWS = 40
_FEWEST_HEADINGS = 3
_GRAND_TOTALS = frozenset({"合计", "总计", "共计"})
_TOTALS = frozenset({"小计", "累计"}) | _GRAND_TOTALS
_NOTHING = frozenset({"无", "零报告", "本月零报告", "本月无", "无数据", "本月无数据", "零", "-", "—", "/", "0"})
_NUMBERING = frozenset({"序号", "No", "NO", "No."})
_FOOTER = re.compile(r"(注|说明|备注|填报人|填表人|审核人|单位负责人|负责人|联系电话|报出日期|填报日期|制表人?)\d?\s*:")
_EXAMPLE = re.compile(r"示例|例\s*:|填写示例")


@dataclass(frozen=True)
class Block:
    """A table found on a sheet. Rows and columns are 0-based; ``fields`` maps a field to its column."""

    form: Form
    table: Table
    sheet: Sheet
    header_row: int
    fields: Mapping[str, int]
    data_rows: tuple[int, ...]
    total_rows: tuple[int, ...]
    says_nothing: bool
    issues: tuple[Issue, ...]

    @property
    def head_rows(self) -> list[Row]:
        """What stands above the headings, and the notes below the table."""
        last = max((*self.data_rows, *self.total_rows, self.header_row))
        return self.sheet.rows[: self.header_row] + self.sheet.rows[last + 1 :]

    def letters(self) -> dict[str, str]:
        """The letter of each field's column."""
        return {name: column_letter(place) for name, place in self.fields.items()}


def find_block(sheet: Sheet, form_code: str | None = None) -> Block | None:
    """The table of a sheet, or None when no row reads like the headings of a form.

    The row with the most known headings wins; between equals the form that the cover or the title names.
    """
    named = squeeze("".join(cell or "" for row in sheet.rows[:3] for cell in row)) + squeeze(sheet.name)
    best: tuple[tuple[int, bool], int, str] | None = None
    for number, row in enumerate(sheet.rows[:HEADING_ROWS]):
        keys = {heading_key(cell) for cell in row if cell}
        if len(keys) < _FEWEST_HEADINGS:
            continue
        for table_id, (form, table) in tables().items():
            known = len({field for key in keys if (field := _field(table_id, key))})
            rank = (known, form.code == form_code or squeeze(table.title) in named)
            if known >= max(_FEWEST_HEADINGS, len(keys) // 3) and (best is None or rank > best[0]):
                best = (rank, number, table_id)
    return _block(sheet, best[1], best[2]) if best else None


def _block(sheet: Sheet, header_row: int, table_id: str) -> Block:
    form, table = tables()[table_id]
    fields, issues = _match_headings(sheet, header_row, table)
    kinds = _kinds_of_rows(sheet, header_row, set(fields.values()))
    rows = {kind: tuple(number for number, found in kinds.items() if found == kind) for kind in ("data", "total")}
    says_nothing = "nothing" in kinds.values()
    return Block(form, table, sheet, header_row, fields, rows["data"], rows["total"], says_nothing, tuple(issues))


@functools.cache
def _headings(table_id: str) -> Mapping[str, str]:
    """Every spelling of every heading of a table, with its field; labels stand before aliases."""
    columns = tables()[table_id][1].columns
    labels = {heading_key(column.label): name for name, column in columns.items()}
    aliases = {heading_key(alias): name for name, column in columns.items() for alias in column.aliases}
    return {**aliases, **labels}


def _field(table_id: str, key: str) -> str | None:
    """The field of a heading: as it stands, or without the column's own unit in brackets (死亡人数（人）)."""
    if field := _headings(table_id).get(key):
        return field
    bare, note = split_unit_note(key)
    field = _headings(table_id).get(bare) if note else None
    return field if field and note == tables()[table_id][1].columns[field].unit else None


def _match_headings(sheet: Sheet, header_row: int, table: Table) -> tuple[dict[str, int], list[Issue]]:
    fields: dict[str, int] = {}
    issues: list[Issue] = []
    for place, cell in enumerate(sheet.rows[header_row]):
        key = heading_key(cell) if cell else ""
        if not key or key in _NUMBERING:
            continue
        field, letter = _field(table.id, key), column_letter(place)
        if field is None:
            hint = _suggestion(key, table)
            issues.append(Issue("W-HEAD-03", sheet.name, header_row + 1, letter, None, normalise(cell or ""), hint))
        elif field in fields:
            label = table.columns[field].label
            issues.append(Issue("E-HEAD-02", sheet.name, header_row + 1, letter, field, label))
        else:
            fields[field] = place
    absent = {name: column for name, column in table.columns.items() if name not in fields}
    issues += [
        Issue("E-HEAD-01" if column.required else "W-HEAD-04", sheet.name, header_row + 1, None, name, column.label)
        for name, column in absent.items()
        if column.required or column.expected
    ]
    return fields, issues


def _suggestion(key: str, table: Table) -> str:
    near = difflib.get_close_matches(key, [column.label for column in table.columns.values()], n=1)
    return f"，是否应为「{near[0]}」" if near else ""


def _kinds_of_rows(sheet: Sheet, header_row: int, places: set[int]) -> dict[int, str]:
    """What each row below the headings is: data, total, nothing (无) or note; blank and repeated headings are none."""
    heading = sheet.rows[header_row]
    kinds = {}
    for number in range(header_row + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if row != heading and (kind := _kind_of_row(row, places)):
            kinds[number] = kind
    return kinds


def _kind_of_row(row: Row, places: set[int]) -> str | None:
    texts = [cell for cell in row if cell and not cell.isspace()]
    if not texts:
        return None
    first = normalise(texts[0])
    filled = [cell for place, cell in enumerate(row) if place in places and cell and not cell.isspace()]
    if _FOOTER.match(first):
        return "note"
    if any(squeeze(text) in _TOTALS for text in texts[:3]):
        return "total" if any(squeeze(text) in _GRAND_TOTALS for text in texts[:3]) else "subtotal"
    if _EXAMPLE.match(first):
        return "note"
    if not filled:
        return "nothing" if any(squeeze(text) in _NOTHING for text in texts if not text.isdigit()) else None
    return "nothing" if all(squeeze(text) in _NOTHING for text in filled) else "data"

"""A sheet to blocks: which tables stand on it, which column is which field, which rows are data. Headings decide."""

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.form import Form, Table, tables
from schemas.issue import Issue, column_letter
from tasks.around import head_rows, head_start, issues_of_rows
from tasks.candidates import Headings, find_candidates, first_row_of_groups, stacks_of, with_merged_headings
from tasks.columns import fill_merged, issues_of_columns, read_columns
from tasks.headings import Stack
from tasks.lines import Area, Total, classify, totals_of
from tasks.workbook import Row, Sheet

Texts = tuple[str | None, ...]


@dataclass(frozen=True)
class Block:
    """A table found on a sheet. Rows and columns are 0-based.

    ``sheet`` has the rows with merged cells filled in, ``header_row`` is the last row of the headings, ``fields`` maps
    a field to its column and ``units`` to the unit of measure that its heading names instead of its own. ``state`` is
    data, zero (no rows) or unchanged (it says so). ``title_rows`` are what stands above the table on its sheet,
    ``head_rows`` what stands around it.
    """

    form: Form
    table: Table
    sheet: Sheet
    header_row: int
    fields: Mapping[str, int]
    units: Mapping[str, str]
    data_rows: tuple[int, ...]
    totals: tuple[Total, ...]
    state: str
    title_rows: tuple[Row, ...]
    head_rows: tuple[Row, ...]
    issues: tuple[Issue, ...]

    @functools.cached_property
    def columns(self) -> dict[str, Texts]:
        """The texts of the rows of data by field."""
        return self.columns_of(self.data_rows)

    def columns_of(self, numbers: Sequence[int]) -> dict[str, Texts]:
        """The texts of some rows by field; None where a cell is empty."""
        columns = list(itertools.zip_longest(*[self.sheet.rows[number] for number in numbers]))
        blank = (None,) * len(numbers)
        return {name: columns[place] if place < len(columns) else blank for name, place in self.fields.items()}

    def letters(self) -> dict[str, str]:
        """The letter of each field's column."""
        return {name: column_letter(place) for name, place in self.fields.items()}


@dataclass(frozen=True)
class Found:
    """The blocks of a sheet in the order in which they stand, and what is wrong with the sheet as a whole."""

    blocks: tuple[Block, ...]
    issues: tuple[Issue, ...] = ()


def find_blocks(sheet: Sheet, form_code: str | None = None) -> Found:
    """The tables of a sheet; none when no row reads like the headings of a form.

    The rows with the most known headings win; between equals the form that the cover or the title names, then the one
    whose required columns are there. Two forms that remain equal are an error of the sheet.
    """
    filled = with_merged_headings(sheet)
    candidates = sorted(find_candidates(sheet, filled, form_code), key=lambda each: each.rank, reverse=True)
    chosen: list[Headings] = []
    issues: list[Issue] = []
    for each in candidates:
        if any(each.overlaps(other) or each.continues(other) for other in chosen):
            continue
        rivals = [other for other in candidates if other.rank == each.rank and other.overlaps(each)]
        if names := {tables()[other.table_id][1].title for other in rivals if other.table_id != each.table_id}:
            both = "」「".join(sorted({tables()[each.table_id][1].title, *names}))
            issues.append(Issue("E-FILE-10", sheet.name, each.bottom + 1, value=both))
        chosen.append(each)
    chosen = [replace(each, top=first_row_of_groups(sheet, each, candidates)) for each in chosen]
    kept, repeated = _split_repeats(sorted(chosen, key=lambda each: (each.top, min(each.stacks))), sheet)
    return Found(tuple(_block(sheet, filled, each, kept, repeated) for each in kept), tuple(issues))


def _split_repeats(ordered: Sequence[Headings], sheet: Sheet) -> tuple[list[Headings], frozenset[int]]:
    """Headings of tables, and the rows of those that a page break repeats: the same texts again without a new head."""
    kept: list[Headings] = []
    repeated: set[int] = set()
    for each in ordered:
        same = [other for other in kept if other.table_id == each.table_id and other.stacks == each.stacks]
        if same and head_start(sheet, each.top, same[-1].bottom + 1) == each.top:
            repeated.update(range(each.top, each.bottom + 1))
        else:
            kept.append(each)
    return kept, frozenset(repeated)


def _block(
    sheet: Sheet, filled: Sequence[Row], headings: Headings, every: Sequence[Headings], repeated: frozenset[int]
) -> Block:
    form, table = tables()[headings.table_id]
    stacks, right = _own_columns(sheet, filled, headings, every)
    columns = read_columns(table.id, tuple(stacks.items()))
    first = headings.bottom + 1
    end = min(
        (head_start(sheet, other.top, first) for other in every if other.top > headings.bottom), default=len(sheet.rows)
    )
    area = Area(table, range(first, end), min(stacks), right, columns.fields)
    hidden = frozenset() if table.reads_hidden else sheet.hidden_rows
    kinds = classify(sheet.rows, area, repeated | hidden)
    data_rows = tuple(number for number, kind in kinds.items() if kind == "data")
    filled_in, of_merges = fill_merged(sheet, table, columns.fields, data_rows)
    of_columns = issues_of_columns(columns, sheet, table, headings.bottom, data_rows, range(min(stacks), right + 1))
    above = head_rows(sheet, headings.top, every[0].top)
    last = max((number for number, kind in kinds.items() if kind != "note"), default=headings.bottom)
    return Block(
        form=form,
        table=table,
        sheet=filled_in,
        header_row=headings.bottom,
        fields=columns.fields,
        units=columns.units,
        data_rows=data_rows,
        totals=tuple(totals_of(kinds, first)),
        state="data" if data_rows else "unchanged" if "unchanged" in kinds.values() else "zero",
        title_rows=tuple(above),
        head_rows=(*above, *sheet.rows[last + 1 : end]),
        issues=(*of_columns, *of_merges, *issues_of_rows(sheet, area, kinds)),
    )


def _own_columns(
    sheet: Sheet, filled: Sequence[Row], headings: Headings, every: Sequence[Headings]
) -> tuple[Mapping[int, Stack], int]:
    """The heading texts that belong to a table, and its rightmost column: up to the next table beside it."""
    beside = [each for each in every if each is not headings and each.overlaps_rows(headings)]
    right_of = [min(each.stacks) for each in beside if min(each.stacks) > min(headings.stacks)]
    right = min(right_of, default=max(map(len, sheet.rows))) - 1
    taken = {place for each in beside for place in each.stacks}
    whole = stacks_of(tuple(tuple(row) for row in filled[headings.top : headings.bottom + 1]))
    left = min(headings.stacks) if any(min(each.stacks) < min(headings.stacks) for each in beside) else 0
    own = {place: stack for place, stack in whole.items() if left <= place <= right and place not in taken}
    return own, right

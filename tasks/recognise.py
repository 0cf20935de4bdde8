"""A sheet to blocks: which tables stand on it, which column is which field, which rows are data. Headings decide."""

import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from schemas.form import Form, Table, tables
from schemas.issue import Issue, column_letter
from schemas.text import squeeze
from tasks.around import head_rows, head_start, issues_of_rows
from tasks.columns import fill_merged, issues_of_columns, read_columns
from tasks.headings import Stack, match_heading, tables_knowing
from tasks.lines import Area, Total, classify, totals_of
from tasks.workbook import Row, Sheet

FEWEST_HEADINGS = 3
_DEEPEST = 3
_ROWS_OF_TITLE = 4
_LONGEST = 40


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

    def letters(self) -> dict[str, str]:
        """The letter of each field's column."""
        return {name: column_letter(place) for name, place in self.fields.items()}


@dataclass(frozen=True)
class Headings:
    """A heading of some rows over some columns, as it would be read for a table; ``rank`` tells better from worse."""

    table_id: str
    top: int
    bottom: int
    stacks: Mapping[int, Stack] = field(repr=False)
    known: int
    rank: tuple[int, ...]

    def overlaps_rows(self, other: "Headings") -> bool:
        """Whether both claim a row."""
        return self.top <= other.bottom and other.top <= self.bottom

    def overlaps(self, other: "Headings") -> bool:
        """Whether both claim a row of the same columns."""
        return self.overlaps_rows(other) and bool(self.stacks.keys() & other.stacks.keys())


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
    candidates = sorted(_candidates(sheet, form_code), key=lambda each: each.rank, reverse=True)
    chosen: list[Headings] = []
    issues: list[Issue] = []
    for each in candidates:
        if any(each.overlaps(other) for other in chosen):
            continue
        rivals = [other for other in candidates if other.rank == each.rank and other.overlaps(each)]
        if names := {tables()[other.table_id][1].title for other in rivals if other.table_id != each.table_id}:
            both = "」「".join(sorted({tables()[each.table_id][1].title, *names}))
            issues.append(Issue("E-FILE-10", sheet.name, each.bottom + 1, value=both))
        chosen.append(each)
    kept, repeated = _split_repeats(sorted(chosen, key=lambda each: (each.top, min(each.stacks))), sheet)
    return Found(tuple(_block(sheet, each, kept, repeated) for each in kept), tuple(issues))


def _candidates(sheet: Sheet, form_code: str | None) -> Iterator[Headings]:
    """Every way to read some rows of the sheet as headings."""
    filled = _with_merged_headings(sheet)
    for number in range(len(filled)):
        if _is_of_numbers(filled[number]):
            continue
        counts = Counter(owner for cell in set(filled[number]) if cell for owner in tables_knowing(cell))
        likely = [table_id for table_id, count in counts.items() if count >= 2]
        if not likely:
            continue
        for top, bottom in _windows(filled, number):
            title = squeeze(
                "".join(cell or "" for row in sheet.rows[max(top - _ROWS_OF_TITLE, 0) : top] for cell in row)
            )
            for stacks in _runs(filled, top, bottom):
                yield from _readings(stacks, (top, bottom), likely, title + squeeze(sheet.name), form_code)


def _windows(filled: Sequence[Row], number: int) -> Iterator[tuple[int, int]]:
    """Up to three rows among which the row is and that all may be of headings."""
    for depth in range(1, _DEEPEST + 1):
        for top in range(max(number - depth + 1, 0), number + 1):
            rows = range(top, min(top + depth, len(filled)))
            if len(rows) == depth and all(other == number or _may_be_heading(filled[other]) for other in rows):
                yield top, top + depth - 1


def _is_of_numbers(row: Row) -> bool:
    """Whether a third of the cells are numbers or dates; told first, since most rows of most sheets are."""
    texts = [cell for cell in row if cell]
    return sum(text[0].isdigit() for text in texts) * 3 >= max(len(texts), 1)


def _may_be_heading(row: Row) -> bool:
    """Headings are short words; numbers and dates are data."""
    texts = [cell for cell in row if cell]
    return bool(texts) and not any(text[0].isdigit() or len(text) > _LONGEST for text in texts)


def _runs(filled: Sequence[Row], top: int, bottom: int) -> list[dict[int, Stack]]:
    """The stacks of the whole width, and of each run of columns between columns without a heading."""
    stacks = _stacks(tuple(tuple(row) for row in filled[top : bottom + 1]))
    places = sorted(stacks)
    edges = [0, *(n for n in range(1, len(places)) if places[n] > places[n - 1] + 1), len(places)]
    parts = [{place: stacks[place] for place in places[a:b]} for a, b in itertools.pairwise(edges)]
    long = [part for part in parts if len(part) >= FEWEST_HEADINGS]
    return [stacks, *long] if len(long) > 1 else [stacks]


@functools.lru_cache(maxsize=4_096)
def _stacks(rows: tuple[tuple[str | None, ...], ...]) -> dict[int, Stack]:
    """The texts above each column, the outermost first; columns without any are left out."""
    width = max(map(len, rows), default=0)
    stacks = {
        place: tuple(row[place] or "" for row in rows if place < len(row) and (row[place] or "").strip())
        for place in range(width)
    }
    return {place: stack for place, stack in stacks.items() if stack}


def _readings(
    stacks: Mapping[int, Stack], rows: tuple[int, int], likely: Sequence[str], title: str, form_code: str | None
) -> Iterator[Headings]:
    for table_id in likely:
        known, fit = _fit(table_id, tuple(stacks.values()))
        if known < max(FEWEST_HEADINGS, len(stacks) // 3):
            continue
        form, table = tables()[table_id]
        is_named = form.code == form_code or squeeze(table.title) in title
        rank = (known, is_named, *fit, rows[0] - rows[1])
        yield Headings(table_id, *rows, stacks, known, rank)


@functools.lru_cache(maxsize=16_384)
def _fit(table_id: str, stacks: tuple[Stack, ...]) -> tuple[int, tuple[int, ...]]:
    """How many fields are known, and how well the texts fit: few of them unused, many used, few columns lacking."""
    columns = tables()[table_id][1].columns
    matches = [match_heading(table_id, stack) for stack in stacks]
    fields = {name for match in matches for name in match.fields[:1]}
    used = sum(match.covers for match in matches)
    unused = sum(len(stack) for stack in stacks) - used
    lacking = sum(column.required for name, column in columns.items() if name not in fields)
    return len(fields), (-unused, used, -lacking)


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


def _with_merged_headings(sheet: Sheet) -> list[Row]:
    """The rows with the text of a merged cell in every cell that it covers, if it is not higher than headings are."""
    rows = [list(row) for row in sheet.rows]
    for merge in sheet.merged:
        if merge.bottom - merge.top >= _DEEPEST or merge.bottom >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        text = rows[merge.top][merge.left]
        for number in range(merge.top, merge.bottom + 1):
            row = rows[number]
            row.extend([None] * (merge.right + 1 - len(row)))
            row[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
    return rows


def _block(sheet: Sheet, headings: Headings, every: Sequence[Headings], repeated: frozenset[int]) -> Block:
    form, table = tables()[headings.table_id]
    stacks, right = _own_columns(sheet, headings, every)
    columns = read_columns(table, stacks)
    first = headings.bottom + 1
    end = min(
        (head_start(sheet, other.top, first) for other in every if other.top > headings.bottom), default=len(sheet.rows)
    )
    area = Area(table, range(first, end), min(stacks), right, columns.fields)
    hidden = frozenset() if table.reads_hidden else sheet.hidden_rows
    kinds = classify(sheet.rows, area, repeated | hidden)
    data_rows = tuple(number for number, kind in kinds.items() if kind == "data")
    rows, of_merges = fill_merged(sheet, table, columns.fields, data_rows)
    of_columns = issues_of_columns(columns, sheet, table, headings.bottom, data_rows, range(min(stacks), right + 1))
    above = head_rows(sheet, headings.top, every[0].top)
    last = max((number for number, kind in kinds.items() if kind != "note"), default=headings.bottom)
    return Block(
        form=form,
        table=table,
        sheet=replace(sheet, rows=rows),
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


def _own_columns(sheet: Sheet, headings: Headings, every: Sequence[Headings]) -> tuple[Mapping[int, Stack], int]:
    """The heading texts that belong to a table, and its rightmost column: up to the next table beside it."""
    beside = [each for each in every if each is not headings and each.overlaps_rows(headings)]
    right_of = [min(each.stacks) for each in beside if min(each.stacks) > min(headings.stacks)]
    right = min(right_of, default=max(map(len, sheet.rows))) - 1
    taken = {place for each in beside for place in each.stacks}
    filled = _with_merged_headings(sheet)
    whole = _stacks(tuple(tuple(row) for row in filled[headings.top : headings.bottom + 1]))
    left = min(headings.stacks) if any(min(each.stacks) < min(headings.stacks) for each in beside) else 0
    own = {place: stack for place, stack in whole.items() if left <= place <= right and place not in taken}
    return own, right

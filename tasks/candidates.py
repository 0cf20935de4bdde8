"""Ways to read rows of a sheet as the headings of a table, each with a rank that tells better from worse."""

import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.form import tables
from schemas.text import heading_key, squeeze
from tasks.head import pairs
from tasks.headings import Stack, hopeless_characters, match_heading, may_be_group, tables_knowing
from tasks.workbook import Row, Sheet

FEWEST_HEADINGS = 3
_DEEPEST = 3
_ROWS_OF_TITLE = 6
_LONGEST = 40


@dataclass(frozen=True)
class Headings:
    """A heading of some rows over some columns, as it would be read for a table; ``rank`` tells better from worse."""

    table_id: str
    top: int
    bottom: int
    stacks: Mapping[int, Stack] = field(repr=False)
    rank: tuple[int, ...]

    def overlaps_rows(self, other: "Headings") -> bool:
        """Whether both claim a row."""
        return self.top <= other.bottom and other.top <= self.bottom

    def overlaps(self, other: "Headings") -> bool:
        """Whether both claim a row of the same columns."""
        return self.overlaps_rows(other) and bool(self.stacks.keys() & other.stacks.keys())

    def continues(self, other: "Headings") -> bool:
        """Whether it is the same table's heading in the row right above or below: labels merged over both rows."""
        is_beside = self.bottom + 1 == other.top or other.bottom + 1 == self.top
        return is_beside and self.table_id == other.table_id and bool(self.stacks.keys() & other.stacks.keys())


def find_candidates(sheet: Sheet, filled: Sequence[Row], form_code: str | None) -> Iterator[Headings]:
    """Every way to read some rows of the sheet as headings; ``filled`` are those of ``with_merged_headings``."""
    for number, row in enumerate(filled):
        likely = [] if _is_of_numbers(row) else _likely(row)
        if not likely:
            continue
        # The same for every window of a row: none must be better for having a title above it that others take in.
        above = sheet.rows[max(number - _ROWS_OF_TITLE, 0) : number]
        title = squeeze("".join(cell or "" for row in above for cell in row) + sheet.name)
        for top, bottom in _windows(filled, number):
            leaves = _below_titles(filled[top : bottom + 1])
            for stacks in _runs(filled, top, bottom):
                yield from _readings(stacks, leaves, (top, bottom), likely, title, form_code)


def _windows(filled: Sequence[Row], number: int) -> Iterator[tuple[int, int]]:
    """Up to three rows among which the row is and that all may be of headings."""
    for depth in range(1, _DEEPEST + 1):
        for top in range(max(number - depth + 1, 0), number + 1):
            rows = range(top, min(top + depth, len(filled)))
            if len(rows) == depth and all(other == number or _may_be_heading(filled[other]) for other in rows):
                yield top, top + depth - 1


def _is_of_numbers(row: Row) -> bool:
    """Whether a third of the cells are numbers or dates; told first, since most rows of most sheets are."""
    begins_with_digit = [cell[0].isdigit() for cell in row if cell]
    return sum(begins_with_digit) * 3 >= max(len(begins_with_digit), 1)


def _likely(row: Row) -> list[str]:
    """The tables that know two texts of the row."""
    hopeless = hopeless_characters()
    texts = {cell for cell in row if cell and cell[0] not in hopeless}
    owners = [known for text in texts if (known := tables_knowing(text))]
    if len(owners) < 2:
        return []
    counts = Counter(itertools.chain.from_iterable(owners))
    return [table_id for table_id in tables() if counts[table_id] >= 2]


def _may_be_heading(row: Row) -> bool:
    """Headings are short words; numbers and dates are data."""
    texts = [cell for cell in row if cell]
    return bool(texts) and not any(text[0].isdigit() or len(text) > _LONGEST for text in texts)


def _runs(filled: Sequence[Row], top: int, bottom: int) -> list[dict[int, Stack]]:
    """The stacks of the whole width, and of each run of columns between columns without a heading."""
    stacks = stacks_of(tuple(tuple(row) for row in filled[top : bottom + 1]))
    places = sorted(stacks)
    edges = [0, *(n for n in range(1, len(places)) if places[n] > places[n - 1] + 1), len(places)]
    parts = [{place: stacks[place] for place in places[a:b]} for a, b in itertools.pairwise(edges)]
    long = [part for part in parts if len(part) >= FEWEST_HEADINGS]
    return [stacks, *long] if len(long) > 1 else [stacks]


@functools.lru_cache(maxsize=4_096)
def stacks_of(rows: tuple[tuple[str | None, ...], ...]) -> dict[int, Stack]:
    """The texts above each column, the outermost first; columns without any are left out."""
    width = max(map(len, rows), default=0)
    stacks = {
        place: tuple(row[place] or "" for row in rows if place < len(row) and (row[place] or "").strip())
        for place in range(width)
    }
    return {place: stack for place, stack in stacks.items() if stack}


def _below_titles(rows: Sequence[Row]) -> dict[int, Stack]:
    """The stacks below the rows at the top that can only stand unused above headings, as a title does.

    What is left is the same in many files.
    """
    leading = itertools.takewhile(lambda row: not any(cell and may_be_group(cell) for cell in set(row)), rows[:-1])
    start = sum(1 for _ in leading)
    # A title that stands again in the headings is one of their texts.
    if start and _keys(rows[:start]) & _keys(rows[start:]):
        start = 0
    return stacks_of(tuple(tuple(row) for row in rows[start:]))


def _keys(rows: Sequence[Row]) -> set[str]:
    return {heading_key(cell) for row in rows for cell in row if cell}


def _readings(
    stacks: Mapping[int, Stack],
    leaves: Mapping[int, Stack],
    rows: tuple[int, int],
    likely: Sequence[str],
    title: str,
    form_code: str | None,
) -> Iterator[Headings]:
    own = tuple(leaves[place] for place in stacks if place in leaves)
    of_titles = sum(map(len, stacks.values())) - sum(map(len, own))
    for table_id in likely:
        known, (unused, *fit) = _fit(table_id, own)
        if known < max(FEWEST_HEADINGS, len(stacks) // 3):
            continue
        form, table = tables()[table_id]
        is_named = form.code == form_code or squeeze(table.title) in title
        rank = (known, is_named, -unused - of_titles, *fit, rows[0] - rows[1])
        yield Headings(table_id, *rows, stacks, rank)


@functools.lru_cache(maxsize=16_384)
def _fit(table_id: str, stacks: tuple[Stack, ...]) -> tuple[int, tuple[int, ...]]:
    """How many fields are known, and how well the texts fit: how many are unused and used, and few columns lacking."""
    columns = tables()[table_id][1].columns
    matches = [match_heading(table_id, stack) for stack in stacks]
    fields = {name for match in matches for name in match.fields[:1]}
    used = sum(match.covers for match in matches)
    unused = sum(len(stack) for stack in stacks) - used
    lacking = sum(column.required for name, column in columns.items() if name not in fields)
    return len(fields), (unused, used, -lacking)


def with_merged_headings(sheet: Sheet) -> list[Row]:
    """The rows with the text of a merged cell in every cell that it covers, if it is not higher than headings are."""
    rows = list(sheet.rows)
    for merge in sheet.merged:
        if merge.bottom - merge.top >= _DEEPEST or merge.bottom >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        end = max(merge.right + 1, merge.left)
        texts = [rows[merge.top][merge.left]] * (end - merge.left)
        for number in range(merge.top, merge.bottom + 1):
            row = rows[number]
            blanks: Row = [None] * (merge.left - len(row))
            rows[number] = [*row[: merge.left], *blanks, *texts, *row[end:]]
    return rows


def first_row_of_groups(sheet: Sheet, headings: Headings, candidates: Sequence[Headings]) -> int:
    """Where the rows of groups above the leaves begin: labels merged over both, or words merged over columns."""
    top = headings.top
    while top > 0 and headings.bottom - top + 1 < _DEEPEST and _is_of_groups(sheet, top - 1, headings, candidates):
        top -= 1
    return top


def _is_of_groups(sheet: Sheet, number: int, headings: Headings, candidates: Sequence[Headings]) -> bool:
    row = sheet.rows[number]
    if any(each.bottom == number and each.table_id == headings.table_id for each in candidates):
        return True
    is_merged = any(merge.top == number and merge.left < merge.right for merge in sheet.merged)
    return is_merged and len({cell for cell in row if cell}) > 1 and _may_be_heading(row) and not pairs([row])

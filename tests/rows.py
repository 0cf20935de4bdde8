"""Rows of forms, right but for what a test changes, and what is found in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from schemas.form import Column, tables
from schemas.text import normalise
from schemas.unit import Register, load_register
from tasks.assemble import read_batch
from tasks.validate import validate
from tests.workbooks import TODAY, Cell, arrive, grid, xlsx

Changes = Mapping[str, Cell]
_REGISTER = load_register()
# The catalogue's rules reach into 2026: a day after all of them, so that no row lies in the future.
LATER = datetime(2027, 1, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Sheet:
    """A report of one table: what each of its rows says otherwise than the examples of the columns do."""

    rows: tuple[Changes, ...]
    unit: str = "谢三村街道"
    month: str = "2021年3月"


Case = Changes | Sheet
# What breaks a rule, by table and code: one case, or several of which each rule with that code finds one.
Breaks = Mapping[tuple[str, str], Case | Sequence[Case]]
Found = tuple[str, str | None, str]


def example(table_id: str, **changes: Cell) -> dict[str, Cell]:
    """The row of the examples of all columns, with changes."""
    return {**{name: column.example for name, column in tables()[table_id][1].columns.items()}, **changes}


def cases_of(breaks: Case | Sequence[Case]) -> list[Case]:
    """One case or several as a list."""
    return [breaks] if isinstance(breaks, Mapping | Sheet) else list(breaks)


def all_findings(folder: Path, *registries: Breaks) -> dict[tuple[str, str], list[set[Found]]]:
    """What is found in every case of these registries, by table and code; one batch a table."""
    keyed = [(key, case) for registry in registries for key, breaks in registry.items() for case in cases_of(breaks)]
    found: dict[tuple[str, str], list[set[Found]]] = {}
    for table_id in dict.fromkeys(key[0] for key, _ in keyed):
        of_table = [(key, case) for key, case in keyed if key[0] == table_id]
        for (key, _), issues in zip(of_table, findings(folder, table_id, [case for _, case in of_table]), strict=True):
            found.setdefault(key, []).append(issues)
    return found


def findings(folder: Path, table_id: str, cases: Sequence[Case], register: Register | None = None) -> list[set[Found]]:
    """For each case code, field and message of every issue; all cases are read in one batch.

    Every case must be read as a report of its form, else nothing would be found for the wrong reason. Only the other
    table of the form may be missing.
    """
    units = register or load_register()
    files = [
        arrive(folder, _workbook(table_id, case), f"case-{number:04d}.xlsx", LATER) for number, case in enumerate(cases)
    ]
    issues = validate(read_batch(files, units, LATER.date()), units).issues
    found = zip(issues["file_no"], issues["code"], issues["field"], issues["message"], strict=True)
    assert not {code for code in issues["code"] if code.startswith(("E-FILE", "E-COV", "E-HEAD"))} - {"E-COV-25"}
    by_file: list[set[Found]] = [set() for _ in cases]
    for file_no, *finding in found:
        by_file[file_no].add((finding[0], finding[1], finding[2]))
    return by_file


def codes_in(issues: set[Found]) -> set[str]:
    """The codes of issues."""
    return {code for code, _, _ in issues}


def _workbook(table_id: str, case: Case) -> bytes:
    sheet = case if isinstance(case, Sheet) else Sheet((case,))
    rows = [example(table_id, **changes) for changes in sheet.rows]
    head = (f"填报单位：{sheet.unit}", f"所属月份：{sheet.month}")
    return xlsx(**{tables()[table_id][1].sheets[0]: grid(table_id, *rows, head=head)})


def meant(column: Column, text: str) -> object:
    """The value that a text stands for in a column, in its plainest reading."""
    listed = column.in_force(TODAY) if column.dated_by else column
    codes = {name: code for code, names in listed.codes.items() for name in names}
    readings: Mapping[str, Callable[[], object]] = {
        "integer": lambda: int(text),
        "amount": lambda: float(text),
        "date": lambda: date.fromisoformat(text),
        "datetime": lambda: datetime.fromisoformat(text),
        "yes_no": lambda: text in ("是", "有"),
        "code": lambda: codes[text],
        "codes": lambda: [codes[part] for part in text.split("、")],
        "unit": lambda: _REGISTER.find(text),
        "place": lambda: _REGISTER.find(text),
    }
    return readings.get(column.type, lambda: normalise(text))()

"""A table of a form compiled to pandera: typed frames are checked, never coerced.

Each failure is one row, field and code.

Frames have the table's columns in the dtypes of ``cells.dtype_of`` plus ``submission_no``, ``unit_code``,
``unit_level`` and ``month`` (datetime64), and any unique index.
"""

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from schemas.cells import dtype_of
from schemas.form import Column, FormError, Rule, Table
from schemas.rules import ROW_RULES, RULE_KINDS, is_right
from schemas.unit import Register

_SEPARATOR = "|"


def failures(frame: pd.DataFrame, table: Table, register: Register) -> pd.DataFrame:
    """What is wrong with typed rows: ``index`` (of the frame), ``field``, ``code``, ``rule_no`` (-1: a column check).

    All rules are tried, none stops at the first failure.
    """
    try:
        compile_table(table, register).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _tidy(error.failure_cases)
    return pd.DataFrame({"index": [], "field": [], "code": [], "rule_no": []})


def compile_table(table: Table, register: Register) -> pa.DataFrameSchema:
    """The pandera schema of a table.

    Raises:
        FormError: a rule names an unknown kind.
    """
    if unknown := {rule.kind for rule in table.rules} - RULE_KINDS:
        raise FormError(
            f"{table.id}: rules.kind = {sorted(unknown)}: unknown kind; use {', '.join(sorted(RULE_KINDS))}"
        )
    columns = {name: _column_schema(name, column) for name, column in table.columns.items()}
    checks = [_row_check(number, rule, register) for number, rule in enumerate(table.rules) if rule.kind in ROW_RULES]
    return pa.DataFrameSchema(columns, checks=checks, strict=False, coerce=False)


def _column_schema(name: str, column: Column) -> pa.Column:
    checks = [
        pa.Check(test, error=_SEPARATOR.join((code, name, "-1")), ignore_na=ignore_na)
        for code, test, ignore_na in _column_tests(column)
    ]
    return pa.Column(dtype_of(column), checks, nullable=True)


def _column_tests(column: Column) -> list[tuple[str, Callable[[pd.Series], pd.Series], bool]]:
    tests: list[tuple[str, Callable[[pd.Series], pd.Series], bool]] = []
    if column.required or column.expected:
        tests.append(("E-VAL-01" if column.required else "W-VAL-01", lambda cells: cells.notna(), False))
    if column.minimum is not None or column.maximum is not None:
        low = float("-inf") if column.minimum is None else column.minimum
        high = float("inf") if column.maximum is None else column.maximum
        tests.append(("E-VAL-09", lambda cells: cells.between(low, high), True))
    if column.max_length is not None:
        longest = column.max_length
        tests.append(("E-VAL-10", lambda cells: cells.str.len() <= longest, True))
    if column.pattern is not None:
        pattern = column.pattern
        tests.append(("E-VAL-11", lambda cells: cells.astype("string").str.fullmatch(pattern), True))
    return tests


def _row_check(number: int, rule: Rule, register: Register) -> pa.Check:
    def check(frame: pd.DataFrame) -> pd.Series:
        return is_right(frame, rule, register)

    return pa.Check(check, error=_SEPARATOR.join((rule.code, rule.column, str(number))), ignore_na=False)


def _tidy(cases: pd.DataFrame) -> pd.DataFrame:
    """As pandera repeats a failed row check for every column of the frame, one line a row and check is kept."""
    named = cases["check"].astype(str).str.split(_SEPARATOR, regex=False, expand=True)
    if named.shape[1] != 3:
        raise FormError(
            f"schema error outside the rules: {cases[['column', 'check', 'failure_case']].to_dict('records')}"
        )
    tidy = pd.DataFrame({"index": cases["index"], "field": named[1], "code": named[0], "rule_no": named[2]})
    return tidy.dropna().drop_duplicates().astype({"rule_no": int}).reset_index(drop=True)

"""A table of a form compiled to pandera: typed frames are checked, never coerced.

Each failure is one row, field and code.

Frames have the table's columns in the dtypes of ``cells.dtype_of`` plus ``submission_no``, ``unit_code``,
``unit_level`` and ``month`` (datetime64), and any unique index.

Every check answers with the rows that break it alone, all of them False: pandera then keeps the answer as it is, where
from one as long as the frame it would copy the whole of each broken row, and write it out as text.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.cells import dtype_of
from schemas.form import Column, FormError, Rule, Table
from schemas.rules import ROW_RULES, RULE_KINDS, is_right
from schemas.unit import Register

_SEPARATOR = "|"
_Test = Callable[[pd.Series], pd.Series]


def failures(frame: pd.DataFrame, table: Table, register: Register) -> pd.DataFrame:
    """What is wrong with typed rows: ``index`` (of the frame), ``field``, ``code``, ``rule_no`` (-1: a column check).

    All rules are tried, none stops at the first failure; what they find comes before what the column checks find.

    Raises:
        FormError: the frame has not the columns of the table in their types, or a rule cannot judge them.
    """
    try:
        compile_table(table, register).validate(frame, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as error:
        return _lines(error.schema_errors)
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
    columns = {name: pa.Column(dtype_of(column), nullable=True) for name, column in table.columns.items()}
    rules = [_row_check(number, rule, register) for number, rule in enumerate(table.rules) if rule.kind in ROW_RULES]
    cells = [_column_check(name, *test) for name, column in table.columns.items() for test in _column_tests(column)]
    return pa.DataFrameSchema(columns, checks=[*rules, *cells], strict=False, coerce=False)


def _column_tests(column: Column) -> list[tuple[str, _Test]]:
    """What must be so of the cells of a column: of those that are filled, or with a blank code of all."""
    tests: list[tuple[str, _Test]] = []
    if column.required or column.expected:
        tests.append(("E-VAL-01" if column.required else "W-VAL-01", lambda cells: cells.notna()))
    if column.minimum is not None or column.maximum is not None:
        low = float("-inf") if column.minimum is None else column.minimum
        high = float("inf") if column.maximum is None else column.maximum
        tests.append(("E-VAL-09", lambda cells: cells.between(low, high) | cells.isna()))
    if column.max_length is not None:
        longest = column.max_length
        tests.append(("E-VAL-10", lambda cells: ~(cells.str.len() > longest)))
    if column.pattern is not None:
        pattern = column.pattern
        tests.append(("E-VAL-11", lambda cells: cells.dropna().astype("string").str.fullmatch(pattern)))
    return tests


def _column_check(name: str, code: str, test: _Test) -> pa.Check:
    def check(frame: pd.DataFrame) -> pd.Series:
        return _broken(test(frame[name]))

    return pa.Check(check, error=_SEPARATOR.join((code, name, "-1")), ignore_na=False)


def _row_check(number: int, rule: Rule, register: Register) -> pa.Check:
    def check(frame: pd.DataFrame) -> pd.Series:
        return _broken(is_right(frame, rule, register))

    return pa.Check(check, error=_SEPARATOR.join((rule.code, rule.column, str(number))), ignore_na=False)


def _broken(right: pd.Series) -> pd.Series:
    is_right = right.to_numpy(bool)
    return pd.Series(data=False, index=right.index[~is_right], dtype=bool)


def _lines(errors: Sequence[pa.errors.SchemaError]) -> pd.DataFrame:
    """One line a row and check."""
    for error in errors:
        if not isinstance(error.check, pa.Check) or error.check_output is None:
            raise FormError(f"schema error outside the rules: {error.column_name}: {error}")
    named = [str(error.check.error).split(_SEPARATOR) for error in errors]
    counts = [len(error.check_output) for error in errors]
    codes, fields, numbers = (np.repeat(np.array(part, dtype=object), counts) for part in zip(*named, strict=True))
    index = np.concatenate([error.check_output.index for error in errors])
    return pd.DataFrame({"index": index, "field": fields, "code": codes, "rule_no": numbers.astype(int)})

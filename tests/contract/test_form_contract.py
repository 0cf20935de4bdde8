"""What every form definition must hold, whoever adds it."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from schemas.cells import dtype_of
from schemas.compile import compile_table, failures
from schemas.form import Column, Form, Table, code_lists, load_forms, tables
from schemas.rules import ROW_RULES
from schemas.text import heading_key, squeeze
from schemas.unit import load_register
from tests.rows import Breaks, Case, Found, cases_of, example, findings, meant
from tests.unit import test_rules_f01_f03, test_rules_f04_f07, test_rules_f08_f10, test_rules_f11_f14
from tests.workbooks import checked, grid, xlsx

FORMS = [pytest.param(form, id=form_id) for form_id, form in load_forms().items()]
TABLES = [pytest.param(table, id=table_id) for table_id, (_, table) in tables().items()]
BREAKS: Breaks = {
    **test_rules_f01_f03.BREAKS,
    **test_rules_f04_f07.BREAKS,
    **test_rules_f08_f10.BREAKS,
    **test_rules_f11_f14.BREAKS,
}
REGISTER = load_register()


@pytest.mark.parametrize("table", TABLES)
def test_no_label_stands_for_another_column(table: Table) -> None:
    """Two columns may share an alias (日期): the reader then asks which one is meant, and guesses nothing."""
    labels = {heading_key(column.label): name for name, column in table.columns.items()}

    taken = [
        (alias, name)
        for name, column in table.columns.items()
        for alias in column.aliases
        if labels.get(heading_key(alias), name) != name
    ]

    assert len(labels) == len(table.columns)
    assert taken == []


@pytest.mark.parametrize("table", TABLES)
def test_it_compiles_to_pandera_with_a_check_for_every_rule_of_rows(table: Table) -> None:
    schema = compile_table(table, REGISTER)

    assert set(schema.columns) == set(table.columns)
    of_rules = [check.error for check in schema.checks if not str(check.error).endswith("|-1")]
    assert len(of_rules) == sum(rule.kind in ROW_RULES for rule in table.rules)


@pytest.mark.parametrize("table", TABLES)
def test_no_spelling_of_a_code_stands_for_two_codes_on_one_day(table: Table) -> None:
    for column in table.columns.values():
        for day in _turning_days(column):
            spellings = [
                (squeeze(text).upper(), code) for code, names in column.in_force(day).codes.items() for text in names
            ]
            owners: dict[str, set[str]] = {}
            for spelling, code in spellings:
                owners.setdefault(spelling, set()).add(code)
            assert [spelling for spelling, codes in owners.items() if len(codes) > 1] == [], (column.label, day)


def _turning_days(column: Column) -> set[date]:
    """A day in every era of the column's codes."""
    spans = [span for listed in column.valid.values() for span in listed]
    return {date(2021, 1, 1), *(day for span in spans for day in (span.start, span.end) if day)}


@pytest.mark.parametrize("table", TABLES)
def test_names_and_phones_are_marked_as_sensitive(table: Table) -> None:
    personal = {"name", "phone", "leader", "responsible", "verifier"} & set(table.columns)

    assert all(table.columns[name].sensitive for name in personal)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_an_example(table: Table) -> None:
    assert [name for name, column in table.columns.items() if column.example is None] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_examples_of_a_form_are_accepted_without_error_or_warning(tmp_path: Path, form: Form) -> None:
    batch = checked(tmp_path, _examples_of(form))

    assert [tuple(line) for line in batch.issues[["code", "field", "message"]].itertuples(index=False)] == []
    assert list(batch.submissions["status"]) == ["accepted"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_of_the_examples_is_what_they_say(tmp_path: Path, form: Form) -> None:
    batch = checked(tmp_path, _examples_of(form))

    for table in form.tables.values():
        row = batch.tables[table.id].iloc[0]
        read = {name: row[name] for name in table.columns}
        assert read == {name: meant(column, str(column.example)) for name, column in table.columns.items()}


def _examples_of(form: Form) -> bytes:
    """A workbook with a sheet for each table, each with the row of its examples."""
    return xlsx(**{table.sheets[0]: grid(table.id, example(table.id)) for table in form.tables.values()})


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_has_a_row_that_breaks_it_and_one_that_does_not(tmp_path: Path, table: Table) -> None:
    cases = {code: cases_of(case) for (table_id, code), case in BREAKS.items() if table_id == table.id}

    assert set(cases) == {rule.code for rule in table.rules}
    right, *broken = findings(tmp_path, table.id, [{}, *chain.from_iterable(cases.values())])
    assert [found for found in right if found[0] in cases] == []
    for rule in table.rules:
        found = set[Found]().union(*_of_code(rule.code, cases, broken))
        assert any(
            (code, field) == (rule.code, rule.column) and rule.message in message for code, field, message in found
        ), rule


def _of_code(code: str, cases: Mapping[str, list[Case]], broken: list[set[Found]]) -> list[set[Found]]:
    """What was found in the cases of a code."""
    owners = [owner for owner, listed in cases.items() for _ in listed]
    return [found for owner, found in zip(owners, broken, strict=True) if owner == code]


@pytest.mark.parametrize("table", TABLES)
def test_rules_judge_a_sheet_without_values_and_without_a_month(table: Table) -> None:
    columns = {name: pd.Series([None, None], dtype=dtype_of(column)) for name, column in table.columns.items()}
    context = {"submission_no": [0, 0], "unit_code": None, "unit_level": None, "month": pd.Series([pd.NaT, pd.NaT])}
    frame = pd.DataFrame({**columns, **context}).astype({"month": "datetime64[s]"})

    found = failures(frame, table, REGISTER)

    blank = {name for name, column in table.columns.items() if column.required or column.expected}
    assert set(found.loc[found["rule_no"] < 0, "field"]) == blank


def test_shared_lists_of_codes_say_where_they_come_from() -> None:
    assert all(len(listed.source) > 10 for listed in code_lists().values())


def test_the_two_standards_of_accident_types_share_no_code_and_leave_no_day_between_them() -> None:
    listed = code_lists()["accident_type"]
    column = tables()["accident"][1].columns["accident_type"]
    turn = date(2026, 7, 1)

    before, after = (set(column.in_force(day).codes) for day in (turn - timedelta(days=1), turn))

    assert (len(before), len(after)) == (20, 27)
    assert before.isdisjoint(after)
    assert before | after == set(listed.codes)

"""What every form definition must hold, whoever adds it."""

import pytest

from schemas.compile import compile_table
from schemas.form import Table, tables
from schemas.text import heading_key
from schemas.unit import load_register

TABLES = [pytest.param(table, id=table_id) for table_id, (_, table) in tables().items()]


@pytest.mark.parametrize("table", TABLES)
def test_no_heading_stands_for_two_columns(table: Table) -> None:
    spellings = [
        (heading_key(text), name) for name, column in table.columns.items() for text in {column.label, *column.aliases}
    ]
    keys = [key for key, _ in set(spellings)]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("table", TABLES)
def test_it_compiles_to_pandera_with_a_check_for_every_rule_of_rows(table: Table) -> None:
    schema = compile_table(table, load_register())
    assert set(schema.columns) == set(table.columns)
    assert len(schema.checks) == sum(rule.kind != "every_place" for rule in table.rules)


@pytest.mark.parametrize("table", TABLES)
def test_no_spelling_of_a_code_stands_for_two_codes(table: Table) -> None:
    for column in table.columns.values():
        spellings = [spelling for names in column.codes.values() for spelling in names]
        assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("table", TABLES)
def test_names_and_phones_are_marked_as_sensitive(table: Table) -> None:
    personal = {"name", "phone", "leader", "responsible", "verifier"} & set(table.columns)
    assert all(table.columns[name].sensitive for name in personal)

"""What every form owes from the sheet to the warehouse: the examples of its columns come back as they were written."""

import unicodedata
from decimal import Decimal

import pytest
import sqlalchemy as sa

from schemas.batch import Batch
from schemas.form import Column, Form, Table, load_forms, tables
from schemas.unit import Register
from tests.workbooks import Cell, checked, grid, xlsx
from warehouse.engine import Engine
from warehouse.load import load

FORMS = [pytest.param(form, id=form.id) for form in load_forms().values()]


def examples(table: Table) -> dict[str, Cell]:
    """The row of a table in which every cell is the example of its column."""
    return {name: column.example for name, column in table.columns.items()}


def sheets(form: Form) -> dict[str, list[list[Cell]]]:
    return {table.title[:31]: grid(table.id, examples(table)) for table in form.tables.values()}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """A workbook of every form, read and validated together: examples may lean on each other."""
    return checked(tmp_path_factory.mktemp("examples"), *(xlsx(**sheets(form)) for form in load_forms().values()))


@pytest.mark.parametrize("form", FORMS)
def test_every_column_has_an_example(form: Form) -> None:
    assert not [
        f"{table.id}.{name}" for table in form.tables.values() for name, cell in examples(table).items() if not cell
    ]


def test_examples_are_right(batch: Batch) -> None:
    wrong = batch.issues.loc[batch.issues["severity"] == "error", ["code", "sheet", "field", "message"]]
    assert wrong.to_dict("records") == []


def test_examples_come_back_from_the_warehouse_as_they_were_written(
    engine: Engine, batch: Batch, register: Register
) -> None:
    assert load(engine, batch).rejected == 0
    for table_id, (_, table) in tables().items():
        with engine.connect() as connection:
            columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in table.columns]
            read = sa.select(*columns).select_from(sa.table(table_id, schema="form"))
            (stored,) = connection.execute(read).all()
        for (name, column), cell in zip(table.columns.items(), stored, strict=True):
            assert means(str(column.example), cell, column, register), (table_id, name, column.example, cell)


def means(example: str, cell: object, column: Column, register: Register) -> bool:
    """Whether what is stored is what the example says, read by other means than the program's."""
    match column.type:
        case "integer" | "amount":
            return Decimal(str(cell)) == Decimal(example)
        case "date" | "datetime":
            return str(cell).startswith(example)
        case "yes_no":
            return cell is (example in ("是", "有"))
        case "code":
            return example in column.codes[str(cell)]
        case "codes":
            parts = example.split("、")
            return isinstance(cell, list) and all(
                part in column.codes[code] for part, code in zip(parts, cell, strict=True)
            )
        case "unit":
            return example in (cell, register.units[str(cell)].name)
        case _:
            # Catalogue 4.2 N01: width and composition of characters are spelling.
            return cell == unicodedata.normalize("NFKC", example)

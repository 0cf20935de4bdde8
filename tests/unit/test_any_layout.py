"""For any rows that a form allows, in any layout and spelling that is legal, what is loaded is what was written."""

import math
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.batch import Batch
from schemas.cells import parse_column
from schemas.form import Column, Table, tables
from schemas.unit import load_register
from tests.layouts import Drawn, workbook
from tests.spellings import spelled
from tests.workbooks import Cell, checked

REGISTER = load_register()
Values = Mapping[str, object]


def typed_example(column: Column) -> object:
    """The example of a column as a typed value; None where it has none."""
    if column.example is None:
        return None
    dated = column.in_force(date(2021, 3, 9)) if column.dated_by else column
    value = parse_column(pd.Series([column.example], dtype=object), dated, REGISTER).cells[0]
    if isinstance(value, list):
        return value
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime() if column.type == "datetime" else value.date()
    return value.item() if hasattr(value, "item") else value


def free_columns(table: Table) -> list[str]:
    """Columns that no rule reads, and so may hold whatever their type allows."""
    bound = {name for rule in table.rules for name in rule.columns_used()} | set(table.key)
    bound |= {name for name, column in table.columns.items() if column.pattern or column.dated_by}
    return [name for name in table.columns if name not in bound]


def values_of(column: Column) -> st.SearchStrategy[object]:
    """Typed values of a column without rules; none where the column may stay blank."""
    low = int(column.minimum or 0)
    high = int(column.maximum) if column.maximum is not None else 99_999
    whole = st.integers(low, high)
    places = [code for code, unit in REGISTER.units.items() if unit.level != "other"]
    kinds: dict[str, st.SearchStrategy[object]] = {
        "text": st.text(st.characters(codec="gb2312", categories=["Lo"]), min_size=2, max_size=12),
        "code": st.sampled_from(sorted(column.codes) or [""]),
        "codes": st.lists(st.sampled_from(sorted(column.codes) or [""]), min_size=1, max_size=3, unique=True),
        "date": st.dates(date(2021, 1, 1), date(2021, 3, 31)),
        "datetime": st.datetimes(datetime(2021, 1, 1), datetime(2021, 3, 31)).map(  # noqa: DTZ001
            lambda moment: moment.replace(second=0, microsecond=0)
        ),
        "integer": whole,
        "amount": whole.map(lambda number: round(number + 0.5, column.decimals)),
        "yes_no": st.booleans(),
        "unit": st.sampled_from(sorted(REGISTER.units)),
        "place": st.sampled_from(places),
        "credit_code": st.sampled_from(["91350100M000100Y43", "91110108551385082Q", "91340404MA20000180"]),
    }
    of_type = kinds[column.type]
    return of_type if column.required or column.expected else st.one_of(st.none(), of_type)


@st.composite
def rows_of(draw: st.DrawFn, table: Table) -> list[Values]:
    """One to four rows: the example with other values where no rule binds them, each with a key of its own."""
    base = {name: typed_example(column) for name, column in table.columns.items()}
    free = free_columns(table)
    most = (
        4
        if any(table.columns[name].type == "text" and not table.columns[name].pattern for name in table.key[:1])
        else 1
    )
    rows: list[Values] = []
    for number in range(draw(st.integers(1, most))):
        drawn = {name: draw(values_of(table.columns[name])) for name in free}
        key = {table.key[0]: f"{base[table.key[0]]}{number}"} if most > 1 and number else {}
        rows.append({**base, **drawn, **key})
    return rows


@st.composite
def headings_of(draw: st.DrawFn, table: Table, fields: Sequence[str]) -> list[str]:
    """A heading for each field under one of its names, as people type it."""
    owners: dict[str, int] = {}
    for column in table.columns.values():
        for text in {column.label, *column.aliases}:
            owners[text] = owners.get(text, 0) + 1
    headings = []
    for name in fields:
        column = table.columns[name]
        text = draw(st.sampled_from([column.label, *(alias for alias in column.aliases if owners[alias] == 1)]))
        if column.unit and not text.endswith("）") and draw(st.booleans()):
            text = f"{text}（{column.unit}）"
        middle = len(text) // 2
        headings.append(
            draw(
                st.sampled_from([text, f"{text[:middle]}\n{text[middle:]}", f" {text} ", f"*{text}", f"{text}（必填）"])
            )
        )
    return headings


@st.composite
def sheets_of(draw: st.DrawFn, table: Table, rows: Sequence[Values]) -> Drawn:
    """A sheet with these rows in some legal layout."""
    filled = [name for name, column in table.columns.items() if column.required or column.expected]
    filled += [name for name in table.columns if name not in filled and any(row[name] is not None for row in rows)]
    fields = draw(st.permutations(filled))
    head: list[list[Cell]] = draw(
        st.sampled_from(
            [
                [["填报单位：谢三村街道", "所属月份：2021年3月"]],
                [["填报单位", "谢三村街道", "所属月份", "2021-03"]],
                [["填报单位：谢三村街道　　所属月份：2021年03月　　填报人：某"]],
                [["单位代码：340404004"], [], ["报告期：202103"]],
            ]
        )
    )
    lines: list[list[Cell]] = [list(draw(headings_of(table, fields)))]
    for number, row in enumerate(rows, start=1):
        lines.append([draw(spelled(row[name], table.columns[name], REGISTER)) for name in fields])
        if number < len(rows) and draw(st.booleans()):
            lines.append([])
    if draw(st.booleans()):
        lines = [["序号", *lines[0]], *([n, *line] if line else [] for n, line in enumerate(lines[1:], start=1))]
    if draw(st.booleans()):
        at = draw(st.integers(1, len(lines[0])))
        lines = [[*line[:at], None, *line[at:]] if line else [] for line in lines]
    title: list[list[Cell]] = draw(st.sampled_from([[], [[table.title]], [[f"谢家集区{table.title}"], []]]))
    notes: list[list[Cell]] = draw(st.sampled_from([[], [[], ["注：以上为本月数"], ["填报人：某　　审核人：某"]]]))
    indent = draw(st.integers(0, 2))
    return Drawn("表", [[*[None] * indent, *line] for line in [*title, *head, *lines, *notes]])


def loaded(batch: Batch, table_id: str) -> list[dict[str, object]]:
    frame = batch.tables[table_id].drop(columns=["submission_no", "source_row"]).astype(object)
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: object) -> object:
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("table_id", sorted(tables()))
@settings(max_examples=10, suppress_health_check=list(HealthCheck), phases=(Phase.reuse, Phase.generate))
@given(data=st.data())
def test_what_is_loaded_is_what_was_written(table_id: str, data: st.DataObject) -> None:
    form, table = tables()[table_id]
    rows = data.draw(rows_of(table))
    sheets = [data.draw(sheets_of(table, rows))]
    others = [other for other in form.tables.values() if other.id != table_id and not other.may_report_nothing]
    for other in others:
        example = {name: typed_example(column) for name, column in other.columns.items()}
        sheets.append(Drawn(other.title, data.draw(sheets_of(other, [example])).rows))
    with tempfile.TemporaryDirectory() as folder:
        batch = checked(Path(folder), workbook(*sheets))
    errors = batch.issues.loc[batch.issues["severity"] == "error", "message"]
    assert list(errors) == []
    assert loaded(batch, table_id) == [dict(row) for row in rows]

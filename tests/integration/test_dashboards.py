"""The views of mart that dashboards read: what is in them, what they are called, and what never comes out."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from python_calamine import load_workbook

from flows.dictionary_book import write_book
from schemas.form import tables
from tests.contract.batch import first_night, units_of_the_batch
from tests.integration.builders import report
from tests.integration.conftest import own_warehouse
from tests.integration.facts import STREET, TOWN, accident, closed, hazard
from tests.integration.filled import SECRETS, reports
from tests.integration.published import publish_all
from warehouse.dictionary import as_markdown, read_dictionary
from warehouse.engine import Engine
from warehouse.monthly_views import TOPICS
from warehouse.register import load_indicators
from warehouse.roles import READER
from warehouse.setup import create_views

PAGE = Path(__file__).parents[2] / "docs" / "dashboards.md"
OWN_COLUMNS = {"unit_code", "unit_name", "unit_level", "month"}


@pytest.fixture(scope="module")
def filled(server_url: str) -> Iterator[Engine]:
    """A warehouse with something in every view, to be read."""
    with own_warehouse(server_url, units_of_the_batch()) as engine:
        # The hazards are those of the former: a ledger must go on listing what is open.
        publish_all(engine, *reports(), *(each for each in first_night() if each.form != "hazard"))
        yield engine


def rows(engine: Engine, statement: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(statement)).mappings()]


def relations(engine: Engine) -> list[str]:
    found = sa.inspect(engine)
    return found.get_table_names(schema="mart") + found.get_view_names(schema="mart")


def test_every_table_view_and_column_of_the_mart_is_described_in_chinese_and_english(engine: Engine) -> None:
    described = {relation.name: relation.comment for relation in read_dictionary(engine)}
    of_columns = {f"{r.name}.{f.name}": f.comment for r in read_dictionary(engine) for f in r.fields}

    bad = [name for name, text in {**described, **of_columns}.items() if not is_in_both_languages(text)]
    assert bad == []
    assert {"figure", "accident", "reporting", "indicator_value", "code"} <= described.keys()


def is_in_both_languages(comment: str) -> bool:
    return bool(re.fullmatch(r"[^\[]*[\u4e00-\u9fff][^\[]*\[[^\]]*[A-Za-z][^\]]*\]", comment, re.DOTALL))


def test_the_dictionary_lists_every_table_view_and_column(engine: Engine, tmp_path: Path) -> None:
    found = sa.inspect(engine)
    expected = {(name, column["name"]) for name in relations(engine) for column in found.get_columns(name, "mart")}
    dictionary = read_dictionary(engine)

    write_book(dictionary, tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    listed = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    page = as_markdown(dictionary)

    assert {(relation.name, field.name) for relation in dictionary for field in relation.fields} == expected
    assert {(str(row[0]).removeprefix("mart."), row[1]) for row in listed["列"][1:]} == expected
    assert {row[0] for row in listed["表和视图"][1:]} == {f"mart.{name}" for name in relations(engine)}
    assert re.findall(r"^## mart\.(\w+)$", page, re.MULTILINE) == sorted(relations(engine))
    assert page.count("\n| `") == len(expected)


def test_a_bar_in_a_comment_does_not_break_the_table_of_the_dictionary(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("COMMENT ON COLUMN mart.code.code IS '甲|乙 [a|b]'"))

    assert "| `code` | text | 甲\\|乙 [a\\|b] |" in as_markdown(read_dictionary(engine))


def test_the_long_view_has_every_published_value_once_with_its_names(filled: Engine) -> None:
    (count,) = rows(filled, "SELECT count(*) AS n, count(DISTINCT (f.*)::text) AS d FROM mart.figure AS f")
    (deaths,) = rows(
        filled,
        "SELECT indicator_name, unit_name, value, year_ago, measure FROM mart.figure "
        f"WHERE indicator_code = 'ACC02' AND period = '2021-03' AND unit_code = '{STREET}'",
    )
    levels = rows(filled, "SELECT DISTINCT member, member_name FROM mart.figure WHERE dimension = 'level'")

    nameless = rows(
        filled,
        "SELECT DISTINCT dimension, member FROM mart.figure WHERE (dimension <> '') <> (member_name IS NOT NULL)",
    )

    assert nameless == []
    published = rows(filled, "SELECT count(*) AS n FROM mart.indicator_value")[0]["n"]
    assert (count["n"], count["d"]) == (published, published)
    assert tuple(deaths.values()) == ("死亡人数", "谢三村街道", 1, 0, "人")
    assert {row["member"]: row["member_name"] for row in levels}["district"] == "区"


def test_the_long_view_writes_periods_as_the_command_line_does(filled: Engine) -> None:
    found = rows(filled, "SELECT DISTINCT period FROM mart.figure WHERE start_on >= '2021-01-01' AND period <> '2021'")

    periods = {row["period"] for row in found}
    assert {"2021-01", "2021-03", "2021-Q1", "2021-H1", "2021-03-ytd"} <= periods


@pytest.mark.parametrize("view", TOPICS)
def test_a_monthly_view_says_what_the_long_view_says(filled: Engine, view: str) -> None:
    long = {
        (row["unit_code"], row["start_on"], row["indicator_id"]): row["value"]
        for row in rows(filled, "SELECT * FROM mart.figure WHERE period_kind = 'month' AND dimension = ''")
        if row["indicator_code"][:3] in TOPICS[view].groups
    }
    wide = {
        (row["unit_code"], row["month"], name): row[name]
        for row in rows(filled, f"SELECT * FROM mart.{view}")
        for name in row.keys() - OWN_COLUMNS
    }

    assert {place: value for place, value in wide.items() if value is not None} == {
        place: value for place, value in long.items() if value is not None
    }
    assert any(wide.values())


@pytest.mark.parametrize("view", TOPICS)
def test_every_indicator_of_a_topic_has_a_column_in_its_monthly_view(engine: Engine, view: str) -> None:
    columns = {column["name"] for column in sa.inspect(engine).get_columns(view, schema="mart")}

    assert columns - OWN_COLUMNS == {i.id for i in load_indicators().values() if i.code[:3] in TOPICS[view].groups}


def test_the_list_of_accidents_has_those_that_count_as_they_stand_last(engine: Engine) -> None:
    small, first = accident("2021-03-01", direct_loss_wan=1.0), accident("2021-03-09")
    later = accident("2021-03-09", stage="verified", deaths=2, direct_loss_wan=300.0)
    publish_all(
        engine, report("accident", STREET, "2021-03", small, first), report("accident", STREET, "2021-04", later)
    )

    (found,) = rows(engine, "SELECT * FROM mart.accident")
    assert (found["deaths"], found["stage_name"], found["direct_loss_wan"]) == (2, "核报", 300)
    assert (found["month"], found["town_name"]) == (date(2021, 3, 1), "谢三村街道")
    assert (found["accident_type_name"], found["sector_name"], found["grade_name"]) == ("其他爆炸", "城镇燃气", "一般")


def test_a_major_hazard_is_open_until_it_is_closed_and_overdue_from_the_day_after_its_due_date(engine: Engine) -> None:
    def major(number: int, due_on: str) -> dict[str, object]:
        return {**hazard("2021-03-01", number, level="major", due_on=due_on)}

    last_day, next_month, shut = major(1, "2021-03-31"), major(2, "2021-04-20"), major(3, "2021-03-02")
    listed = (last_day, next_month, closed(shut, "2021-03-30"), hazard("2021-03-01", 4, due_on="2021-03-02"))
    publish_all(engine, report("hazard", STREET, "2021-03", *listed))

    found = rows(engine, "SELECT hazard_no, overdue_days, as_of_on FROM mart.open_major_hazard ORDER BY hazard_no")
    assert [(row["hazard_no"][-2:], row["overdue_days"]) for row in found] == [("01", 1), ("02", 0)]
    assert {row["as_of_on"] for row in found} == {date(2021, 4, 1)}


def test_the_stock_of_hazards_is_what_was_found_and_not_yet_closed(engine: Engine) -> None:
    march = hazard("2021-03-05", 1, due_on="2021-03-20"), hazard("2021-03-06", 2, due_on="2021-05-01", level="major")
    april = closed(march[0], "2021-04-02"), march[1], hazard("2021-04-07", 3, town_code=TOWN)
    publish_all(engine, report("hazard", STREET, "2021-03", *march), report("hazard", STREET, "2021-04", *april))

    found = rows(engine, "SELECT * FROM mart.hazard_stock ORDER BY town_code, month")
    counts = [tuple(row.values())[3:] for row in found]
    assert [(row["town_code"], row["month"].month) for row in found] == [(STREET, 3), (STREET, 4), (TOWN, 3), (TOWN, 4)]
    assert counts == [(2, 0, 2, 1, 1), (0, 1, 1, 0, 1), (0, 0, 0, 0, 0), (1, 0, 1, 0, 0)]


def test_a_hazard_from_before_the_first_month_is_open_and_overdue_until_it_is_closed(engine: Engine) -> None:
    old, at_once = hazard("2021-01-05", 1, due_on="2021-02-01"), closed(hazard("2021-03-06", 2), "2021-03-07")
    publish_all(
        engine,
        report("hazard", STREET, "2021-03", old, at_once),
        report("hazard", STREET, "2021-04", closed(old, "2021-04-09")),
        report("hazard", STREET, "2021-05"),
    )

    found = rows(engine, "SELECT * FROM mart.hazard_stock ORDER BY month")
    assert [tuple(row.values())[3:] for row in found] == [(1, 1, 1, 1, 0), (0, 1, 0, 0, 0), (0, 0, 0, 0, 0)]


def blocks() -> list[Any]:
    """The queries of the page with the title of their charts."""
    found = re.findall(r"^### (.+?)\n.*?^```sql\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [pytest.param(statement, id=title) for title, statement in found]


def test_the_page_of_dashboards_has_six_charts() -> None:
    assert len(blocks()) == PAGE.read_text(encoding="utf-8").count("```sql") == 6


@pytest.fixture
def reader(filled: Engine) -> Iterator[sa.Connection]:
    """A connection to the filled warehouse that has only the rights of the reader."""
    with filled.connect() as connection:
        connection.execute(sa.text(f"SET ROLE {READER}"))
        yield connection


@pytest.mark.parametrize("statement", blocks())
def test_the_queries_of_the_page_of_dashboards_give_rows_to_the_reader(reader: sa.Connection, statement: str) -> None:
    driver = reader.connection.driver_connection
    assert driver is not None

    # As a dashboard sends it: a colon or a percent sign means nothing.
    assert driver.execute(statement.encode()).fetchall()


def test_the_secrets_stand_in_every_sensitive_column() -> None:
    assert {name: set(columns) for name, columns in SECRETS.items()} == {
        name: columns for name in tables() if (columns := sensitive_columns(name))
    }


def sensitive_columns(table_id: str) -> set[str]:
    return {name for name, column in tables()[table_id][1].columns.items() if column.sensitive}


def test_no_name_and_no_phone_comes_out_of_the_mart(filled: Engine) -> None:
    secrets = [text for columns in SECRETS.values() for text in columns.values()]

    texts = {name: str(rows(filled, f"SELECT each::text FROM mart.{name} AS each")) for name in relations(filled)}
    loaded = str([rows(filled, f"SELECT * FROM form.{table}") for table in SECRETS])

    assert [name for name, text in texts.items() if any(secret in text for secret in secrets)] == []
    assert [secret for secret in secrets if secret not in loaded] == []


def test_no_view_of_the_mart_reads_a_sensitive_column(engine: Engine) -> None:
    assert sensitive_uses(engine) == set()


def test_a_sensitive_column_is_found_under_another_name_and_through_another_view(engine: Engine) -> None:
    with engine.begin() as connection:
        inner = "CREATE OR REPLACE VIEW form.inner_one AS SELECT responsible AS note FROM form.hazard"
        create_views(connection, [inner, "CREATE OR REPLACE VIEW mart.outer_one AS SELECT note FROM form.inner_one"])

    assert sensitive_uses(engine) == {("form.inner_one", "form.hazard", "responsible")}


USES = """
SELECT
    reader.oid::regclass::text AS reader,
    read.oid::regclass::text AS relation,
    part.attname AS part
FROM pg_depend AS link
JOIN pg_rewrite AS rule ON link.classid = 'pg_rewrite'::regclass AND link.objid = rule.oid
JOIN pg_class AS reader ON rule.ev_class = reader.oid
JOIN pg_class AS read ON link.refclassid = 'pg_class'::regclass AND link.refobjid = read.oid AND read.oid <> reader.oid
LEFT JOIN pg_attribute AS part ON part.attrelid = read.oid AND part.attnum = link.refobjsubid AND part.attnum > 0
"""


def sensitive_uses(engine: Engine) -> set[tuple[str, str, str]]:
    """Which view behind mart reads which sensitive column; the views that show a form as it is do not count."""
    uses = [(row["reader"], row["relation"], row["part"]) for row in rows(engine, USES)]
    sources = {
        name: sensitive_columns(table)
        for table in tables()
        for name in (f"form_data.{table}", f"form.{table}", f"form.{table}_in_force")
    }
    behind = {name for name, _, _ in uses if name.startswith("mart.")}
    while further := {relation for name, relation, _ in uses if name in behind - sources.keys()} - behind:
        behind |= further
    return {
        (name, relation, part)
        for name, relation, part in uses
        if name in behind - sources.keys() and part in sources.get(relation, ())
    }

"""What every rule across forms, months and units owes, whoever wrote it."""

import re
import string

import pytest
import sqlalchemy as sa

from schemas.form import tables
from schemas.sql_file import without_comment
from tests.integration.stories import STORIES
from warehouse.cross import relate_arrived
from warehouse.engine import Engine
from warehouse.forget import columns_of_people
from warehouse.rule_files import CrossRule, RuleError, load_rules, parse_rule

RULES = [pytest.param(rule, id=name) for name, rule in load_rules().items()]
GOOD = """-- code: E-X04
-- at: accident.deaths, disaster.deaths
-- message: 请核对 {value}{hint}

SELECT 1
"""


@pytest.mark.parametrize("rule", RULES)
def test_its_select_gives_where_and_what(engine: Engine, rule: CrossRule) -> None:
    with engine.begin() as connection:
        relate_arrived(connection, [])
        found = connection.execute(sa.text(rule.sql))
        given = {column[0]: column[1] for column in found.cursor.description}
        text = connection.execute(sa.text("SELECT 'text'::regtype::oid")).scalar_one()
    assert {"submission_id", "source_row", "shown", "hint"} == given.keys() - {"field"}
    assert {given["shown"], given["hint"], given.get("field", text)} == {text}


@pytest.mark.parametrize("rule", RULES)
def test_its_sentence_is_chinese_and_has_no_other_parts_than_value_and_hint(rule: CrossRule) -> None:
    parts = {name for _, name, _, _ in string.Formatter().parse(rule.message) if name is not None}
    assert parts <= {"value", "hint"}
    assert "请" in rule.message or rule.severity == "info"


@pytest.mark.parametrize("rule", RULES)
def test_some_night_breaks_it_and_some_night_does_not(rule: CrossRule) -> None:
    told = {bool(story.found) for story in STORIES if story.code == rule.code}
    assert told == {True, False}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_asks_who_somebody_is_sends_nothing_back(rule: CrossRule) -> None:
    """What was accepted is asked again years later (decision 13), when retention has blanked its names."""
    sql = without_comment(rule.sql)
    read = {
        name
        for table_id, (_, table) in tables().items()
        if re.search(rf"\bform\.{table_id}\b", sql)
        for name in columns_of_people(table)
        if re.search(rf"(?:\b{table_id}\.|(?<![.\w])){name}\b", sql)
    }
    assert bool(read) == (rule.code in {"W-X10", "W-X15"})


def test_a_code_is_of_one_rule() -> None:
    codes = [rule.code for rule in load_rules().values()]
    assert sorted(codes) == sorted(set(codes))
    assert {story.code for story in STORIES} == set(codes)


@pytest.mark.parametrize(
    ("line", "instead", "why"),
    [
        ("E-X04", "E-X4", "code"),
        ("-- at: accident.deaths, disaster.deaths\n", "", "at"),
        ("accident.deaths", "accident.died", "accident.died: no such column"),
        ("accident.deaths", "accidents", "accidents: no such column"),
        ("accident.deaths", "*", r"\*: no such column"),
        ("accident.deaths", "duty.fire_alarms", "two tables of one form"),
        ("-- at", "-- where", "where"),
        ("-- message", "-- 说明", "write the header as"),
        ("-- message", "-- code: E-X05\n-- message", "given twice"),
        ("SELECT 1", "", "sql"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_its_name_and_key(line: str, instead: str, why: str) -> None:
    assert parse_rule(GOOD, "x.sql").code == "E-X04"
    with pytest.raises(RuleError, match=rf"(?s)^x\.sql: .*{why}"):
        parse_rule(GOOD.replace(line, instead), "x.sql")

"""What a load does with what the rules found: whom it rejects, what it keeps, and what it writes down."""

import pandas as pd
import sqlalchemy as sa

from tests.integration.builders import Report, Row, build_batch, report
from tests.integration.facts import (
    BUREAU,
    FIRM_CODE,
    HOUSING,
    STREET,
    accident,
    closed,
    hazard,
    incident,
    penalty,
    training,
)
from tests.integration.stories.hazards import KNOWN_FIRM, ledger, risks
from warehouse.cross import Finding, issues_of
from warehouse.engine import Engine
from warehouse.load import Loaded, load
from warehouse.rule_files import parse_rule

FIRST, SECOND = hazard("2021-03-05"), hazard("2021-03-06", 2)
FLASH = accident("2021-03-09")
ESCALATED = incident("2021-03-09", has_casualty=True, escalated_accident_no=FLASH["accident_no"])


def lines(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(line) for line in connection.execute(sa.text(statement))]


def verdicts(engine: Engine) -> list[tuple[object, ...]]:
    return lines(engine, "SELECT form, status FROM core.submission ORDER BY submission_id")


def incidents() -> Report:
    return report("incident", STREET, "2021-03", ESCALATED)


def test_a_rejected_correction_leaves_what_was_accepted_before_as_it_is(engine: Engine) -> None:
    load(engine, build_batch(ledger(FIRST, month="2021-02"), ledger(FIRST, SECOND)))

    loaded = load(engine, build_batch(ledger(SECOND, version=2)))

    assert loaded == Loaded(files=1, accepted=0, rejected=1, identical=0, rows=0)
    assert [status for _, status in verdicts(engine)] == ["accepted", "accepted", "rejected"]
    listed = lines(engine, "SELECT hazard_no FROM form.hazard WHERE month = '2021-03-01' ORDER BY hazard_no")
    assert listed == [(FIRST["hazard_no"],), (SECOND["hazard_no"],)]
    assert lines(engine, "SELECT DISTINCT recorded_to FROM core.submission") == [(None,)]


def test_what_leans_on_a_rejected_report_is_rejected_too(engine: Engine) -> None:
    later = {**FLASH, "stage": "verified"}
    load(engine, build_batch(report("accident", STREET, "2021-04", {**later, "accident_no": "SG3404042021030902"})))
    backwards = report("accident", STREET, "2021-05", FLASH, {**FLASH, "accident_no": "SG3404042021030902"})
    of_it = report(
        "penalty", BUREAU, "2021-06",
        penalty("2021-06-10", is_accident_penalty=True, accident_no=FLASH["accident_no"]),
    )  # fmt: skip

    loaded = load(engine, build_batch(backwards, incidents(), of_it, report("training", BUREAU, "2021-06")))

    assert loaded == Loaded(files=4, accepted=1, rejected=3, identical=0, rows=0)
    codes = lines(engine, "SELECT code FROM core.issue WHERE severity = 'error' ORDER BY issue_id")
    assert codes == [("E-F01-09",), ("E-F04-04",), ("E-X08",)]


def test_what_was_rejected_can_be_sent_again_when_the_other_has_come(engine: Engine) -> None:
    assert load(engine, build_batch(incidents())).rejected == 1
    load(engine, build_batch(report("accident", STREET, "2021-03", FLASH)))

    again = report("incident", STREET, "2021-03", ESCALATED, name="再报.xlsx")
    assert load(engine, build_batch(again)) == Loaded(files=1, accepted=1, rejected=0, identical=0, rows=1)


def test_an_earlier_version_of_the_same_night_stands_when_the_later_one_is_rejected(engine: Engine) -> None:
    load(engine, build_batch(ledger(FIRST, month="2021-02")))

    loaded = load(engine, build_batch(ledger(FIRST), ledger(SECOND, version=2)))

    assert (loaded.accepted, loaded.rejected, loaded.rows) == (1, 1, 1)
    assert lines(engine, "SELECT version, status, revision FROM core.submission WHERE month = '2021-03-01'") == [
        (1, "accepted", 1),
        (2, "rejected", None),
    ]


def test_the_same_night_again_adds_nothing(engine: Engine) -> None:
    batch = build_batch(ledger(FIRST, month="2021-02"), ledger(SECOND), risks(KNOWN_FIRM), incidents())
    load(engine, batch)
    state = (
        "SELECT (SELECT count(*) FROM core.issue), (SELECT count(*) FROM core.submission),"
        " (SELECT sum(warnings + errors) FROM core.submission), (SELECT count(*) FROM form_data.hazard)"
    )
    before = lines(engine, state)

    assert load(engine, batch) == Loaded(files=0, accepted=0, rejected=0, identical=0, rows=0)
    assert lines(engine, state) == before


def test_an_issue_stands_at_its_cell_and_says_so(engine: Engine) -> None:
    load(engine, build_batch(report("incident", STREET, "2021-03", incident("2021-03-08"), ESCALATED)))

    read = 'SELECT severity, code, sheet, row, "column", field, value, message FROM core.issue'
    ((*spot, message),) = lines(engine, read)
    assert spot == [
        "error", "E-X08", "涉险与燃气泄漏事件登记表", 4, "N", "escalated_accident_no", FLASH["accident_no"],
    ]  # fmt: skip
    assert message == (
        "第 4 行「升级为事故编号」：事故登记表（F01）里没有编号 SG3404042021030901 的事故，"
        "请先报送或更正事故登记表，再重新报送本表"
    )


def test_an_issue_of_the_whole_report_has_no_cell(engine: Engine) -> None:
    load(engine, build_batch(ledger(FIRST, SECOND)))
    load(engine, build_batch(ledger(month="2021-04")))

    read = "SELECT sheet, row, \"column\", message FROM core.issue WHERE code = 'E-F05-12'"
    assert lines(engine, read) == [
        (
            "事故隐患排查治理台账", None, None,
            "「隐患编号」：上月未销号的隐患在本月台账里没有：YH2021030501、YH2021030602，请补列；本月已销号的也要列出",
        )
    ]  # fmt: skip


def test_what_is_found_counts_among_errors_and_warnings(engine: Engine) -> None:
    load(engine, build_batch(risks(KNOWN_FIRM)))
    both = ledger(FIRST, SECOND, month="2021-03")
    load(engine, build_batch(report("hazard", STREET, "2021-03", *both.tables["hazard"], warnings=["请确认"])))
    load(engine, build_batch(ledger(closed(FIRST, "2021-04-02"), month="2021-04")))

    assert lines(engine, "SELECT status, errors, warnings FROM core.submission WHERE form = 'hazard'") == [
        ("accepted", 0, 3),
        ("rejected", 1, 0),
    ]


def test_what_only_informs_is_no_warning(engine: Engine) -> None:
    plans: list[Row] = [{"plan_no": "YA01", "hazard_type": "flood_drought"}]
    drills: dict[str, list[Row]] = {"plan": plans, "drill": [{"plan_no": "YA01", "participants": 9}]}
    teams = report("team_supply", STREET, "2021-03", {"full_time": 1, "part_time": 1})
    load(engine, build_batch(teams, report("plan_drill", STREET, "2021-03", tables=drills)))

    assert lines(engine, "SELECT severity, code FROM core.issue") == [("info", "I-X11")]
    assert lines(engine, "SELECT sum(warnings), sum(errors) FROM core.submission") == [(0, 0)]


def test_what_a_rejected_file_says_is_not_held_against_others(engine: Engine) -> None:
    wrong = report("hazard", HOUSING, "2021-03", {**FIRST, "enterprise_name": "某超市", "uscc": None}, errors=["错"])

    assert load(engine, build_batch(wrong, ledger(FIRST))).accepted == 1


def test_a_sensitive_column_is_masked() -> None:
    rule = parse_rule("-- code: W-X99\n-- at: hazard.responsible\n-- message: {value}，请核对\n\nSELECT 1", "x.sql")
    layout = {"hazard": {"sheet": "台账", "letters": {"responsible": "O"}}}
    submissions = pd.DataFrame({"submission_id": [1], "file_id": [1], "form": ["hazard"], "layout": [layout]})

    (issue,) = issues_of([Finding(rule, 1, 5, "李四", None)], submissions).to_dict("records")

    assert (issue["value"], issue["column"]) == ("***", "O")
    assert "李四" not in issue["message"]


def test_names_of_people_are_in_no_issue(engine: Engine) -> None:
    load(engine, build_batch(risks(KNOWN_FIRM), ledger(closed(FIRST, "2021-03-20"), SECOND)))
    load(
        engine,
        build_batch(
            ledger({**FIRST, "uscc": FIRM_CODE}, month="2021-04"),
            report("training", BUREAU, "2021-03", training("2021-03-05")),
        ),
    )

    said = " ".join(f"{value} {message}" for value, message in lines(engine, "SELECT value, message FROM core.issue"))
    assert "销号" in said
    assert not [name for name in ("赵某", "钱某") if name in said]

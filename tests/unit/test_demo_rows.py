"""What the reports of the sample say: the figures of the half-year summary, and forms that agree with each other."""

from collections.abc import Iterator
from datetime import date

import pytest

from flows.demo.accidents import accidents, incidents
from flows.demo.enterprises import ENTERPRISES
from flows.demo.people import enterprise_code, person
from flows.demo.report import Fact, Report, Row
from flows.demo.reports import MONTHS, reports
from flows.demo.slips import SLIPS
from flows.demo.trainings import trainings
from flows.demo.villages import demo_register
from schemas import credit_code
from schemas.form import tables
from schemas.period import add_months

Key = tuple[str, str, date]
FACTS = [*accidents(), *incidents(), *trainings()]
BY_INSPECTION = ("inspection", "expert", "unannounced")
MISSTATED = {(slip.unit_code, slip.form_id, slip.month) for slip in SLIPS if slip.issue_code == "W-X06"}


@pytest.fixture(scope="module")
def made() -> dict[Key, Report]:
    """Every report by unit, form and month."""
    return {(report.unit_code, report.form_id, report.month): report for report in reports(demo_register())}


def rows_of(made: dict[Key, Report], unit: str, form: str, month: date) -> tuple[Row, ...]:
    """The rows of the first table of a report; none where there is no such report."""
    report = made.get((unit, form, month))
    return next(iter(report.rows.values())) if report else ()


def of_form(made: dict[Key, Report], form: str) -> Iterator[tuple[str, date, tuple[Row, ...]]]:
    """Unit, month and rows of the first table of every report of a form."""
    return ((unit, month, rows_of(made, unit, form, month)) for unit, each, month in made if each == form)


def figure(row: Row, name: str) -> float:
    """A measure; zero where there is none."""
    value = row[name]
    return float(value) if isinstance(value, int | float) else 0.0


def total(rows: tuple[Row, ...], *names: str) -> float:
    return sum(figure(row, name) for row in rows for name in names)


def day(row: Row, name: str) -> date:
    value = row[name]
    assert isinstance(value, date)
    return value


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.form_id} {fact.month} {fact.reporters[0]}")
def test_a_fact_names_columns_and_codes_of_its_form(fact: Fact) -> None:
    columns = tables()[fact.form_id][1].columns

    assert set(fact.row) <= set(columns)
    assert all(fact.row.get(name) is not None for name, column in columns.items() if column.required)
    assert all(fact.row[name] in columns[name].codes for name in fact.row if columns[name].type == "code")


def test_the_facts_are_those_of_the_half_year_summary() -> None:
    first_half = [fact for fact in FACTS if fact.month >= date(2021, 1, 1)]
    leaks = [fact for fact in first_half if fact.row.get("cause_code") == "municipal_works"]
    safety = [fact for fact in first_half if fact.row.get("category") == "safety_knowledge"]

    assert len({fact.row["accident_no"] for fact in first_half if fact.form_id == "accident"}) == 1
    assert len(leaks) == 5
    assert sum(fact.row["organizer_level"] == "district" for fact in safety) == 4
    assert sum(fact.form_id == "training" for fact in first_half) == 12


def test_every_row_names_columns_and_codes_of_its_table(made: dict[Key, Report]) -> None:
    for report in made.values():
        for table, rows in report.rows.items():
            columns = tables()[table][1].columns
            assert all(set(row) <= set(columns) for row in rows), table
            coded = [name for name, column in columns.items() if column.type == "code"]
            assert all(row.get(name) in (None, *columns[name].codes) for row in rows for name in coded), table


def test_activities_of_the_first_half_year_enter_all_five_kinds_of_places(made: dict[Key, Report]) -> None:
    rows = [row for _, month, rows in of_form(made, "publicity") if month.year == 2021 for row in rows]

    kinds = {kind for row in rows if isinstance(row["five_entry"], tuple) for kind in row["five_entry"]}
    tags = {tag for row in rows if isinstance(row["tag"], tuple) for tag in row["tag"]}

    assert kinds >= {"enterprise", "school", "family", "countryside", "community"}
    assert tags >= {"may_12", "june_16", "quiz"}


def test_no_change_comes_after_a_report_in_full_of_the_same_year(made: dict[Key, Report]) -> None:
    unchanged = [report for report in made.values() if report.unchanged]

    assert unchanged
    for report in unchanged:
        january = made[report.unit_code, report.form_id, report.month.replace(month=1)]
        assert all(january.rows[table] for table in report.unchanged)


def test_inspections_and_the_ledger_tell_of_the_same_hazards(made: dict[Key, Report]) -> None:
    for unit, month, rounds in of_form(made, "inspection"):
        if (unit, "hazard", month) in made:
            ledger = rows_of(made, unit, "hazard", month)
            new = [row for row in ledger if day(row, "found_on") >= month and row["source"] in BY_INSPECTION]
            assert total(rounds, "hazards_general", "hazards_major") == len(new), (unit, month)


def test_an_open_hazard_is_listed_every_month_until_it_is_closed_and_then_no_more(made: dict[Key, Report]) -> None:
    for unit, month, ledger in of_form(made, "hazard"):
        if (following := add_months(month, 1)) in MONTHS:
            later = {row["hazard_no"] for row in rows_of(made, unit, "hazard", following)}
            assert later >= {row["hazard_no"] for row in ledger if row["status"] != "closed"}
            assert not later & {row["hazard_no"] for row in ledger if row["status"] == "closed"}


def test_one_major_hazard_is_overdue_and_another_has_no_plan(made: dict[Key, Report]) -> None:
    last = [row for _, month, ledger in of_form(made, "hazard") if month == MONTHS[-1] for row in ledger]
    major = [row for row in last if row["level"] == "major" and row["status"] != "closed"]

    assert all(row[name] is not None for row in major for name in ("responsible", "measures", "funds_wan", "due_on"))
    assert any(row["contingency"] and day(row, "due_on") < date(2021, 7, 1) for row in major)
    assert [row["contingency"] for row in major].count(False) == 1


def test_fines_of_the_inspections_are_those_of_the_decisions(made: dict[Key, Report]) -> None:
    for unit, month, decisions in of_form(made, "penalty"):
        rounds = rows_of(made, unit, "inspection", month)
        assert total(rounds, "fines_wan") == pytest.approx(total(decisions, "fine_yuan") / 10_000)
        assert total(rounds, "penalties") == len(decisions) or (unit, "inspection", month) in MISSTATED


def test_control_totals_of_a_campaign_are_what_inspections_and_ledger_say_of_it(made: dict[Key, Report]) -> None:
    for unit, month, campaigns in of_form(made, "campaign"):
        rounds = rows_of(made, unit, "inspection", month)
        for row in campaigns:
            own = tuple(each for each in rounds if each["campaign_code"] == row["campaign_code"])
            ledger = [each for each in rows_of(made, unit, "hazard", month) if each["fixed_on"] is not None]
            fixed = [each for each in ledger if each["campaign_code"] == row["campaign_code"]]
            assert row["ctl_visits"] == total(own, "visits")
            assert row["ctl_fixed"] in (None, sum(day(each, "fixed_on") >= month for each in fixed))
            assert row["ctl_hazards"] == total(own, "hazards_general", "hazards_major")


def test_measures_of_a_campaign_never_fall(made: dict[Key, Report]) -> None:
    for unit, month, campaigns in of_form(made, "campaign"):
        before = {row["campaign_code"]: row for row in rows_of(made, unit, "campaign", add_months(month, -1))}
        for row in campaigns:
            if earlier := before.get(row["campaign_code"]):
                assert figure(row, "measures_done") >= figure(earlier, "measures_done")


def test_letters_signed_never_fall_within_a_year(made: dict[Key, Report]) -> None:
    for unit, month, rows in of_form(made, "responsibility_tip"):
        earlier = rows_of(made, unit, "responsibility_tip", add_months(month, -1))
        assert total(rows, "letters_signed") >= total(earlier, "letters_signed")


def test_forest_fires_are_those_of_the_list_of_disasters(made: dict[Key, Report]) -> None:
    duties = [report.rows for report in made.values() if report.form_id == "duty_disaster"]
    fires = [sum(row["disaster_type"] == "forest_fire" for row in rows["disaster"]) for rows in duties]

    assert [total(rows["duty"], "forest_fires") for rows in duties] == fires
    assert sum(fires) == 1


def test_drills_follow_plans_of_the_same_unit(made: dict[Key, Report]) -> None:
    known = {(unit, row["plan_no"]) for unit, _, plans in of_form(made, "plan_drill") for row in plans}
    drills = [(key[0], row) for key, report in made.items() for row in report.rows.get("drill", ())]

    assert drills
    assert all((unit, row["plan_no"]) in known for unit, row in drills)


def test_a_hazard_that_a_citizen_reported_is_named_by_the_tip(made: dict[Key, Report]) -> None:
    tips = {row["hazard_no"] for report in made.values() for row in report.rows.get("tip", ())} - {None}
    from_tips = {
        row["hazard_no"] for _, _, ledger in of_form(made, "hazard") for row in ledger if row["source"] == "tip"
    }

    assert from_tips == tips


def test_enterprise_codes_have_the_right_check_character() -> None:
    assert all(credit_code.is_valid(enterprise_code(number)) for number in range(200))
    assert len({each.uscc for each in ENTERPRISES}) == len({each.name for each in ENTERPRISES}) == 66


def test_officers_of_different_places_have_different_names() -> None:
    assert len({person(number) for number in range(2 * 105)}) == 2 * 105

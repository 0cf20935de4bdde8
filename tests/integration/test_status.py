"""Who has reported a month: missing, zero, rejected and accepted never look alike."""

from datetime import UTC, date, datetime

import pytest

from tests.integration.builders import Report, Said, Unreadable, build_batch, report
from tests.integration.facts import team
from warehouse.acts import Act, close_month, release_month, reopen_month, withdraw
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.status import HeldReport, UnitStatus, held_reports, is_closed, month_status, unplaced_files

UNIT = "340404001"
MARCH = date(2021, 3, 1)
EARLY, LATE = datetime(2021, 4, 2, 1, tzinfo=UTC), datetime(2021, 4, 20, 1, tzinfo=UTC)
ROW = {"participants": 40}
ACT = Act(who="管理员", why="如所述")


def status(engine: Engine, form: str = "training", unit: str = UNIT) -> UnitStatus:
    (found,) = [line for line in month_status(engine, MARCH) if (line.unit_code, line.form) == (unit, form)]
    return found


def test_who_sent_nothing_is_missing(engine: Engine) -> None:
    found = status(engine)
    assert found == UnitStatus(
        UNIT, "谢家集街道", "training", "F06", "missing",
        owed=True, received_at=None, rows=0, errors=0, message=None, file=None,
    )  # fmt: skip


def test_a_zero_report_is_not_missing(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", received_at=EARLY, name="零.xlsx")))

    found = status(engine)
    assert (found.state, found.received_at, found.rows, found.file) == ("zero", EARLY, 0, "零.xlsx")


def test_a_report_without_a_change_is_neither_a_zero_nor_missing(engine: Engine) -> None:
    load(engine, build_batch(report("team_supply", UNIT, "2021-02", team("1"))))
    load(engine, build_batch(report("team_supply", UNIT, "2021-03", states={"team": "unchanged"}, name="无变化.xlsx")))

    found = status(engine, "team_supply")
    assert (found.state, found.rows, found.errors, found.file) == ("unchanged", 0, 0, "无变化.xlsx")


def test_an_accepted_report_has_its_rows_and_file(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, ROW, name="培训.xlsx")))

    found = status(engine)
    assert (found.state, found.rows, found.errors, found.file) == ("accepted", 2, 0, "培训.xlsx")


def test_a_rejected_report_has_its_errors(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, errors=["甲错", "乙错"], name="错.xlsx")))

    found = status(engine)
    assert (found.state, found.rows, found.errors, found.file) == ("rejected", 1, 2, "错.xlsx")
    assert found.message == "甲错"


def test_a_rejected_correction_leaves_the_report_accepted_and_shows(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, name="好.xlsx")))
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, ROW, errors=["错"], name="更正.xlsx")))

    found = status(engine)
    assert (found.state, found.rows, found.errors, found.file) == ("accepted", 1, 1, "好.xlsx")


def test_what_came_for_a_closed_month_is_held_with_its_rows_and_file(engine: Engine) -> None:
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, ROW, received_at=LATE, name="补报.xlsx")))

    found = status(engine)
    assert (found.state, found.received_at, found.rows, found.errors, found.file) == ("held", LATE, 2, 0, "补报.xlsx")


def test_a_held_correction_leaves_the_report_accepted_and_is_listed_beside_it(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, received_at=EARLY, name="原.xlsx")))
    close_month(engine, MARCH, ACT)
    said = Said(version=2, correction="漏计一期", received_at=LATE, name="更正.xlsx")
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, ROW, **said)))
    load(engine, build_batch(report("training", UNIT, "2021-02")))

    found = status(engine)
    assert (found.state, found.rows, found.file) == ("accepted", 1, "原.xlsx")
    assert held_reports(engine, MARCH) == [
        HeldReport(UNIT, "谢家集街道", "training", "F06", 2, "漏计一期", LATE, "更正.xlsx", 2)
    ]


def test_what_was_released_is_no_longer_held(engine: Engine) -> None:
    close_month(engine, MARCH, ACT)
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW)))
    release_month(engine, MARCH, ACT)

    assert (status(engine).state, held_reports(engine, MARCH)) == ("accepted", [])


def test_a_month_is_closed_from_its_closing_to_its_reopening(engine: Engine) -> None:
    seen = [is_closed(engine, MARCH)]
    close_month(engine, MARCH, ACT)
    seen += [is_closed(engine, MARCH), is_closed(engine, date(2021, 4, 1))]
    reopen_month(engine, MARCH, ACT)

    assert [*seen, is_closed(engine, MARCH)] == [False, True, False, False]


def test_a_report_that_was_withdrawn_is_shown_as_such_with_its_file(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, name="错报.xlsx")))
    withdraw(engine, "training", UNIT, MARCH, ACT)

    found = status(engine)
    assert (found.state, found.rows, found.errors, found.file) == ("withdrawn", 1, 0, "错报.xlsx")


@pytest.mark.parametrize(
    "later",
    [
        report("training", UNIT, "2021-03", ROW, ROW, errors=["错"]),
        report("training", UNIT, "2021-03", ROW, version=2, name="重发.xlsx"),
        report("training", UNIT, "2021-03", version=1),
    ],
    ids=["sent back", "identical", "older"],
)
def test_what_came_before_a_withdrawal_does_not_hide_it(engine: Engine, later: Report) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, version=2, name="错报.xlsx"), later))
    withdraw(engine, "training", UNIT, MARCH, ACT)

    found = status(engine)
    assert (found.state, found.file) == ("withdrawn", "错报.xlsx")


@pytest.mark.parametrize(
    ("again", "state"),
    [(report("training", UNIT, "2021-03", ROW, ROW), "accepted"),
     (report("training", UNIT, "2021-03", ROW, ROW, errors=["错"]), "rejected")],
)  # fmt: skip
def test_what_comes_after_a_withdrawal_counts(engine: Engine, again: Report, state: str) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW)))
    withdraw(engine, "training", UNIT, MARCH, ACT)
    load(engine, build_batch(again))

    assert status(engine).state == state


def test_what_counts_as_arrival_is_the_first_attempt(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, errors=["错"], received_at=EARLY)))
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, received_at=LATE)))

    assert status(engine).received_at == EARLY


def test_everyone_who_owes_a_form_has_one_line_in_order(engine: Engine) -> None:
    lines = month_status(engine, MARCH)

    pairs = [(line.unit_code, line.form_code) for line in lines]
    assert pairs == sorted(set(pairs))
    assert all(line.owed for line in lines)
    assert ("340404", "F06") not in pairs


def test_before_anything_was_owed_nobody_is_missing(engine: Engine) -> None:
    assert month_status(engine, date(2019, 12, 1)) == []


def test_what_arrived_without_being_owed_is_listed(engine: Engine) -> None:
    load(engine, build_batch(report("training", "340404D19", "2021-03", ROW)))

    found = status(engine, unit="340404D19")
    assert (found.state, found.owed) == ("accepted", False)


def test_other_months_do_not_count(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-02", ROW)))

    assert status(engine).state == "missing"


@pytest.mark.parametrize(
    "file",
    [
        Unreadable("坏.xlsx", "不是表格文件", received_at=EARLY),
        report("training", None, "2021-03", ROW, errors=["不是表格文件"], name="坏.xlsx", received_at=EARLY),
        report(
            "training", UNIT, None, ROW, warnings=["请确认"], errors=["不是表格文件"], name="坏.xlsx", received_at=EARLY
        ),
    ],
)
def test_a_file_that_cannot_be_placed_is_listed_with_its_first_error(engine: Engine, file: Unreadable) -> None:
    load(engine, build_batch(file, report("training", UNIT, "2021-03", ROW, warnings=["请确认"])))

    assert [(each.name, each.received_at, each.message) for each in unplaced_files(engine)] == [
        ("坏.xlsx", EARLY, "不是表格文件")
    ]


def test_a_file_mended_under_the_same_name_is_no_longer_listed(engine: Engine) -> None:
    load(engine, build_batch(Unreadable("培训.xlsx", "不是表格文件")))
    load(engine, build_batch(report("training", UNIT, "2021-03", ROW, name="培训.xlsx")))

    assert unplaced_files(engine) == []

"""Months are read again from the archive: what comes out otherwise is recorded, what does not is left alone."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from flows.backfill_request import BackfillRequest
from flows.backfilling import ask
from schemas.batch import Batch
from schemas.period import Period
from tests.integration.backfill.past import Past, let_through, misread, sent_back, trainings
from tests.integration.facts import DISTRICT, STREET, TOWN
from tests.integration.published import value_of
from tests.rows import example
from tests.workbooks import grid, xlsx
from warehouse.acts import Act, close_month, release_month, withdraw
from warehouse.audit import audit_lines
from warehouse.changes import changes
from warehouse.errors import WarehouseError
from warehouse.status import is_closed, month_status, unplaced_files

MARCH, ACT = date(2021, 3, 1), Act("李四", "已通报")


def test_by_an_unchanged_program_nothing_changes(office: Past) -> None:
    office.arrive(trainings(40))
    office.arrive(trainings(40, 50, version=2))
    office.arrive(trainings(30, version=2))
    office.arrive(b"not a workbook")
    office.publish()
    before = office.scalar("SELECT moment FROM core.clock"), office.submissions()

    report = office.backfill()

    assert (report.done, report.submissions, report.values, report.missing) == (("2021-03",), (), (), ())
    assert (office.scalar("SELECT moment FROM core.clock"), office.submissions()) == before
    assert audit_lines(office.engine) == []


def test_what_was_sent_back_and_is_right_today_is_accepted_and_published(office: Past) -> None:
    office.arrive(trainings(40, month="2021-02"))
    office.arrive(trainings(40, 50), read=sent_back)
    office.publish()

    report = office.backfill()

    (line,) = report.submissions
    assert (line.outcome, line.month, line.unit_code, line.form_code, line.rows) == (
        "accepted", "2021-03", STREET, "F06", 2,
    )  # fmt: skip
    assert office.submissions() == [("accepted", 1), ("rejected", 1), ("accepted", 1)]
    assert value_of(office.engine, "TRN02", "2021-03", STREET).value == 2
    (standing,) = [each for each in month_status(office.engine, MARCH) if each.state == "accepted"]
    assert (standing.errors, standing.received_at) == (0, office.files[1].received_at)


def test_a_preview_tells_exactly_what_happens_then_and_leaves_nothing(office: Past) -> None:
    office.arrive(trainings(40, month="2021-02"), read=misread)
    office.arrive(trainings(40, 50), read=sent_back)
    office.arrive(trainings(60, month="2021-04"))
    office.publish()
    before = office.scalar("SELECT moment FROM core.clock"), office.submissions()

    told = office.backfill("2021-02", "2021-04", dry_run=True)
    assert (office.scalar("SELECT moment FROM core.clock"), office.submissions()) == before
    assert office.scalar("SELECT count(*) FROM core.backfill") == 0
    done = office.backfill("2021-02", "2021-04")

    assert [each.outcome for each in told.submissions] == ["changed", "accepted"]
    assert told.values
    assert replace(told, dry_run=False, backfill=done.backfill) == done


def test_a_backfill_that_is_done_twice_does_nothing_the_second_time(office: Past) -> None:
    office.arrive(trainings(40), read=misread)
    office.arrive(trainings(40, 50, version=2), read=sent_back)
    office.backfill()
    before = office.submissions()

    again = office.backfill()

    assert (again.submissions, again.values) == ((), ())
    assert office.submissions() == before


def test_other_rows_take_the_place_of_those_that_were_read_wrongly(office: Past) -> None:
    office.arrive(trainings(40), read=misread)

    report = office.backfill()

    assert [each.outcome for each in report.submissions] == ["changed"]
    assert office.submissions() == [("superseded", 1), ("accepted", 1)]
    assert office.scalar("SELECT participants FROM form.training") == 40
    assert office.scalar("SELECT count(*) FROM core.known_revision") == 0


def test_where_a_correction_is_wrong_today_what_was_before_it_stands_again(office: Past) -> None:
    office.arrive(trainings(40))
    right = office.read(trainings(50, 60))
    office.arrive(trainings(-5, version=2), read=let_through(right))

    report = office.backfill()

    assert [each.outcome for each in report.submissions] == ["accepted", "rejected"]
    assert report.submissions[1].message
    assert office.submissions() == [("superseded", 1), ("superseded", 2), ("accepted", 1), ("rejected", 2)]
    assert office.scalar("SELECT participants FROM form.training") == 40
    # The sender may send the same version again.
    assert office.arrive(trainings(70, version=2)).accepted == 1


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        pytest.param([(1, 40, False), (2, 50, True)], 50, id="a higher version that was sent back"),
        pytest.param([(2, 50, True), (1, 40, False)], 50, id="also when it came first"),
        pytest.param([(1, 40, True), (2, 50, False)], 50, id="not a lower one"),
        pytest.param([(1, 40, True), (1, 50, False)], 50, id="not one that was sent again under its version"),
        pytest.param([(1, 40, False), (1, 50, True)], 40, id="nor one that repeats the version that stands"),
    ],
)
def test_the_same_version_wins_as_if_all_had_been_right(
    office: Past, sent: list[tuple[int, int, bool]], stands: int
) -> None:
    for version, count, is_sent_back in sent:
        office.arrive(trainings(count, version=version), read=sent_back if is_sent_back else lambda batch: batch)

    office.backfill()

    assert office.scalar("SELECT participants FROM form.training") == stands


def test_what_was_withdrawn_stays_so_with_all_that_came_before(office: Past) -> None:
    office.arrive(trainings(40, version=2), read=sent_back)
    office.arrive(trainings(50))
    withdraw(office.engine, "training", STREET, MARCH, ACT)

    assert office.backfill().submissions == ()
    assert office.scalar("SELECT count(*) FROM form.training") == 0


def test_a_closed_month_is_refused_before_anything_is_done(office: Past) -> None:
    office.arrive(trainings(40, month="2021-02"), read=misread)
    office.arrive(trainings(40), read=misread)
    close_month(office.engine, MARCH, ACT)

    for dry_run in (True, False):
        with pytest.raises(WarehouseError, match=r"2021-03 已经封账，没有回填任何月份；.*--reopen --reason"):
            office.backfill("2021-02", "2021-03", dry_run=dry_run)

    assert office.submissions() == [("accepted", 1), ("accepted", 1)]
    assert office.scalar("SELECT count(*) FROM core.backfill") == 0


def test_with_a_reason_a_closed_month_is_changed_and_stays_closed_and_what_is_held_waits_on(office: Past) -> None:
    office.arrive(trainings(40), read=misread)
    close_month(office.engine, MARCH, ACT)
    office.arrive(trainings(50, version=2), read=misread)

    report = office.backfill(reopen=True, reason="规则改正")

    assert [each.outcome for each in report.submissions] == ["changed", "held"]
    assert is_closed(office.engine, MARCH)
    line = audit_lines(office.engine)[-1]
    assert (line.what, line.who, line.why, line.month) == ("backfill", "张三", "规则改正", "2021-03")
    assert office.scalar("SELECT participants FROM form.training") == 40
    release_month(office.engine, MARCH, ACT)
    assert office.scalar("SELECT participants FROM form.training") == 50


@pytest.mark.parametrize("said", [{"form": "F02"}, {"unit": "唐山镇"}, {"form": "F06", "unit": "唐山镇"}])
def test_only_the_form_and_the_unit_that_are_asked_for_are_replayed(office: Past, said: dict[str, str]) -> None:
    office.arrive(trainings(40), read=misread)

    assert office.backfill(**said).submissions == ()
    assert office.backfill(form="training", unit=STREET).submissions != ()


def test_without_its_file_a_report_stays_as_it_is_and_is_named(office: Past) -> None:
    office.arrive(trainings(40), read=misread)
    office.arrive(trainings(30, unit="唐山镇"), read=misread)
    office.files[0].archive.unlink()

    report = office.backfill()

    assert [(each.unit_code, each.file, each.status) for each in report.missing] == [(STREET, "0.xlsx", "accepted")]
    assert report.has_faults
    assert [each.outcome for each in report.submissions] == ["changed"]
    assert office.submissions() == [("accepted", 1), ("superseded", 1), ("accepted", 1)]


def test_a_file_that_belonged_to_nobody_finds_its_place(office: Past) -> None:
    def nobodys(batch: object) -> object:
        read = sent_back(batch)  # type: ignore[arg-type]
        return replace(read, submissions=read.submissions.assign(unit_code=None))

    office.arrive(trainings(40), read=nobodys)  # type: ignore[arg-type]
    assert [file.name for file in unplaced_files(office.engine)] == ["0.xlsx"]

    assert [each.outcome for each in office.backfill().submissions] == ["accepted"]
    assert unplaced_files(office.engine) == []
    assert office.backfill().submissions == ()


def test_what_is_no_longer_recognised_is_sent_back(office: Past) -> None:
    right = office.read(trainings(40))
    nothing = xlsx(表=[["甲", "乙"], [1, 2]])

    def read(batch: object) -> object:
        submissions = right.submissions.assign(file_no=0)
        return replace(batch, submissions=submissions, tables=right.tables, issues=right.issues)  # type: ignore[type-var]

    office.arrive(nothing, read=read)  # type: ignore[arg-type]

    assert [each.outcome for each in office.backfill().submissions] == ["rejected"]
    assert office.scalar("SELECT count(*) FROM form.training") == 0
    assert office.backfill().submissions == ()


def drills(unit: str, own_plan: str, plan_of_drill: str) -> bytes:
    """A workbook of F08 with a plan and a drill, which may be of another's plan."""
    head = [f"填报单位：{unit}", "所属月份：2021年3月"]
    drill = example("drill", plan_no=plan_of_drill, drill_no=f"YL-{own_plan}")
    return xlsx(
        应急预案台账=grid("plan", example("plan", plan_no=own_plan), head=head), 演练=grid("drill", drill, head=head)
    )


def forget_how_rules_were(office: Past) -> None:
    """As if every rule had been another until now."""
    with office.engine.begin() as connection:
        changed = "UPDATE core.definition SET changed_at = (SELECT moment FROM core.clock) WHERE kind = 'rule'"
        connection.execute(sa.text(changed))


def test_only_a_rule_that_changed_since_lets_in_what_it_sent_back(office: Past) -> None:
    assert office.arrive(drills("谢三村街道", "YA-1", "YA-2")).rejected == 1
    assert office.arrive(drills("唐山镇", "YA-2", "YA-2")).accepted == 1
    assert office.backfill().submissions == ()

    forget_how_rules_were(office)

    assert [(each.outcome, each.unit_code) for each in office.backfill().submissions] == [("accepted", STREET)]
    assert office.backfill().submissions == ()


def test_only_a_rule_that_changed_since_sends_back_what_stands(office: Past) -> None:
    office.arrive(drills("唐山镇", "YA-2", "YA-2"))
    office.arrive(drills("谢三村街道", "YA-1", "YA-2"))
    withdraw(office.engine, "plan_drill", TOWN, MARCH, ACT)
    assert office.backfill().submissions == ()

    forget_how_rules_were(office)
    (line,) = office.backfill().submissions

    assert (line.outcome, line.unit_code, line.rows) == ("rejected", STREET, 0)
    assert "预案台账里没有编号 YA-2 的预案" in str(line.message)
    assert [status for status, _ in office.submissions()] == ["withdrawn", "superseded", "rejected"]
    assert office.backfill().submissions == ()


def test_what_changed_is_told_to_come_of_the_backfill_with_who_and_why(office: Past) -> None:
    right = office.read(trainings(50, 60))
    office.arrive(trainings(40), read=misread)
    office.arrive(trainings(-5, unit="唐山镇"), read=let_through(right_of(right, TOWN)))
    office.publish()

    office.backfill(reason="报表定义改了")

    found = changes(office.engine, Period.parse("2021-03"), since=1, unit_code=DISTRICT)
    (participants,) = [each for each in found.values if each.code == "TRN03" and not each.dimension]
    assert {(cause.unit_code, cause.kind, cause.who, cause.reason) for cause in participants.causes} == {
        (STREET, "backfill", "张三", "报表定义改了"), (TOWN, "backfill", "张三", "报表定义改了"),
    }  # fmt: skip


def right_of(batch: Batch, unit_code: str) -> Batch:
    return replace(batch, submissions=batch.submissions.assign(unit_code=unit_code))


def test_with_other_definitions_a_backfill_is_not_gone_on_with(office: Past) -> None:
    office.arrive(trainings(40), read=misread)
    request = {"from_month": "2021-03", "to_month": "2021-04", "dry_run": False}
    begun = ask(office.house, BackfillRequest.model_validate(request))
    with office.engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.setup SET fingerprint = 'another'"))

    with pytest.raises(
        WarehouseError, match=f"第 {begun.backfill_id} 次回填开始以后.*huizong backfill 2021-03 2021-04"
    ):
        ask(office.house, BackfillRequest(resume=begun.backfill_id))
    with pytest.raises(
        WarehouseError, match=r"没有第 99 次未完成的回填。未完成的有：第 1 次（2021-03 至 2021-04，已完成 0 个月）"
    ):
        ask(office.house, BackfillRequest(resume=99))

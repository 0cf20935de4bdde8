"""What loading a batch leaves in the warehouse, now and as known at an earlier time."""

import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from typing import Unpack

import pytest
import sqlalchemy as sa

from schemas.batch import Batch
from tests.integration.builders import Report, Said, Unreadable, build_batch, report
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.files import known_files
from warehouse.load import Loaded, load

UNIT = "340404001"


def training(participants: int = 40, **said: Unpack[Said]) -> Report:
    row = {"title": "春季培训", "started_on": "2021-03-08", "participants": participants, "audience": ["public"]}
    return report("training", UNIT, "2021-03", row, **said)


def all_rows(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def participants(engine: Engine, as_of: datetime | None = None) -> list[object]:
    """What the view of trainings shows, now or as known then."""
    with engine.connect() as connection:
        known_at = as_of.isoformat() if as_of else ""
        connection.execute(sa.select(sa.func.set_config("huizong.as_of", known_at, sa.true())))
        return list(connection.execute(sa.text("SELECT participants FROM form.training ORDER BY source_id")).scalars())


def submissions(engine: Engine) -> list[tuple[object, ...]]:
    return all_rows(engine, "SELECT status, version, revision FROM core.submission ORDER BY submission_id")


def counts(engine: Engine) -> list[tuple[object, ...]]:
    return all_rows(
        engine,
        "SELECT (SELECT count(*) FROM core.file), (SELECT count(*) FROM core.submission),"
        " (SELECT count(*) FROM core.issue), (SELECT count(*) FROM form_data.training)",
    )


def test_every_type_comes_back_as_it_was_read(engine: Engine) -> None:
    accident = {
        "accident_no": "SG3404042021030901",
        "occurred_at": "2021-03-09 06:40",
        "direct_loss_wan": 128.01,
        "deaths": 0,
        "is_production": True,
    }
    load(engine, build_batch(report("accident", UNIT, "2021-03", accident), training()))

    read = (
        "SELECT accident_no, occurred_at, direct_loss_wan, deaths, is_production, serious_injuries FROM form.accident"
    )
    assert all_rows(engine, read) == [
        ("SG3404042021030901", datetime(2021, 3, 9, 6, 40), Decimal("128.01"), 0, True, None)  # noqa: DTZ001
    ]
    read = "SELECT started_on, audience, unit_code, month FROM form.training"
    assert all_rows(engine, read) == [(date(2021, 3, 8), ["public"], UNIT, date(2021, 3, 1))]


def test_the_source_id_leads_back_to_submission_and_row(engine: Engine) -> None:
    load(engine, build_batch(training(first_row=7)))

    read = "SELECT source_id >> 21 = submission_id, source_id & 2097151, source_row FROM form.training"
    assert all_rows(engine, read) == [(True, 7, 7)]


def test_all_tables_of_a_form_are_of_one_submission(engine: Engine) -> None:
    both = {"officer": [{"name": "甲"}, {"name": "乙"}], "community": [{"community_name": "某村"}]}
    loaded = load(engine, build_batch(report("officer_community", UNIT, "2021-03", tables=both)))

    assert loaded == Loaded(files=1, accepted=1, rejected=0, identical=0, rows=3)
    read = "SELECT officer.name, community.community_name FROM form.officer JOIN form.community USING (submission_id)"
    assert sorted(all_rows(engine, read)) == [("乙", "某村"), ("甲", "某村")]


def test_the_same_batch_again_loads_nothing(engine: Engine) -> None:
    batch = build_batch(training(), Unreadable("坏.xlsx", "不是表格文件"))
    load(engine, batch)
    before = counts(engine)

    assert load(engine, batch) == Loaded(files=0, accepted=0, rejected=0, identical=0, rows=0)
    assert counts(engine) == before


def test_of_a_batch_only_the_new_files_are_loaded(engine: Engine) -> None:
    load(engine, build_batch(training()))

    loaded = load(engine, build_batch(training(), report("accident", UNIT, "2021-03", {"deaths": 1})))

    assert loaded == Loaded(files=1, accepted=1, rejected=0, identical=0, rows=1)
    assert all_rows(engine, "SELECT deaths FROM form.accident") == [(1,)]


def test_a_file_given_twice_in_a_batch_is_loaded_once(engine: Engine) -> None:
    assert load(engine, build_batch(training(), training())).files == 1
    assert submissions(engine) == [("accepted", 1, 1)]


def test_files_are_known_by_content_and_name(engine: Engine) -> None:
    batch = build_batch(training(name="一月/培训.xlsx"), Unreadable("坏.xlsx", "不是表格文件"))
    load(engine, batch)

    assert known_files(engine).files == set(zip(batch.files["sha256"], batch.files["name"], strict=True))


def test_a_rejected_submission_leaves_its_issues_and_no_rows(engine: Engine) -> None:
    loaded = load(engine, build_batch(training(errors=["第 3 行「参训人数」：未填写"], warnings=["请确认"])))

    assert loaded == Loaded(files=1, accepted=0, rejected=1, identical=0, rows=0)
    assert submissions(engine) == [("rejected", 1, None)]
    assert all_rows(engine, "SELECT severity, message FROM core.issue ORDER BY issue_id") == [
        ("warning", "请确认"),
        ("error", "第 3 行「参训人数」：未填写"),
    ]
    assert counts(engine) == [(1, 1, 2, 0)]


def test_a_rejected_submission_leaves_the_accepted_one_in_force(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    load(engine, build_batch(training(41, errors=["第 3 行：错"])))

    assert participants(engine) == [40]


def test_a_submission_without_unit_and_month_is_recorded_when_rejected(engine: Engine) -> None:
    load(engine, build_batch(report("training", None, None, errors=["没有写明填报单位"])))

    assert all_rows(engine, "SELECT status, unit_code, month FROM core.submission") == [("rejected", None, None)]


def test_an_issue_of_a_file_belongs_to_no_submission(engine: Engine) -> None:
    load(engine, build_batch(training(warnings=["请确认"]), Unreadable("坏.xlsx", "不是表格文件")))

    read = "SELECT name, submission_id FROM core.issue JOIN core.file USING (file_id) WHERE severity = 'error'"
    assert all_rows(engine, read) == [("坏.xlsx", None)]


def test_a_resubmission_replaces_the_whole(engine: Engine) -> None:
    load(engine, build_batch(report("training", UNIT, "2021-03", {"participants": 1}, {"participants": 2})))
    load(engine, build_batch(training(40, version=2)))

    assert participants(engine) == [40]
    assert submissions(engine) == [("superseded", 1, 1), ("accepted", 2, 2)]


@pytest.mark.parametrize("nights", [1, 2])
def test_the_same_version_with_other_content_is_sent_back_and_told_which_version_it_needs(
    engine: Engine, nights: int
) -> None:
    first, other = training(40), training(41)
    batches = [build_batch(first, other)] if nights == 1 else [build_batch(first), build_batch(other)]
    for batch in batches:
        load(engine, batch)

    assert participants(engine) == [40]
    assert submissions(engine) == [("accepted", 1, 1), ("rejected", 1, None)]
    ((code, message, errors),) = all_rows(
        engine, "SELECT code, message, errors FROM core.issue NATURAL JOIN core.submission"
    )
    assert (code, errors) == ("E-COV-08", 1)
    assert "版本 1 已经报过" in str(message)
    assert "改为 2" in str(message)


def test_a_correction_keeps_its_note(engine: Engine) -> None:
    load(engine, build_batch(training(40), training(41, version=2, correction="漏计一场")))

    read = "SELECT correction FROM core.submission ORDER BY submission_id"
    assert all_rows(engine, read) == [(None,), ("漏计一场",)]


def test_a_resubmission_leaves_other_units_and_months_and_forms(engine: Engine) -> None:
    others = [
        report("training", "340404002", "2021-03", {"participants": 2}),
        report("training", UNIT, "2021-02", {"participants": 3}),
        report("accident", UNIT, "2021-03", {"deaths": 1}),
    ]
    load(engine, build_batch(training(1), *others))
    load(engine, build_batch(training(4, version=2)))

    assert participants(engine) == [2, 3, 4]
    assert all_rows(engine, "SELECT deaths FROM form.accident") == [(1,)]


def test_a_superseded_submission_is_seen_as_of_before_and_not_after(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    with engine.connect() as connection:
        between = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    load(engine, build_batch(training(41, version=2)))

    assert participants(engine, between) == [40]
    assert participants(engine) == [41]
    assert participants(engine, datetime.fromisoformat("2021-01-01T00:00:00+00:00")) == []


def test_at_the_moment_of_replacement_one_submission_is_seen(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    load(engine, build_batch(training(41, version=2)))
    ((replaced_at,),) = all_rows(engine, "SELECT recorded_to FROM core.submission WHERE status = 'superseded'")
    assert isinstance(replaced_at, datetime)

    assert participants(engine, replaced_at) == [41]


def test_of_two_in_one_batch_the_later_counts_and_the_earlier_never_did(engine: Engine) -> None:
    loaded = load(engine, build_batch(training(40), training(41, version=2)))

    assert loaded == Loaded(files=2, accepted=2, rejected=0, identical=0, rows=2)
    assert participants(engine) == [41]
    assert submissions(engine) == [("superseded", 1, 1), ("accepted", 2, 2)]
    assert all_rows(engine, "SELECT count(*) FROM core.submission WHERE recorded_to = recorded_from") == [(1,)]


def test_the_same_content_in_another_file_changes_nothing(engine: Engine) -> None:
    load(engine, build_batch(training(40)))

    loaded = load(engine, build_batch(training(40, name="再报一次.xlsx")))

    assert loaded == Loaded(files=1, accepted=0, rejected=0, identical=1, rows=0)
    assert submissions(engine) == [("accepted", 1, 1), ("identical", 1, None)]
    assert participants(engine) == [40]


def test_a_return_to_earlier_content_is_a_revision_of_its_own(engine: Engine) -> None:
    load(engine, build_batch(training(40), training(41, version=2)))

    load(engine, build_batch(training(40, version=3, name="改回.xlsx")))

    assert participants(engine) == [40]
    assert submissions(engine)[-1] == ("accepted", 3, 3)


def test_the_same_content_twice_in_one_batch_is_loaded_once(engine: Engine) -> None:
    load(engine, build_batch(training(40), training(40, name="副本.xlsx"), training(41, version=2)))

    assert submissions(engine) == [("superseded", 1, 1), ("identical", 1, None), ("accepted", 2, 2)]


@pytest.mark.parametrize("nights", [1, 2])
def test_an_older_version_that_comes_later_does_not_overwrite(engine: Engine, nights: int) -> None:
    newer, older = training(42, version=2), training(41, version=1)
    batches = [build_batch(newer, older)] if nights == 1 else [build_batch(newer), build_batch(older)]
    for batch in batches:
        load(engine, batch)

    assert participants(engine) == [42]
    assert submissions(engine) == [("accepted", 2, 1), ("superseded", 1, None)]
    assert all_rows(engine, "SELECT count(*) FROM core.submission WHERE recorded_to = recorded_from") == [(1,)]
    assert counts(engine)[0][3] == 2


def test_a_zero_report_replaces_rows(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    load(engine, build_batch(report("training", UNIT, "2021-03", version=2)))

    assert participants(engine) == []
    assert all_rows(engine, "SELECT situation FROM core.submission WHERE status = 'accepted'") == [("zero",)]


def test_two_open_submissions_of_one_unit_month_and_form_cannot_be(engine: Engine) -> None:
    load(engine, build_batch(training(40), training(41, version=2)))

    with pytest.raises(sa.exc.IntegrityError, match="ux_submission_current"), engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.submission SET status = 'accepted', recorded_to = NULL"))


def test_a_load_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    before, known = counts(engine), known_files(engine)
    broken = build_batch(
        training(41, version=2, warnings=["请确认"]), report("accident", UNIT, "2021-03", {"deaths": 1})
    )
    broken.tables["training"].loc[0, "source_row"] = 0

    with pytest.raises(WarehouseError, match=r"form_data\.training 失败.*source_row"):
        load(engine, broken)

    assert counts(engine) == before
    assert known_files(engine) == known
    assert participants(engine) == [40]
    assert load(engine, build_batch(training(41, version=2))).accepted == 1


def test_a_load_that_fails_names_no_data(engine: Engine) -> None:
    broken = build_batch(report("officer_community", UNIT, "2021-03", {"name": "张三"}))
    broken.tables["officer"].loc[0, "source_row"] = 0

    with pytest.raises(WarehouseError) as caught:
        load(engine, broken)

    assert "张三" not in "".join(traceback.format_exception(caught.value))


def test_characters_that_cannot_be_stored_do_not_end_the_night(engine: Engine) -> None:
    row = {"title": "春季\0培训", "participants": 1}
    batch = build_batch(report("training", UNIT, "2021-03", row, name="\udcc5\udce0\udcd1\udcb5.xlsx"))

    assert load(engine, batch).rows == 1
    assert load(engine, batch).files == 0
    assert all_rows(engine, "SELECT title FROM form.training") == [("春季\ufffd培训",)]


def test_loads_at_the_same_time_follow_each_other(engine: Engine) -> None:
    def batch(number: int) -> Batch:
        return build_batch(training(number, version=2 * number - 1), training(number + 100, version=2 * number))

    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(lambda number: load(engine, batch(number)), range(1, 9)))

    assert sum(part.accepted for part in loaded) == 16
    assert participants(engine) == [108]
    read = "SELECT revision FROM core.submission WHERE revision IS NOT NULL ORDER BY recorded_from, submission_id"
    revisions = [revision for (revision,) in all_rows(engine, read)]
    assert revisions == list(range(1, len(revisions) + 1))


def test_a_clock_that_was_set_back_does_not_turn_history_round(engine: Engine) -> None:
    load(engine, build_batch(training(40)))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.submission SET recorded_from = now() + interval '1 hour'"))
        connection.execute(sa.text("UPDATE core.clock SET moment = now() + interval '1 hour'"))

    load(engine, build_batch(training(41, version=2)))

    assert submissions(engine) == [("superseded", 1, 1), ("accepted", 2, 2)]
    assert all_rows(engine, "SELECT max(recorded_from) > now() + interval '50 minutes' FROM core.submission") == [
        (True,)
    ]

"""The doctor looks at everything that a night needs, and says what to do."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flows.doctor import Check, guarded
from flows.doctor_warehouse import night_finding
from flows.finding import Finding, Grade, ok
from flows.settings import Settings
from tasks.archive import place_of, store
from tests.integration.builders import build_batch, report
from tests.integration.facts import TOWN, training
from tests.integration.huizong import huizong
from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.health import LastNight, last_night
from warehouse.load import load
from warehouse.runs import fail_run, finish_run, start_run

NOW = datetime(2021, 7, 8, 8, tzinfo=UTC)


def doctor(home: Path, url: str, **settings: str) -> tuple[int, dict[str, tuple[str, str, str]], str]:
    """Exit code, grade and words of the last finding of each check, and all that was printed."""
    done = huizong(home, "doctor", "--json", **{"HUIZONG_WAREHOUSE_URL": url, **settings})
    findings: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return (
        done.returncode,
        {each["check"]: (each["grade"], each["what"], each["advice"]) for each in findings},
        done.stdout + done.stderr,
    )


def with_inbox(folder: Path) -> Path:
    (folder / "home" / "inbox").mkdir(parents=True)
    return folder / "home"


def test_a_new_installation_has_warnings_and_no_problem(tmp_path: Path, empty_url: str) -> None:
    code, found, _ = doctor(with_inbox(tmp_path), empty_url)

    assert (code, found["库表"][0]) == (0, "warning")
    assert "huizong warehouse migrate" in found["库表"][2]
    assert "serve" in found["Prefect 服务"][2]


def test_a_missing_inbox_is_a_problem_and_the_rest_is_looked_at(tmp_path: Path, warehouse_url: str) -> None:
    code, found, _ = doctor(tmp_path / "home", warehouse_url)

    assert (code, found["收件箱"][0], found["库表"][0]) == (1, "problem", "ok")
    assert found["夜间汇总"][0] == "warning"


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://huizong:geheim@127.0.0.1:9/huizong"
    code, found, printed = doctor(with_inbox(tmp_path), url, HUIZONG_INBOX="sftp://u:geheim@example.invalid/x")

    assert (code, found["数据仓库"][0], "Prefect 服务" in found) == (1, "problem", True)
    assert "sftp://u@example.invalid/x" in found["收件箱"][1]
    assert "geheim" not in printed


def test_a_wrong_setting_is_named_and_not_printed(tmp_path: Path, empty_url: str) -> None:
    code, found, printed = doctor(with_inbox(tmp_path), empty_url, HUIZONG_SERVE_AUTH="geheim")

    assert (code, list(found)) == (1, ["设置"])
    assert "HUIZONG_SERVE_AUTH" in printed
    assert "geheim" not in printed


def test_tables_of_another_program_are_a_problem(tmp_path: Path, engine: Engine, warehouse_url: str) -> None:
    with engine.begin() as connection:
        version = sa.table("alembic_version", sa.column("version_num"), schema="core")
        connection.execute(sa.update(version).values(version_num="0001"))
    code, found, _ = doctor(with_inbox(tmp_path), warehouse_url)

    assert (code, found["库表"][0], "夜间汇总" in found) == (1, "problem", False)


@pytest.mark.parametrize(("content", "grade"), [(b"whole", "ok"), (b"other", "problem"), (None, "problem")])
def test_archived_bytes_are_compared_with_what_arrived(
    tmp_path: Path, engine: Engine, warehouse_url: str, content: bytes | None, grade: str
) -> None:
    load(engine, build_batch(report("training", TOWN, "2021-03", training("2021-03-05"))))
    home = with_inbox(tmp_path)
    sha256, kept = place_of(b"whole", "a.xlsx", home / "archive")
    if content is not None:
        store(content, kept)
    # As it was recorded before the home was moved.
    before = place_of(b"whole", "a.xlsx", tmp_path / "old" / "archive")[1]
    with engine.begin() as connection:
        connection.execute(sa.update(t.file).values(archive=str(before), sha256=sha256))

    assert doctor(home, warehouse_url)[1]["原始文件"][0] == grade


def test_a_check_that_fails_is_a_finding_that_quotes_nothing() -> None:
    def fails(_settings: Settings, _moment: datetime) -> Any:  # noqa: ANN401 -- never gives anything
        yield ok("甲", "先查成的")
        raise RuntimeError("geheim")

    first, second = guarded(Check("甲", fails), Settings(), NOW)
    assert (first.grade, second.grade) == (Grade.OK, Grade.PROBLEM)
    assert "RuntimeError" in second.what
    assert "geheim" not in repr(second)


def finding(hours: int, *, is_scheduled: bool = True, failure: str | None = None) -> Finding:
    return night_finding(LastNight(NOW - timedelta(hours=hours), is_scheduled, failure), NOW)


def test_scheduled_nights_that_were_missed_are_counted_and_those_of_a_hand_only_told() -> None:
    assert finding(25).grade is Grade.OK
    assert finding(50).grade is Grade.PROBLEM
    assert "已漏 2 夜" in finding(50).what
    assert finding(50, is_scheduled=False).grade is Grade.WARNING
    assert "审核未通过" in finding(1, failure="审核未通过").what


def test_a_failure_counts_until_a_night_comes_to_its_end(engine: Engine) -> None:
    failed = start_run(engine, date(2021, 7, 7), "deployment", "flow run")
    fail_run(engine, failed, "审核未通过")
    assert last_night(engine) == LastNight(None, is_scheduled=True, failure="审核未通过")

    finish_run(engine, start_run(engine, date(2021, 7, 8)), {})
    assert last_night(engine).failure is None

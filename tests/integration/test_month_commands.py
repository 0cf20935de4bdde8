"""Months are closed, reopened and released and reports withdrawn from the command line, and all of it is kept."""

import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.builders import build_batch, report
from tests.integration.facts import STREET, TOWN, training
from tests.integration.huizong import Installation
from tests.workbooks import TRAINING, grid, xlsx
from warehouse.audit import audit_lines
from warehouse.engine import Engine
from warehouse.load import load

ROW, OTHER = training("2021-03-05"), training("2021-03-06", 2)
BY = ("--reason", "已通报", "--by", "张三")


class Office(Installation):
    """An installation whose commands succeed."""

    def done(self, *arguments: str) -> str:
        """What a command that should succeed prints."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answer(self, *arguments: str) -> Any:  # noqa: ANN401 -- JSON
        return json.loads(self.done(*arguments, "--json"))

    def acts(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.answer("audit", *arguments)["acts"]
        return found


@pytest.fixture
def office(tmp_path: Path, warehouse_url: str) -> Office:
    return Office(tmp_path / "home", warehouse_url)


def test_closing_a_month_says_what_becomes_of_late_reports_and_is_kept(office: Office) -> None:
    printed = office.done("month", "close", "2021-03", *BY, "--today", "2021-04-20")

    (line,) = office.acts()
    assert "2021年3月已封账" in printed
    assert "放行：huizong month release 2021-03 --reason 理由" in printed
    assert (line["what"], line["who"], line["why"], line["month"]) == ("close", "张三", "已通报", "2021-03")
    assert office.answer("status", "2021-03")["closed"] is True


def test_an_act_of_an_earlier_day_is_recorded_by_its_night(tmp_path: Path, empty_url: str) -> None:
    office = Office(tmp_path / "home", empty_url)
    office.done("month", "close", "2021-03", *BY, "--today", "2021-04-20")

    assert [line["recorded_at"] for line in office.acts()] == ["2021-04-20T02:00:00+08:00"]


def test_who_gives_no_name_acts_under_that_of_the_login(office: Office) -> None:
    office.done("month", "close", "2021-03", "--reason", "已通报")

    assert [line["who"] for line in office.acts()] == [getpass.getuser()]


def test_reopening_a_month_says_how_many_reports_still_wait(office: Office, engine: Engine) -> None:
    office.done("month", "close", "2021-03", *BY)
    load(engine, build_batch(report("training", STREET, "2021-03", ROW), report("training", TOWN, "2021-03", OTHER)))

    printed = office.done("month", "reopen", "2021-03", *BY)

    assert "2021年3月已解封，暂存待处理的报表 2 份。" in printed
    assert "放行：huizong month release 2021-03" in printed
    assert office.answer("status", "2021-03")["closed"] is False


@pytest.mark.parametrize(
    ("options", "left"),
    [
        pytest.param((), [], marks=pytest.mark.slow),
        (("--form", "F06", "--unit", TOWN), [(STREET, "F06"), (TOWN, "F02")]),
        pytest.param(("--form", "training"), [(TOWN, "F02")], marks=pytest.mark.slow),
        pytest.param(("--unit", "唐山镇"), [(STREET, "F06")], marks=pytest.mark.slow),
    ],
)
def test_what_is_held_is_released_whole_or_by_form_and_unit(
    office: Office, engine: Engine, options: tuple[str, ...], left: list[tuple[str, str]]
) -> None:
    office.done("month", "close", "2021-03", *BY)
    held = [("training", STREET, ROW), ("training", TOWN, OTHER)]
    load(engine, build_batch(*(report(form, unit, "2021-03", row) for form, unit, row in held)))
    load(engine, build_batch(report("incident", TOWN, "2021-03")))

    printed = office.done("month", "release", "2021-03", *BY, *options)

    assert f"接收报表 {3 - len(left)} 份" in printed
    assert "指标在下次 huizong run 时重算" in printed
    waiting = office.answer("status", "2021-03")["held"]
    assert [(line["unit_code"], line["form_code"]) for line in waiting] == left


def test_what_a_release_sends_back_is_said_and_gives_exit_code_1(office: Office, engine: Engine) -> None:
    load(engine, build_batch(report("training", STREET, "2021-02", training("2021-02-05"))))
    office.done("month", "close", "2021-03", *BY)
    load(engine, build_batch(report("team_supply", STREET, "2021-03", states={"team": "unchanged"})))

    done = office.run("month", "release", "2021-03", *BY)

    assert (done.returncode, done.stderr) == (1, "")
    assert "接收报表 0 份（0 行），退回 1 份" in done.stdout
    assert "huizong status 2021-03" in done.stdout


def test_a_withdrawn_report_is_no_longer_in_force_and_its_reason_is_kept(office: Office, engine: Engine) -> None:
    load(engine, build_batch(report("training", STREET, "2021-03", ROW)))

    printed = office.done("withdraw", "F06", "谢三村街道", "2021-03", "--reason", "报错单位", "--by", "李四")

    (act,) = office.acts("--month", "2021-03")
    (line,) = [
        each
        for each in office.answer("status", "2021-03")["units"]
        if (each["unit_code"], each["form"]) == (STREET, "training")
    ]
    assert printed == "已撤回谢三村街道 F06 2021年3月的报表。指标在下次 huizong run 时重算。\n"
    assert (act["what"], act["who"], act["why"], act["form"], act["unit_code"]) == (
        "withdraw", "李四", "报错单位", "training", STREET,
    )  # fmt: skip
    assert line["state"] == "withdrawn"


def test_the_book_lists_all_acts_or_those_of_a_month_newest_last(office: Office) -> None:
    office.done("month", "close", "2021-03", *BY)
    office.done("month", "close", "2021-04", *BY)
    office.done("month", "reopen", "2021-03", "--reason", "[更正] 漏报", "--by", "张三")

    assert [(line["what"], line["month"]) for line in office.acts()] == [
        ("close", "2021-03"), ("close", "2021-04"), ("reopen", "2021-03"),
    ]  # fmt: skip
    assert [line["what"] for line in office.acts("--month", "2021-03")] == ["close", "reopen"]
    assert "[更正] 漏报" in office.done("audit")
    assert "没有审计记录" in office.done("audit", "--month", "2021-05")


def test_what_is_held_is_shown_with_the_command_that_releases_it(office: Office, engine: Engine) -> None:
    load(engine, build_batch(report("training", STREET, "2021-03", ROW)))
    office.done("month", "close", "2021-03", *BY)
    correction = report("training", STREET, "2021-03", ROW, OTHER, version=2, correction="漏计[一]期", name="更正.xlsx")
    load(engine, build_batch(correction, report("incident", STREET, "2021-03")))

    printed = office.done("status", "2021-03")

    assert "2021年3月已封账" in printed
    assert "封账待处理 谢三村街道 F06 第 2 版（漏计[一]期），2 行" in printed
    assert f"放行：huizong month release 2021-03 --form F06 --unit {STREET} --reason 理由\n" in printed
    assert "封账待处理 1 份，" in printed


WRONG = [
    pytest.param(("month", "close", "2021-Q1", *BY), "不是月份，请写成 2021-03", id="no month"),
    pytest.param(("month", "close", "2021-03", "--reason", " "), "请写明经办人和理由", id="empty reason"),
    pytest.param(("month", "close", "2021-03", "--reason", "已通报", "--by", ""), "请写明经办人和理由", id="nobody"),
    pytest.param(("month", "reopen", "2021-03", *BY), "2021-03 没有封账", id="not closed"),
    pytest.param(("month", "release", "2021-03", *BY), "没有待处理的报表", id="nothing held"),
    pytest.param(("month", "release", "2021-03", *BY, "--form", "F99"), "没有报表「F99」", id="no such form"),
    pytest.param(("month", "release", "2021-03", *BY, "--unit", "幸福镇"), "找不到单位「幸福镇」", id="no such unit"),
    pytest.param(("withdraw", "F06", STREET, "2021-03", *BY), "没有现行的报表", id="nothing to withdraw"),
    pytest.param(("withdraw", "F99", STREET, "2021-03", *BY), "没有报表「F99」", id="withdraw no form"),
    pytest.param(("withdraw", "F06", "幸福镇", "2021-03", *BY), "找不到单位「幸福镇」", id="withdraw from nobody"),
    pytest.param(("audit", "--month", "三月"), "期间「三月」看不懂", id="audit of no month"),
    pytest.param(("indicators", "2021-03", "--as-known-at", "昨天"), "时间「昨天」看不懂", id="no moment"),
]


@pytest.mark.parametrize(("arguments", "complaint"), WRONG)
def test_an_act_that_is_refused_is_one_line_and_exit_code_2_and_leaves_nothing(
    office: Office, engine: Engine, arguments: tuple[str, ...], complaint: str
) -> None:
    done = office.run(*arguments)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert complaint in done.stderr
    assert audit_lines(engine) == []


@pytest.mark.parametrize(
    "arguments",
    [("month", "close", "2021-03"), ("month", "reopen", "2021-03"), ("month", "release", "2021-03"),
     ("withdraw", "F06", STREET, "2021-03")],
)  # fmt: skip
def test_no_act_goes_without_a_reason(office: Office, arguments: tuple[str, ...]) -> None:
    done = office.run(*arguments)

    assert done.returncode == 2
    assert "--reason" in done.stderr


def test_a_closed_month_is_closed_once_and_gives_nothing_back(office: Office, engine: Engine) -> None:
    load(engine, build_batch(report("training", STREET, "2021-03", ROW)))
    office.done("month", "close", "2021-03", *BY)

    again = office.run("month", "close", "2021-03", *BY)
    withdrawn = office.run("withdraw", "F06", STREET, "2021-03", *BY)

    assert (again.returncode, again.stderr) == (2, "2021-03 已经封账，不用再封\n")
    assert withdrawn.returncode == 2
    assert "请先解封：huizong month reopen 2021-03" in withdrawn.stderr
    assert [line["what"] for line in office.acts()] == ["close"]


@pytest.mark.slow
def test_nights_of_earlier_days_are_known_as_of_then_and_late_reports_wait(tmp_path: Path, empty_url: str) -> None:
    office = Office(tmp_path / "home", empty_url)
    inbox = office.home / "inbox"
    inbox.mkdir(parents=True)
    first = {**TRAINING, "participants": 40}
    (inbox / "培训.xlsx").write_bytes(xlsx(台账=grid("training", first)))
    (inbox / "二月.xlsx").write_bytes(
        xlsx(
            台账=grid(
                "training",
                {**first, "training_no": "PX-00", "started_on": "2021-02-08", "ended_on": "2021-02-09"},
                head=["填报单位：谢三村街道", "所属月份：2021年2月"],
            )
        )
    )
    night = office.answer("run", "--today", "2021-04-08")
    office.done("month", "close", "2021-03", *BY, "--today", "2021-04-20")
    corrected = xlsx(台账=grid("training", first, {**first, "training_no": "PX-02"}))
    (inbox / "培训_v2.xlsx").write_bytes(corrected)
    late = office.answer("run", "--today", "2021-04-21")
    office.done("month", "release", "2021-03", *BY, "--today", "2021-05-07")
    office.answer("run", "--today", "2021-05-08")

    def trainings(*known: str) -> tuple[str, int]:
        found = office.answer("indicators", "2021-03", *known)
        return found["as_of"], next(line["value"] for line in found["indicators"] if line["code"] == "TRN02")

    assert (night["accepted"], night["held"], late["accepted"], late["held"]) == (2, 0, 0, 1)
    assert trainings() == ("2021-05-08T02:00:00+08:00", 2)
    assert trainings("--as-known-at", "2021-04-08T02:00:00+08:00") == ("2021-04-08T02:00:00+08:00", 1)
    assert trainings("--as-known-at", "2021-05-06") == ("2021-05-06T23:59:59+08:00", 1)
    assert trainings("--as-known-at", "2021-05-07") == ("2021-05-07T23:59:59+08:00", 2)
    table = office.done("indicators", "2021-03", "--as-known-at", "2021-05-06")
    assert "按 2021-05-06T23:59:59+08:00 所知" in table
    assert office.done("indicators", "2021-03", "--as-known-at", "2021-05-06") == table

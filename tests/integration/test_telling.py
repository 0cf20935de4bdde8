"""The administrators are told of every night of today, whether it came to its end or not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Crashed, Failed

from flows.house import House
from flows.nightly import nightly
from flows.settings import Settings, load_settings
from flows.tell import tell_night
from flows.trouble import alarm, tell_trouble
from schemas.calendar import SHANGHAI
from schemas.unit import Register
from tasks.letters import Letter
from tests.integration.mailbox import Mailbox, open_mailbox
from tests.unit.test_night import QUIET
from warehouse.engine import Engine

YESTERDAY = date(2021, 4, 20)
NOWHERE = "postgresql://127.0.0.1:1/none"
NEWS = replace(QUIET, files=3, accepted=2, rejected=1, held=4, rows=25, changed=7, publication=12)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@pytest.fixture
def house(engine: Engine, register: Register, mailbox: Mailbox, tmp_path: Path) -> House:
    return House(Settings(home=tmp_path, notify=(mailbox.address("admin"),)), register, engine)


def test_a_night_is_told_with_what_came_what_was_published_and_what_is_late(house: House, mailbox: Mailbox) -> None:
    assert tell_night(house, NEWS, 1, None) == NEWS

    (said,) = mailbox.of("admin")
    assert "新文件 3 个；接收 2 份（25 行），退回 1 份，封账待处理 4 份" in said
    assert "已发布第 12 版：12 个值，变动 7 个" in said
    assert "涉及 11 个单位" in said


def test_each_night_is_told_once(house: House, mailbox: Mailbox) -> None:
    for run_id in (1, 1, 2):
        tell_night(house, NEWS, run_id, datetime.now(SHANGHAI).date())

    assert len(mailbox.of("admin")) == 2


def test_a_night_as_of_an_earlier_day_tells_nobody(house: House, mailbox: Mailbox) -> None:
    assert tell_night(house, NEWS, 1, YESTERDAY) == NEWS
    assert mailbox.received == []


def test_a_night_that_cannot_be_told_goes_on_and_shows_it(house: House, mailbox: Mailbox) -> None:
    mailbox.broken.add("admin")
    assert tell_night(house, NEWS, 1, None).untold == ("消息没有送达管理员：json-1 对方返回 503",)


def test_without_an_address_nothing_is_told(engine: Engine, register: Register, tmp_path: Path) -> None:
    assert tell_night(House(Settings(home=tmp_path), register, engine), NEWS, 1, None) == NEWS


@pytest.fixture
def alarmed(monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox, tmp_path: Path) -> pytest.MonkeyPatch:
    """The settings of a process whose administrators are reached."""
    monkeypatch.setenv("HUIZONG_HOME", str(tmp_path))
    monkeypatch.setenv("HUIZONG_NOTIFY", mailbox.address("admin"))
    return monkeypatch


def flow_run(today: str | None = None) -> FlowRun:
    return FlowRun(flow_id=uuid4(), name="calm-crane", parameters={"request": {"today": today}} if today else {})


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Crashed(message="Process exited with -9"), "运行中断（进程被结束，或机器停了）"),
        (
            Failed(message="Flow run encountered an exception: GateFailed: 指标审核未通过。"),
            "没有完成：指标审核未通过。",
        ),
        (Failed(message="Flow run encountered an exception: ValueError: 张三"), "程序出错（ValueError）"),
        (Failed(message="timed out"), "运行失败"),
    ],
    ids=["killed", "our own sentence", "an error that may quote data", "no error"],
)
def test_a_night_that_failed_or_was_killed_is_an_alarm_that_says_why_and_quotes_no_data(
    alarmed: pytest.MonkeyPatch, mailbox: Mailbox, warehouse_url: str, state: State[object], reason: str
) -> None:
    alarmed.setenv("HUIZONG_WAREHOUSE_URL", warehouse_url)
    run = flow_run()
    for _ in range(2):
        tell_trouble(nightly, run, state)

    (said,) = mailbox.of("admin")
    assert all(part in said for part in ("告警：夜间汇总没有完成", "calm-crane", reason))
    assert "张三" not in said


def test_an_automation_that_tells_of_the_same_run_adds_no_second_alarm(
    alarmed: pytest.MonkeyPatch, mailbox: Mailbox, warehouse_url: str
) -> None:
    alarmed.setenv("HUIZONG_WAREHOUSE_URL", warehouse_url)
    run = flow_run()
    tell_trouble(nightly, run, Crashed())
    alarm(load_settings(), Letter("警报", "运行失败"), str(run.id))
    alarm(load_settings(), Letter("警报", "没有按时开始"), str(flow_run().id))

    assert [said.partition("\n")[0] for said in mailbox.of("admin")] == ["告警：夜间汇总没有完成", "警报"]


@pytest.mark.parametrize("is_empty", [False, True], ids=["no server", "never prepared"])
def test_an_alarm_goes_out_without_a_warehouse_to_write_it_down(
    alarmed: pytest.MonkeyPatch, mailbox: Mailbox, empty_url: str, is_empty: bool
) -> None:
    alarmed.setenv("HUIZONG_WAREHOUSE_URL", empty_url if is_empty else NOWHERE)
    tell_trouble(nightly, flow_run(), Crashed())

    assert len(mailbox.of("admin")) == 1


def test_a_night_as_of_an_earlier_day_that_fails_is_no_alarm(alarmed: pytest.MonkeyPatch, mailbox: Mailbox) -> None:
    alarmed.setenv("HUIZONG_WAREHOUSE_URL", NOWHERE)
    tell_trouble(nightly, flow_run("2021-04-20"), Failed())

    assert mailbox.received == []

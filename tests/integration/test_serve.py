"""``huizong serve`` with real processes: server, worker and warehouse, and what a kill -9 leaves."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from schemas.calendar import SHANGHAI
from schemas.unit import load_register
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.sources.address import parse_address
from tasks.sources.source import Means
from tasks.validate import validate
from tests.integration.conftest import on_server, own_database
from tests.integration.contents import contents
from tests.integration.huizong import huizong, new_home
from tests.integration.mailbox import Mailbox, open_mailbox
from tests.integration.serving import PASSWORD, Serving, serving, wait_until
from tests.workbooks import ACCIDENT, TRAINING, grid, xlsx
from warehouse.engine import Engine, open_engine
from warehouse.files import Known
from warehouse.load import load
from warehouse.publish import publish
from warehouse.setup import prepare

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def database(server_url: str) -> Iterator[str]:
    """The URL of an empty database; Prefect may make its own beside it."""
    for url in own_database(server_url):
        yield url
        on_server(server_url, f'DROP DATABASE IF EXISTS "{sa.make_url(url).database}_prefect" WITH (FORCE)')


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """What the administrators receive."""
    with open_mailbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(database: str, mailbox: Mailbox) -> Iterator[Serving]:
    """A server over an inbox that was never read."""
    with new_home() as home:
        fill(home / "inbox")
        settings = {"HUIZONG_WAREHOUSE_URL": database, "HUIZONG_NOTIFY": mailbox.address("admin")}
        with serving(home, **settings) as started:
            yield started


def fill(inbox: Path) -> None:
    """What three units sent, one of them with a mistake."""
    wrong = {**TRAINING, "participants": "很多"}
    second = {**TRAINING, "training_no": "PX-02"}
    files = {
        "谢三村街道/2021-03/培训.xlsx": xlsx(台账=grid("training", TRAINING, second)),
        "谢三村街道/2021-03/事故.xlsx": xlsx(台账=grid("accident", ACCIDENT)),
        "谢家集街道/2021-03/培训.xlsx": xlsx(
            台账=grid("training", TRAINING, head=["填报单位：谢家集街道", "2021年3月"])
        ),
        "李郢孜镇/2021-03/培训.xlsx": xlsx(台账=grid("training", wrong, head=["填报单位：李郢孜镇", "2021年3月"])),
    }
    for name, content in files.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def issues_are_held_up(engine: Engine) -> Iterator[None]:
    """Whoever writes issues waits inside: by then files, submissions and rows of a load are written."""
    with engine.begin() as connection:
        connection.execute(sa.text("LOCK TABLE core.issue IN ACCESS EXCLUSIVE MODE"))
        yield


def is_waiting(engine: Engine) -> bool:
    """Whether somebody has been stopped in the middle of loading."""
    statement = "SELECT count(*) FROM pg_locks WHERE relation = 'core.issue'::regclass AND NOT granted"
    with engine.connect() as connection:
        return bool(connection.execute(sa.text(statement)).scalar_one())


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_nights_are_scheduled_and_the_page_asks_for_a_password(served: Serving) -> None:
    nightly = served.api("/deployments/name/nightly/nightly")["id"]
    wanted = {"deployments": {"id": {"any_": [nightly]}}, "sort": "EXPECTED_START_TIME_ASC"}
    wait_until(lambda: bool(served.api("/flow_runs/filter", wanted)), served.said)
    run = served.api("/flow_runs/filter", wanted)[0]
    assert (run["state_type"], run["auto_scheduled"]) == ("SCHEDULED", True)
    assert run["expected_start_time"].endswith("T18:00:00Z"), "02:00 in Shanghai"
    for path in ("work_pools/huizong", "admin/settings", "variables/name/any", "blocks/capabilities/"):
        for given in ({}, {"Authorization": "Basic dGVzdGVyOndyb25n"}):
            request = urllib.request.Request(f"http://127.0.0.1:{served.port}/api/{path}", headers=given)
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(request, timeout=10)


def test_the_password_is_in_no_file_log_and_command_line(served: Serving) -> None:
    secret = PASSWORD.partition(":")[2]
    files = [each for each in served.home.rglob("*") if each.is_file()]
    assert any(each.name == "prefect.db" for each in files)
    assert [each for each in files if secret.encode() in each.read_bytes()] == []
    assert [each.cmdline() for each in served.family() if secret in " ".join(each.cmdline())] == []


def test_the_alarms_are_there_once_however_often_it_starts(served: Serving) -> None:
    names = [each["name"] for each in served.api("/automations/filter", {})]
    ours = ["单位未报", "审核未通过", "未按时开始", "来源收不到", "核对不符", "运行失败"]
    assert sorted(names) == [f"huizong {each}" for each in ours]


def test_a_second_one_is_refused(served: Serving, database: str) -> None:
    same_home = huizong(served.home, "serve", HUIZONG_WAREHOUSE_URL=database)
    assert (same_home.returncode, "已有一个 huizong serve" in same_home.stderr) == (2, True)
    with new_home() as home:
        same_port = huizong(home, "serve", "--port", str(served.port), HUIZONG_WAREHOUSE_URL=database)
    assert (same_port.returncode, "--port 4201" in same_port.stderr) == (2, True)


@pytest.mark.slow
def test_a_night_killed_in_the_middle_of_loading_is_finished_by_the_next(
    served: Serving, database: str, mailbox: Mailbox, empty_engine: Engine, tmp_path: Path
) -> None:
    huizong(served.home, "warehouse", "migrate", HUIZONG_WAREHOUSE_URL=database)
    engine = open_engine(database)
    with issues_are_held_up(engine):
        killed = served.trigger("nightly")
        wait_until(lambda: is_waiting(engine), served.said)
        served.kill()
    wait_until(lambda: not is_waiting(engine))
    assert (count(engine, "core.file"), count(engine, "core.submission")) == (0, 0), "all or nothing"

    served.start()
    night = served.ended(served.trigger("nightly"))
    assert night["state_type"] == "COMPLETED", served.said()
    assert served.ended(killed)["state_type"] == "CRASHED"
    assert [each for each in mailbox.of("admin") if "夜间汇总没有完成" in each and "服务停止时被中断" in each]
    assert any("接收报表 3 份" in each or "接收 3 份" in each for each in mailbox.of("admin"))

    whole_night(empty_engine, served.home / "inbox", tmp_path)
    assert contents(engine) == contents(empty_engine)
    assert count(engine, "core.submission") == 4
    with engine.connect() as connection:
        told = connection.execute(sa.text("SELECT finished_at IS NULL, summary FROM core.run ORDER BY run_id")).all()
    assert [cut for cut, _ in told] == [True, False]
    assert len(told[1][1]["unfinished"]) == 1
    keys = {each["key"] for each in served.api("/artifacts/filter", {})}
    assert {"submissions", "night"} <= keys
    engine.dispose()


def whole_night(engine: Engine, inbox: Path, archive: Path) -> None:
    """The same inbox, day and program in a night that nobody interrupts, as one process and without Prefect."""
    register, today = load_register(), datetime.now(SHANGHAI).date()
    prepare(engine, register)
    means = Means(archive=archive, known_hosts=archive / "known_hosts", settle_seconds=0)
    arrived = collect_all([parse_address(str(inbox))], Known(), means).files
    load(engine, validate(read_batch(arrived, register, today), register))
    publish(engine, "test")


def test_a_stop_ends_every_process_and_is_no_error(served: Serving) -> None:
    family = served.family()
    assert served.stop() == 0
    assert [each for each in family if each.is_running() and each.status() != psutil.STATUS_ZOMBIE] == []
    assert "已停止" in served.said()

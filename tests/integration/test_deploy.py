"""``prefect.yaml`` deploys to a real Prefect server, which the command line looks after."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.doctor_server import check_server
from flows.finding import Grade
from flows.old_runs import count_runs_before, forget_runs_before
from flows.prefect_api import PrefectApi, ServerError
from flows.settings import Settings

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect"]
START_SECONDS = 120


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Prefect of its own, that knows nothing of the user's and tells nobody anything."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return own | {
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_API_PORT": str(port),
    }


@pytest.fixture(scope="module")
def server(environment: dict[str, str]) -> Iterator[str]:
    """The API's address of a server that runs."""
    log = Path(environment["PREFECT_HOME"], "server.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*PREFECT, "server", "start", "--host", "127.0.0.1", "--no-ui"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(process, environment["PREFECT_API_URL"], log)
        yield environment["PREFECT_API_URL"]
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(process: subprocess.Popen[bytes], api: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{api}/health", timeout=10).close()
            return
        time.sleep(0.2)
    pytest.fail(log.read_text()[-2000:])


def get(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return dict(json.load(answer))


def prefect(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [*PREFECT, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def deployment(server: str, environment: dict[str, str]) -> dict[str, Any]:
    """The deployment as the server knows it after ``prefect deploy``."""
    prefect(environment, "work-pool", "create", "huizong", "--type", "process")
    prefect(environment, "deploy", "--all", "--no-prompt")
    return get(f"{server}/deployments/name/nightly/nightly")


def test_the_night_begins_at_two_in_shanghai(deployment: dict[str, Any]) -> None:
    [schedule] = deployment["schedules"]

    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "0 2 * * *"
    assert schedule["schedule"]["timezone"] == "Asia/Shanghai"


def test_one_night_runs_at_a_time_and_the_next_one_waits(deployment: dict[str, Any]) -> None:
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"


def test_the_flow_is_found_by_its_dotted_name_in_a_process_pool(deployment: dict[str, Any], server: str) -> None:
    assert deployment["entrypoint"] == "flows.nightly.nightly"
    assert deployment["work_pool_name"] == "huizong"
    assert get(f"{server}/work_pools/huizong")["type"] == "process"


def test_the_deployment_says_what_it_does(deployment: dict[str, Any]) -> None:
    assert "发布" in deployment["description"]
    assert set(deployment["tags"]) == {"huizong", "nightly"}


@pytest.mark.usefixtures("deployment")
def test_housekeeping_begins_on_sundays_before_anybody_works(server: str) -> None:
    housekeeping = get(f"{server}/deployments/name/housekeeping/housekeeping")
    [schedule] = housekeeping["schedules"]

    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("30 4 * * 0", "Asia/Shanghai")
    assert housekeeping["entrypoint"] == "flows.housekeeping.housekeeping"


def test_the_doctor_finds_a_schedule_that_somebody_stopped(
    server: str, deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", server)
    before = [each.grade for each in check_server(Settings(), datetime.now(UTC))]
    PrefectApi(server, None).post(f"/deployments/{deployment['id']}/pause_deployment", {})
    after = [each.what for each in check_server(Settings(), datetime.now(UTC)) if each.grade is Grade.PROBLEM]

    # The worker is none of this server's.
    assert before == [Grade.OK, Grade.OK, Grade.OK, Grade.OK, Grade.PROBLEM]
    assert "nightly 的日程停着" in after


def ended_run(api: PrefectApi, flow_id: str) -> str:
    """A run that has ended and left an artifact."""
    state = {"type": "COMPLETED", "name": "Completed"}
    run: str = api.post("/flow_runs/", {"flow_id": flow_id, "state": state})["id"]
    api.post("/artifacts/", {"key": "night", "type": "markdown", "data": "x", "flow_run_id": run})
    return run


def test_runs_that_ended_long_ago_are_forgotten_with_all_that_they_left(server: str) -> None:
    api = PrefectApi(server, None)
    flow_id = api.post("/flows/", {"name": "old"})["id"]
    for _ in range(51):  # more than a page
        ended_run(api, flow_id)
    moment = datetime.now(UTC)
    young = ended_run(api, flow_id)

    assert count_runs_before(api, moment) == 51
    assert forget_runs_before(api, moment) == 51
    left = api.post("/flow_runs/filter", {"flows": {"id": {"any_": [flow_id]}}})
    assert [run["id"] for run in left] == [young]
    assert api.post("/artifacts/count", {}) == 1


def test_a_server_that_does_not_answer_is_told_with_what_to_do() -> None:
    with pytest.raises(ServerError, match="huizong serve"):
        PrefectApi("http://127.0.0.1:9/api", "u:geheim").post("/flow_runs/count", {})


def test_reminders_are_tried_every_day_at_nine_in_shanghai(deployment: dict[str, Any], server: str) -> None:
    assert deployment
    [schedule] = get(f"{server}/deployments/name/reminders/reminders")["schedules"]

    assert schedule["active"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("0 9 * * *", "Asia/Shanghai")


def test_the_form_of_a_backfill_has_months_to_pick_and_forms_to_choose(deployment: dict[str, Any], server: str) -> None:
    assert deployment
    backfill = get(f"{server}/deployments/name/backfill/backfill")
    asked = backfill["parameter_openapi_schema"]["definitions"]["BackfillRequest"]["properties"]

    assert backfill["entrypoint"] == "flows.backfill.backfill"
    assert backfill["global_concurrency_limit"]["limit"] == 1
    assert (asked["from_month"]["title"], asked["from_month"]["anyOf"][0]["format"]) == ("起始月份", "date")
    assert asked["form"]["enum"][:2] == ["全部报表", "F01 生产安全事故登记表"]
    assert asked["dry_run"]["default"] is True

"""Makes the server know what runs and when: ``python -m flows.register_deployments``, as often as one likes.

Run by ``huizong serve`` before its worker starts, so that runs which were under way when the machine stopped are ended
first.
"""

import subprocess
import sys
from pathlib import Path

from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from flows.alarms import register_alarms
from flows.children import python
from flows.lost_runs import end_lost_runs
from flows.serve_settings import POOL


def main() -> None:
    """Registers everything; exit code 1 with Prefect's own words where it refuses a deployment."""
    for name in end_lost_runs():
        print(f"运行 {name} 上次没有跑完，已标为中断")  # noqa: T201 -- for whoever watches huizong serve
    _make_pool()
    command = python("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(definitions()))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    register_alarms()


def definitions() -> Path:
    """``prefect.yaml``: beside the packages in a checkout, inside this one when installed."""
    here = Path(__file__).parent
    beside = here.parent / "prefect.yaml"
    return beside if beside.is_file() else here / "prefect.yaml"


def _make_pool() -> None:
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process", description="本机执行汇总的进程"))
        except ObjectAlreadyExists:
            return


if __name__ == "__main__":
    main()

"""Flow runs that were cut short with the machine: Prefect takes them for running until somebody says otherwise.

Until then each keeps its deployment's one place, and the next night waits for it.
"""

import logging
from typing import TYPE_CHECKING

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from flows.settings import load_settings
from flows.trouble import alarm, letter_about

if TYPE_CHECKING:
    from uuid import UUID

_log = logging.getLogger(__name__)

_UNDER_WAY = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_WHY = "服务停止时被中断"


def end_lost_runs() -> list[str]:
    """Say of every run of a deployment that is under way that it crashed, which frees its place; the names of the runs.

    Only while no worker runs: then nothing can be under way. What a command runs by itself belongs to no deployment.
    The administrators are told here: no hook of a run that is gone speaks, and the server's automations do not listen
    so early.
    """
    under_way = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)),
        deployment_id=FlowRunFilterDeploymentId(is_null_=False),
    )
    ended: dict[UUID, str] = {}
    with get_client(sync_client=True) as client:
        # A page holds 200, and those that were ended are no longer found.
        while runs := [run for run in client.read_flow_runs(flow_run_filter=under_way) if run.id not in ended]:
            for run in runs:
                client.set_flow_run_state(run.id, Crashed(message=_WHY))
                ended[run.id] = run.name
                _tell(client.read_flow(run.flow_id).name, run)
    return list(ended.values())


def _tell(flow: str, run: FlowRun) -> None:
    for said in alarm(load_settings(), letter_about(flow, run.name, _WHY), str(run.id)):
        _log.warning("%s", said)

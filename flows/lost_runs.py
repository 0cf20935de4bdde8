"""Flow runs that were cut short with the machine: Prefect takes them for running until somebody says otherwise.

Until then each keeps its deployment's one place, and the next night waits for it.
"""

from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

_UNDER_WAY = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_WHY = "服务停止时被中断；下一夜会接着做完"


def end_lost_runs() -> list[str]:
    """Say of every run under way that it crashed, which frees its place; the names of the runs.

    Only while no worker runs: then nothing can be under way.
    """
    under_way = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNDER_WAY)))
    ended = []
    with get_client(sync_client=True) as client:
        # A page holds 200, and those that were ended are no longer found.
        while runs := client.read_flow_runs(flow_run_filter=under_way):
            for run in runs:
                client.set_flow_run_state(run.id, Crashed(message=_WHY))
                ended.append(run.name)
    return ended

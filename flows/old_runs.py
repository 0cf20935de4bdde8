"""Prefect's history of runs, pruned through its API. Its own vacuum of the database would do it by its own settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.prefect_api import PrefectApi

# As many as the server deletes at a time.
_PAGE = 50
_ENDED = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]


def count_runs_before(server: PrefectApi, moment: datetime) -> int:
    """How many flow runs ended before the moment."""
    return int(server.post("/flow_runs/count", {"flow_runs": _ended_before(moment)}))


def forget_runs_before(server: PrefectApi, moment: datetime) -> int:
    """Delete the flow runs that ended before the moment, with tasks, logs and artifacts; how many they were."""
    forgotten = 0
    while runs := server.post("/flow_runs/filter", {"flow_runs": _ended_before(moment), "limit": _PAGE}):
        ids = [run["id"] for run in runs]
        _forget_artifacts(server, ids)
        gone = server.post("/flow_runs/bulk_delete", {"flow_runs": {"id": {"any_": ids}}, "limit": _PAGE})
        if not gone["deleted"]:
            break  # somebody else deletes them at the same time
        forgotten += len(gone["deleted"])
    return forgotten


def _forget_artifacts(server: PrefectApi, ids: Sequence[str]) -> None:
    """The server leaves artifacts behind when it deletes a run."""
    theirs = {"artifacts": {"flow_run_id": {"any_": list(ids)}}, "limit": 200}
    while artifacts := server.post("/artifacts/filter", theirs):
        for artifact in artifacts:
            server.delete(f"/artifacts/{artifact['id']}")


def _ended_before(moment: datetime) -> Mapping[str, Any]:
    return {"state": {"type": {"any_": _ENDED}}, "end_time": {"before_": moment.isoformat()}}

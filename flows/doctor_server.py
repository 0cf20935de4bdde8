"""What the doctor asks Prefect's server: does it answer to our password, and are our deployments scheduled."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.finding import Finding, ok, problem, warning
from flows.prefect_api import PrefectApi, find_server
from flows.serve_settings import POOL
from flows.settings import Settings

SCHEDULED = ("nightly", "reminders", "housekeeping")


def check_server(settings: Settings, _moment: datetime) -> Iterator[Finding]:
    """Everything about the server; a site may do without one and start ``huizong run`` by a cron of its own."""
    server = find_server(settings)
    if server is None:
        yield warning(
            "Prefect 服务", "这个文件夹还没有运行过 huizong serve", "启动 huizong serve，见 docs/operations.md"
        )
        return
    deployments = _deployments(server)
    yield ok("Prefect 服务", "有应答，用户和密码正确")
    yield from (_schedule(name, deployments) for name in SCHEDULED)
    yield _workers(server)


def _deployments(server: PrefectApi) -> Mapping[str, Any]:
    found = server.post("/deployments/filter", {"deployments": {"tags": {"all_": ["huizong"]}}})
    return {each["name"]: each for each in found}


def _schedule(name: str, deployments: Mapping[str, Any]) -> Finding:
    found = deployments.get(name)
    if found is None:
        return problem("部署", f"没有部署 {name}", "重新启动 huizong serve，它会登记全部部署")
    if found["paused"] or not any(schedule["active"] for schedule in found["schedules"]):
        return problem("部署", f"{name} 的日程停着", "在 Prefect 页面的 Deployments 里打开它的日程")
    return ok("部署", f"{name} 的日程开着")


def _workers(server: PrefectApi) -> Finding:
    workers: Sequence[Mapping[str, Any]] = server.post(f"/work_pools/{POOL}/workers/filter", {})
    if any(worker["status"] == "ONLINE" for worker in workers):
        return ok("执行进程", "在线")
    return problem("执行进程", "没有在线的执行进程，到点不会运行", "重新启动 huizong serve")

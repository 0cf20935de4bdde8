"""Where chunks of files are read: in processes of this machine, or on a Dask or Ray cluster, as the settings say."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings, SettingsError, load_settings

Runner = TaskRunner[Any]


def task_runner() -> Runner:
    """The task runner of ``HUIZONG_TASK_RUNNER``.

    Raises:
        SettingsError: what it needs is not installed, or a setting is wrong.
    """
    settings = load_settings()
    try:
        return _RUNNERS[settings.task_runner.partition(":")[0]](settings)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"HUIZONG_TASK_RUNNER={settings.task_runner}：没有安装 {error.name}，请安装 huizong[dask] 或 huizong[ray]"
        ) from error


def _local(settings: Settings) -> Runner:
    """A thread for every process of ``tasks.pool``: it only waits for it."""
    return ThreadPoolTaskRunner(max_workers=settings.readers)


def _dask(settings: Settings) -> Runner:
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 -- only where it is asked for

    # A worker of the local cluster only waits for the process that reads: threads will do.
    local = {
        "n_workers": settings.readers,
        "threads_per_worker": 1,
        "processes": False,
        "dashboard_address": None,
        "silence_logs": logging.ERROR,
    }
    is_there = ":" in settings.task_runner
    runner: Runner = DaskTaskRunner(**({"address": settings.task_runner} if is_there else {"cluster_kwargs": local}))
    return runner


def _ray(settings: Settings) -> Runner:
    from prefect_ray.task_runners import RayTaskRunner  # noqa: PLC0415 -- the same

    is_there = ":" in settings.task_runner
    local = {"include_dashboard": False}
    runner: Runner = RayTaskRunner(**({"address": settings.task_runner} if is_there else {"init_kwargs": local}))
    return runner


_RUNNERS: Mapping[str, Callable[[Settings], Runner]] = {
    "local": _local,
    "dask": _dask,
    "tcp": _dask,
    "tls": _dask,
    "ray": _ray,
}

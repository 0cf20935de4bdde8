"""A line in ``core.run`` for every night: begun, and ended or failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from prefect import runtime

from flows.events import tell_event
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.gate import GateFailed
from warehouse.runs import Origin, fail_run, start_run


@contextmanager
def recorded(engine: Engine, day: date) -> Iterator[int]:
    """Gives the number of the night that runs inside, and writes down why it failed if it does.

    What is not one of our own sentences may quote data: of such an error only the kind is kept.
    """
    origin: Origin = "deployment" if runtime.deployment.id else "command"
    run_id = start_run(engine, day, origin, runtime.flow_run.id)
    try:
        yield run_id
    except BaseException as error:
        if isinstance(error, GateFailed):
            tell_event("audit.failed", str(run_id), {"reason": str(error), "flow_run": str(runtime.flow_run.id)})
        fail_run(engine, run_id, str(error) if isinstance(error, WarehouseError) else type(error).__name__)
        raise

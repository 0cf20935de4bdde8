"""Prefect's server, in this process: ``python -m flows.prefect_server``; its settings are in the environment.

Prefect 3.8.8 inserts scheduled runs in bulk with values for what its tables only compute (``estimated_run_time`` and
others). SQLAlchemy 2.0 passed over them, 2.1 refuses, and no run is ever scheduled. Here they are passed over again. To
be taken out when Prefect does so itself: ``tests/integration/test_serve.py`` shows scheduled runs.
"""

from collections.abc import MutableMapping
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import orm_models
from prefect.settings import get_current_settings


def main() -> None:
    """Serves until it is told to stop."""
    pass_over_computed()
    settings = get_current_settings().server
    uvicorn.run(
        app=create_app(final=True),
        host=settings.api.host,
        port=settings.api.port,
        timeout_keep_alive=settings.api.keepalive_timeout,
        log_level=str(settings.logging_level).lower(),
    )


def pass_over_computed() -> None:
    """Let a bulk insert carry values of computed attributes, which are not stored."""
    for model in (orm_models.FlowRun, orm_models.TaskRun):
        for name, attribute in vars(model).items():
            if hasattr(attribute, "bulk_dml_setter") and attribute.bulk_dml_setter is None:
                attribute.bulk_dml_setter = _dropping(name)


def _dropping(name: str) -> Any:  # noqa: ANN401 -- the type that SQLAlchemy asks for is private
    def drop(_model: type, row: MutableMapping[str, Any], _value: object) -> None:
        row.pop(name)

    return drop


if __name__ == "__main__":
    main()

"""The audit between the candidate and the mart: what fails is not published."""

import logging
import os
from collections.abc import Mapping

import pandas as pd
from sqlalchemy.engine import Connection

from warehouse.errors import WarehouseError
from warehouse.scripts import query


class GateFailed(WarehouseError):  # noqa: N818 -- the outcome of an audit, not a fault of the program
    """The candidate did not pass; the message names each rule that failed, with examples."""


def audit(connection: Connection) -> None:
    """Hold the candidate that ``compute`` left in this transaction to every expectation.

    Raises:
        GateFailed: at least one was not met.
    """
    frames = {name: _frame(connection, f"audit_{name}") for name in ("value", "balance")}
    if failures := check(frames):
        raise GateFailed("指标审核未通过，没有发布，仍沿用上次发布的数据：\n" + "\n".join(failures))


def check(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """One line for each expectation that these frames do not meet; see ``warehouse.expectations``."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    from warehouse.expectations import failures  # noqa: PLC0415 -- seconds, and only a night with news needs it

    # It asks at its import to tell of every temporary folder.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    return list(failures(frames))


def _frame(connection: Connection, name: str) -> pd.DataFrame:
    rows = connection.execute(query(name))
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))

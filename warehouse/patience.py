"""Trying again, where that can help: the server went away, is still starting, or asks for it.

What is tried is a step of a night: it does what is left to do, so that doing it twice does nothing twice.
"""

import functools
import logging
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from warehouse.errors import WarehouseError

# Seconds before each further try: a server that is started anew is there again within these.
PAUSES = (1.0, 5.0, 20.0)
_PASSING = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.TooManyConnections,
)
_NOT_YET = ("starting up", "shutting down", "recovery", "too many")
_P = ParamSpec("_P")
_R = TypeVar("_R")
_log = logging.getLogger(__name__)


def patiently(work: Callable[_P, _R]) -> Callable[_P, _R]:
    """The same work, done again after a while where the database failed in a way that may pass."""

    @functools.wraps(work)
    def tried(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        for pause in PAUSES:
            try:
                return work(*args, **kwargs)
            except (WarehouseError, DBAPIError, psycopg.Error) as error:
                if not may_pass(error):
                    raise
                # Not what the database said: it may quote data.
                _log.warning("数据库一时用不了（%s），%g 秒后再试", type(_of_driver(error)).__name__, pause)
            time.sleep(pause)
        return work(*args, **kwargs)

    return tried


def may_pass(error: BaseException) -> bool:
    """Whether the same may work a little later: never where data, rights, settings or room are what is wrong."""
    cause = _of_driver(error)
    if not isinstance(cause, psycopg.OperationalError):
        return False
    if cause.sqlstate is None:
        # The connection broke, or there was none. What a server answers while it refuses one has no code of its own.
        return "FATAL" not in str(cause) or any(said in str(cause) for said in _NOT_YET)
    return isinstance(cause, _PASSING) or cause.sqlstate.startswith("08")


def _of_driver(error: BaseException) -> BaseException | None:
    """What the driver raised, below what SQLAlchemy and we made of it."""
    cause = error.__cause__ if isinstance(error, WarehouseError) else error
    return cause.orig if isinstance(cause, DBAPIError) else cause

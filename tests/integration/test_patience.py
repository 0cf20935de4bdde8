"""What is tried again when the database fails, and what is not."""

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa

from warehouse import patience
from warehouse.engine import Engine, open_engine
from warehouse.errors import WarehouseError
from warehouse.patience import patiently

END = sa.text("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0.0, 0.0, 0.0))


def raising(engine: Engine, statement: str, fails: int = 100) -> tuple[Callable[[], int], list[int]]:
    """Work whose first tries run into a failure of the server, and what counts the tries."""
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        with engine.begin() as connection:
            if len(tries) <= fails:
                connection.execute(sa.text(statement))
        return len(tries)

    return patiently(work), tries


def failing_with(code: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'meant' USING ERRCODE = '{code}'; END $$"


@pytest.mark.parametrize(
    "statement",
    [failing_with("40001"), failing_with("40P01"), failing_with("57P03"), failing_with("53300"), END.text],
)
def test_what_may_pass_is_tried_again(engine: Engine, statement: str) -> None:
    work, _ = raising(engine, statement, fails=2)
    assert work() == 3


def test_what_does_not_pass_fails_after_the_last_try(engine: Engine) -> None:
    work, tries = raising(engine, failing_with("40001"))
    with pytest.raises(sa.exc.DBAPIError):
        work()
    assert len(tries) == 4


@pytest.mark.parametrize("code", ["53100", "25006", "57014", "23505", "22P02", "42501"])
def test_room_rights_and_data_do_not_come_right_by_waiting(engine: Engine, code: str) -> None:
    work, tries = raising(engine, failing_with(code))
    with pytest.raises(sa.exc.DBAPIError):
        work()
    assert len(tries) == 1


def test_what_the_driver_itself_raises_counts_as_well() -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise psycopg.errors.DeadlockDetected
        return len(tries)

    assert patiently(work)() == 2


def test_a_server_that_does_not_answer_yet_is_waited_for_and_one_that_refuses_is_not(server_url: str) -> None:
    nobody = sa.make_url("postgresql://huizong@127.0.0.1:1/huizong")
    refused = sa.make_url(server_url).set(database="there_is_none")
    tries: list[str] = []

    @patiently
    def work(url: sa.URL) -> None:
        tries.append("")
        open_engine(url.render_as_string(hide_password=False))

    for url, count in ((nobody, 4), (refused, 1)):
        tries.clear()
        with pytest.raises(WarehouseError, match="连不上数据库"):
            work(url)
        assert len(tries) == count

"""The book of administrative acts: nobody but the owner changes what is in it."""

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from tests.integration.conftest import on_server
from warehouse.acts import Act, close_month
from warehouse.audit import audit_lines
from warehouse.engine import Engine

ACT = Act(who="张三", why="已通报")


@pytest.fixture
def clerk(server_url: str, engine: Engine) -> Iterator[sa.Connection]:
    """A connection as a role that was granted every right on every table, and owns none."""
    close_month(engine, date(2021, 3, 1), ACT)
    name = f"clerk_{uuid.uuid4().hex[:8]}"
    on_server(server_url, f"CREATE ROLE {name}")
    with engine.connect() as connection:
        for schema in ("core", "form_data"):
            connection.execute(sa.text(f"GRANT ALL ON SCHEMA {schema} TO {name}"))
            connection.execute(sa.text(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {name}"))
        connection.commit()
        connection.execute(sa.text(f"SET ROLE {name}"))
        yield connection
        connection.rollback()
        connection.execute(sa.text("RESET ROLE"))
        connection.execute(sa.text(f"DROP OWNED BY {name}"))
        connection.commit()
    on_server(server_url, f"DROP ROLE {name}")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE core.audit SET why = '改过'", "DELETE FROM core.audit", "TRUNCATE core.audit CASCADE"],
)
def test_what_is_written_cannot_be_changed_or_taken_out_even_with_every_right(
    engine: Engine, clerk: sa.Connection, statement: str
) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match=r"core\.audit is append-only"):
        clerk.execute(sa.text(statement))

    assert [line.why for line in audit_lines(engine)] == ["已通报"]


def test_more_can_be_written_and_the_database_says_by_whom(engine: Engine, clerk: sa.Connection) -> None:
    clerk.execute(
        sa.text(
            "INSERT INTO core.audit (recorded_at, who, what, why, detail) VALUES (now(), '李四', 'close', '补记', '{}')"
        )
    )
    user = clerk.execute(sa.text("SELECT session_user")).scalar_one()
    clerk.commit()

    assert [(line.who, line.database_user) for line in audit_lines(engine)] == [("张三", user), ("李四", user)]


@pytest.mark.parametrize(("who", "why"), [("", "理由"), (" ", "理由"), ("张三", " ")])
def test_nothing_is_written_without_a_name_and_a_reason(clerk: sa.Connection, who: str, why: str) -> None:
    line = sa.text(
        "INSERT INTO core.audit (recorded_at, who, what, why, detail) VALUES (now(), :who, 'close', :why, '{}')"
    )
    with pytest.raises(sa.exc.IntegrityError, match="ck_audit_has_who_and_why"):
        clerk.execute(line, {"who": who, "why": why})


def test_the_owner_may_mend_the_book(engine: Engine) -> None:
    close_month(engine, date(2021, 3, 1), ACT)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE core.audit SET who = '张三丰'"))

    assert [line.who for line in audit_lines(engine)] == ["张三丰"]

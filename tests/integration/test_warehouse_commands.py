"""The commands of ``huizong warehouse``, run as an administrator runs them."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.huizong import huizong
from warehouse.audit import audit_lines
from warehouse.engine import Engine


def run(home: Path, url: str, *arguments: str) -> tuple[int, str, str]:
    done = huizong(home / "home", "warehouse", *arguments, HUIZONG_WAREHOUSE_URL=url)
    return done.returncode, done.stdout, done.stderr


def test_the_url_is_printed_without_the_password_and_without_our_own_settings(
    tmp_path: Path, warehouse_url: str
) -> None:
    url = sa.make_url(warehouse_url).set(password="very-secret").render_as_string(hide_password=False)

    code, printed, complaint = run(tmp_path, url, "url")

    shown = sa.make_url(printed.strip())
    given = sa.make_url(warehouse_url)
    assert (code, complaint) == (0, "")
    assert (shown.drivername, shown.database, dict(shown.query)) == ("postgresql", given.database, dict(given.query))
    assert "very-secret" not in printed


def test_migrating_an_empty_database_makes_it_ready_and_says_the_revision(tmp_path: Path, empty_url: str) -> None:
    code, printed, complaint = run(tmp_path, empty_url, "migrate")

    engine = sa.create_engine(empty_url)
    with engine.connect() as connection:
        revision = connection.execute(sa.text("SELECT version_num FROM core.alembic_version")).scalar_one()
    engine.dispose()
    assert (code, complaint) == (0, "")
    assert printed == f"数据仓库已是本程序的版本：库表 {revision}。\n"


def test_the_dictionary_is_printed_or_goes_to_a_file(tmp_path: Path, warehouse_url: str) -> None:
    _, printed, _ = run(tmp_path, warehouse_url, "dictionary")
    run(tmp_path, warehouse_url, "dictionary", "--out", str(tmp_path / "page.md"))
    run(tmp_path, warehouse_url, "dictionary", "--format", "xlsx", "--out", str(tmp_path / "book.xlsx"))

    assert "## mart.figure" in printed
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == printed
    assert (tmp_path / "book.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("dictionary", "--format", "xlsx"), "请用 --out 写明文件"),
        (("grant-reader", "无此人"), "CREATE ROLE"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    tmp_path: Path, warehouse_url: str, engine: Engine, arguments: tuple[str, ...], advice: str
) -> None:
    code, printed, complaint = run(tmp_path, warehouse_url, *arguments)

    assert (code, printed, complaint.count("\n")) == (2, "", 1)
    assert advice in complaint
    assert audit_lines(engine) == []


@pytest.mark.parametrize(
    ("command", "role", "what", "why"),
    [
        ("grant-reader", "huizong_reader", "grant reader", "授予 mart 只读"),
        ("grant-loader", "huizong_loader", "grant loader", "授予夜间入库"),
    ],
)
def test_a_role_is_granted_from_the_command_line(
    tmp_path: Path, warehouse_url: str, engine: Engine, command: str, role: str, what: str, why: str
) -> None:
    with engine.begin() as connection:
        name = connection.execute(sa.text("SELECT 'r' || md5(random()::text)")).scalar_one()
        connection.execute(sa.text(f"CREATE ROLE {name} LOGIN"))

    code, printed, complaint = run(tmp_path, warehouse_url, command, name, "--by", "张三")

    with engine.begin() as connection:
        is_member = connection.execute(sa.text(f"SELECT pg_has_role('{name}', '{role}', 'MEMBER')")).scalar_one()
        connection.execute(sa.text(f"DROP ROLE {name}"))
    (act,) = audit_lines(engine)
    assert (code, complaint, is_member) == (0, "", True)
    assert (act.what, act.who, act.why, act.detail) == (what, "张三", why, {"role": name})
    assert name in printed

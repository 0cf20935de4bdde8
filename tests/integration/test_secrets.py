"""Secrets of the settings and names of people stand nowhere else, however much goes wrong.

Passwords and keys stand in the settings alone; names and telephone numbers in what was sent, in the facts, and in what
goes back to the sender.
"""

import html
import subprocess
import threading
import traceback
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from flows.settings import SettingsError, load_settings
from schemas.form import tables
from tests.integration.conftest import own_database
from tests.integration.huizong import huizong, new_home
from tests.rows import example
from tests.workbooks import grid, xlsx
from warehouse.engine import open_engine

# A whole night with a Prefect server, in which everything goes wrong.
pytestmark = pytest.mark.slow

# Nothing listens there.
CLOSED = "127.0.0.1:1"
SECRETS = {
    name: f"planted-{name}-%-4711"
    for name in ("database", "webdav", "imap", "sftp", "s3", "notify", "robot", "contact", "page")
}


def quoted(name: str) -> str:
    return SECRETS[name].replace("%", "%25")


INBOX = (
    f"webdav://u:{quoted('webdav')}@{CLOSED}/in",
    f"imap://u:{quoted('imap')}@{CLOSED}/INBOX",
    f"sftp://u:{quoted('sftp')}@{CLOSED}/in",
    f"s3://KEY:{quoted('s3')}@bucket/in?endpoint=http://{CLOSED}",
)
# What people ask afterwards, of units that are not their own too.
QUESTIONS = (
    ("status", "2021-03", "--json"),
    ("trace", "HAZ01", "2021-03", "--json"),
    ("report", "2021-03", "--out", "home/reports"),
)
SETTINGS = {
    "HUIZONG_NOTIFY": f"json://u:{quoted('notify')}@{CLOSED}/x json://{CLOSED}/{quoted('robot')}",
    "HUIZONG_SERVE_AUTH": f"u:{SECRETS['page']}",
    "HUIZONG_SETTLE_SECONDS": "0",
    # As talkative as it gets.
    "PREFECT_LOGGING_LEVEL": "DEBUG",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,tasks,warehouse",
}
CONTACTS = (
    f'"340404103" = ["json://u:{quoted("contact")}@{CLOSED}/x", "mailto://u:{quoted("contact")}@{CLOSED}?to=a@b.cn"]'
)


# A name or number of a person for every sensitive column; the row of the wrong sheet has another.
PEOPLE = {
    ("hazard", "responsible"): "植甲丙",
    ("hazard", "verifier"): "植甲丁",
    ("officer", "name"): "植乙丙",
    ("officer", "phone"): "13970010001",
    ("team", "leader"): "植丙丙",
    ("team", "phone"): "13970010002",
    ("penalty", "party_name"): "植丁丙",
}
SENDERS = {"hazard": "杨公镇", "officer": "杨公镇", "team": "杨公镇", "penalty": "区应急管理局"}
# What each sender has wrong in a second report: beside the person, at the person, and everywhere.
WRONG: Mapping[str, dict[str, str]] = {
    "hazard": {"found_on": "不知道"},
    "officer": {"place_code": "不知道", "phone": "植错号13970019999"},
    "team": {"full_time": "很多"},
    "penalty": {"decided_on": "不知道"},
}


# Every unit has an officer, and no accident is known.
RIGHT: Mapping[str, dict[str, str | None]] = {
    "officer": {"place_code": "杨公镇", "place_name": "杨公镇"},
    "penalty": {"is_accident_penalty": "否", "accident_no": None, "hazard_no": None},
}


def leaks(text: str) -> list[str]:
    """The secrets that stand in a text, as they are or as a URL spells them."""
    return [name for name, secret in SECRETS.items() if secret in text or quoted(name) in text]


def people_in(text: str) -> list[str]:
    """The people that a text names, or whose number it gives; JSON and logs may spell them in escapes."""
    said = ("13970019999", *PEOPLE.values())
    return [each for each in said if each in text or each.encode("unicode_escape").decode() in text]


class Watch:
    """Looks at the command lines of all processes while something runs."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.looks = 0

    def look(self) -> None:
        for process in psutil.process_iter(["cmdline"]):
            self.seen |= {name for part in process.info["cmdline"] or () for name in leaks(part)}
        self.looks += 1


Done = tuple[list[subprocess.CompletedProcess[str]], Watch]


@contextmanager
def watching() -> Iterator[Watch]:
    watch, over = Watch(), threading.Event()

    def go_on() -> None:
        while not over.wait(0.1):
            watch.look()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home with reports, of which some go back to units that are reached over closed channels."""
    with new_home() as made:
        for table_id, unit in SENDERS.items():
            folder = made / "inbox" / unit / "2021-03"
            folder.mkdir(parents=True, exist_ok=True)
            people = {column: said for (table, column), said in PEOPLE.items() if table == table_id}
            # Twice the same person is a mistake of its own.
            right, wrong = (
                example(table_id, **RIGHT.get(table_id, {}) | people),
                example(table_id, **people | WRONG[table_id]),
            )
            for name, rows in (("right", [right]), ("wrong", [wrong, wrong])):
                head = (f"填报单位：{unit}", "所属月份：2021年3月")
                content = xlsx(**{tables()[table_id][1].sheets[0]: grid(table_id, *rows, head=head)})
                (folder / f"{table_id}-{name}.xlsx").write_bytes(content)
        (made / "contacts.toml").write_text(CONTACTS, encoding="utf-8")
        yield made


@pytest.fixture(scope="module")
def database(server_url: str) -> Iterator[str]:
    yield from own_database(server_url)


@pytest.fixture(scope="module")
def done(home: Path, database: str) -> Done:
    """A night with everything down but the warehouse, one without a warehouse, and what looks into it."""
    works = sa.make_url(database).set(password=SECRETS["database"]).render_as_string(hide_password=False)
    fails = f"postgresql://u:{quoted('database')}@{CLOSED}/none"
    settings = SETTINGS | {"HUIZONG_INBOX": "\n".join((str(home / "inbox"), *INBOX))}
    with watching() as watch:
        runs = [
            huizong(home, "run", **settings, HUIZONG_WAREHOUSE_URL=works),
            huizong(home, "run", **settings, HUIZONG_WAREHOUSE_URL=fails),
            huizong(home, "doctor", **settings, HUIZONG_WAREHOUSE_URL=works),
            *(huizong(home, *asked, **settings, HUIZONG_WAREHOUSE_URL=works) for asked in QUESTIONS),
        ]
    return runs, watch


def test_everything_went_wrong(done: Done) -> None:
    (night, unreached, *_), _ = done

    assert night.returncode == 1, night.stderr[-2000:]
    assert night.stdout.count("来源未收") == len(INBOX)
    assert "消息没有送达管理员：json-1" in night.stdout
    assert "连不上数据库" in unreached.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUIZONG_INBOX", f"sftp://u:{quoted('sftp')}@host:port/x"),
        ("HUIZONG_NOTIFY", SECRETS["notify"]),
        ("HUIZONG_SERVE_AUTH", SECRETS["page"]),
        ("HUIZONG_WAREHOUSE_URL", f"mysql://u:{quoted('database')}@host/x"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secret(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name) as caught:
        load_settings()
    assert leaks("".join(traceback.format_exception(caught.value))) == []


def test_settings_are_shown_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {"INBOX": INBOX[0], "WAREHOUSE_URL": f"postgresql://u:{quoted('database')}@host/x"}
    for name, value in {**SETTINGS, **{f"HUIZONG_{each}": value for each, value in secret.items()}}.items():
        monkeypatch.setenv(name, value)

    assert leaks(repr(load_settings())) == []


def test_no_secret_is_printed(done: Done) -> None:
    assert [(run.args[1:], leaks(run.stdout + run.stderr)) for run in done[0] if leaks(run.stdout + run.stderr)] == []


def test_no_secret_is_in_a_command_line(done: Done) -> None:
    assert done[1].looks > 0
    assert done[1].seen == set()


@pytest.mark.usefixtures("done")
def test_no_secret_is_in_a_file_of_the_home(home: Path) -> None:
    files = [each for each in home.rglob("*") if each.is_file() and each.name != "contacts.toml"]

    assert any(each.name == "prefect.db" for each in files)
    assert any("data_docs" in each.parts or "outbox" in each.parts for each in files)
    assert [(each, found) for each in files if (found := leaks(each.read_bytes().decode("latin-1")))] == []


@pytest.mark.usefixtures("done")
def test_no_secret_is_in_the_warehouse(database: str) -> None:
    for name, text in texts(database, "core", "mart").items():
        assert leaks(text) == [], name


def texts(database: str, *schemas: str) -> dict[str, str]:
    """All rows of every table, by its name."""
    engine = open_engine(database)
    with engine.connect() as connection:
        found = {
            name: "\n".join(connection.execute(sa.text(f"SELECT line::text FROM {name} AS line")).scalars())
            for schema in schemas
            for name in (f'{schema}."{each}"' for each in sa.inspect(engine).get_table_names(schema))
        }
    engine.dispose()
    return found


@pytest.mark.usefixtures("done")
def test_people_stand_in_the_facts(database: str) -> None:
    assert people_in("\n".join(texts(database, "form_data").values())) == list(PEOPLE.values())


def test_nobody_is_named_in_what_is_printed(done: Done) -> None:
    assert [(run.args[1:], found) for run in done[0] if (found := people_in(run.stdout + run.stderr))] == []


@pytest.mark.usefixtures("done")
def test_nobody_is_named_in_the_mart_and_in_what_is_known_of_reports(database: str) -> None:
    found = {name: people_in(text) for name, text in texts(database, "core", "mart").items()}

    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.usefixtures("done")
def test_people_are_named_in_files_only_where_their_sender_is_answered(home: Path) -> None:
    # Of workbooks and documents, the parts.
    found = {each.relative_to(home) for each in home.rglob("*") if each.is_file() and people_in(content_of(each))}
    places = {each.parts[:2] for each in found}

    assert {("outbox", unit) for unit in SENDERS.values()} <= places
    assert {each for each in places if each[0] not in ("inbox", "archive")} == {
        ("outbox", unit) for unit in SENDERS.values()
    }


def content_of(file: Path) -> str:
    """The text of a file, of a workbook or document that of its parts; XML may spell a name in numbers."""
    parts = [file.read_bytes()]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as opened:
            parts = [opened.read(name) for name in opened.namelist()]
    return html.unescape("\n".join(part.decode("utf-8", errors="ignore") for part in parts))


@pytest.mark.usefixtures("done")
def test_a_copy_names_the_people_of_its_own_sender_alone(home: Path) -> None:
    for unit in set(SENDERS.values()):
        theirs = [said for (table, _), said in PEOPLE.items() if SENDERS[table] != unit]
        copies = [content_of(each) for each in (home / "outbox" / unit).rglob("*.xls*")]
        assert copies
        assert not any(said in copy for said in theirs for copy in copies)

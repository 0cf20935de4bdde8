"""Files from real servers: SFTP, SMB, WebDAV and S3, through a relay that counts what they send."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Timer
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from tasks.collect import Collected, check_source, collect_all
from tasks.sources.address import parse_address
from tasks.sources.opening import open_source
from tasks.sources.source import Means, NotNow
from tests.integration.huizong import huizong, new_home
from tests.integration.network.serve import PASSWORD, USER
from tests.integration.network.site import KINDS, Site, sites
from tests.workbooks import TRAINING, grid, xlsx
from warehouse.engine import Engine
from warehouse.files import Known, known_files, remember
from warehouse.tables import file

# What smbclient says of a file whose connection broke.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed SMB handle:ResourceWarning")

STORES = tuple(kind for kind in KINDS if kind != "imap")
LONG_AGO = datetime(2021, 4, 1, 8, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    with sites(tmp_path_factory.mktemp("servers")) as found:
        yield found


@pytest.fixture(params=STORES)
def site(request: pytest.FixtureRequest, servers: dict[str, Site]) -> Site:
    return servers[request.param]


@pytest.fixture
def below(request: pytest.FixtureRequest) -> str:
    """A folder of the test's own on every server; for S3 it is a bucket."""
    return f"t{abs(hash(request.node.nodeid))}"


def host_key(site: Site) -> str:
    return site.root.with_suffix(".pub").read_text()


def means(site: Site, tmp_path: Path, **changes: float) -> Means:
    return replace(Means(tmp_path / "archive", site.root.parent / "known_hosts"), **changes)  # type: ignore[arg-type]


def collect(site: Site, below: str, tmp_path: Path, known: Known | None = None, **changes: float) -> Collected:
    """What comes of a folder; ``changes`` are those of the means."""
    return collect_all([parse_address(site.url(below))], known or Known(), means(site, tmp_path, **changes))


def after(collected: Collected) -> Known:
    """What is known once all of it was loaded."""
    files = {(file.sha256, file.name) for file in collected.files}
    return Known(files, {(place.source, place.path): place for place in collected.seen})


def names(collected: Collected) -> list[str]:
    return sorted(file.name for file in collected.files)


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that no protocol makes smaller."""
    return random.Random(seed).randbytes(size)


def test_files_arrive_with_their_names_times_and_where_they_came_from(site: Site, below: str, tmp_path: Path) -> None:
    site.put(below, {"杨公镇/2021-03/报 表#1.xlsx": b"one", "b.xlsx": b"two", "~$b.xlsx": b"lock", "c.part": b"three"})
    started = datetime.now(UTC)

    collected = collect(site, below, tmp_path)

    assert (names(collected), collected.down) == (["b.xlsx", "杨公镇/2021-03/报 表#1.xlsx"], ())
    (file,) = (each for each in collected.files if each.name != "b.xlsx")
    assert file.archive.read_bytes() == b"one"
    assert abs(file.received_at - started) < timedelta(seconds=30)
    assert file.source.endswith(f"{below}/杨公镇/2021-03/报 表#1.xlsx")
    assert [each.file.rpartition("/")[2] for each in collected.waiting] == ["c.part"]


def test_a_night_with_nothing_new_costs_a_listing(site: Site, below: str, tmp_path: Path) -> None:
    site.put(below, {f"杨公镇/2021-03/{number}.xlsx": noise(100_000, number) for number in range(5)})
    first = collect(site, below, tmp_path)
    before = site.relay.served

    second = collect(site, below, tmp_path, after(first))

    assert (len(first.files), second.files, second.down) == (5, (), ())
    assert site.relay.served - before < 20_000


def test_a_file_that_was_written_anew_is_fetched_and_the_others_are_not(site: Site, below: str, tmp_path: Path) -> None:
    site.put(below, {"a.xlsx": noise(100_000), "b.xlsx": b"old"})
    first = collect(site, below, tmp_path)
    site.put(below, {"b.xlsx": b"newer"})
    before = site.relay.served

    second = collect(site, below, tmp_path, after(first))

    assert names(second) == ["b.xlsx"]
    assert second.files[0].archive.read_bytes() == b"newer"
    assert site.relay.served - before < 20_000


def test_what_was_fetched_and_not_loaded_comes_again(site: Site, below: str, tmp_path: Path) -> None:
    site.put(below, {"a.xlsx": b"1", "b.xlsx": b"2"})
    first = collect(site, below, tmp_path)
    loaded = after(first)
    half = Known(frozenset(list(loaded.files)[:1]), loaded.seen)

    second = collect(site, below, tmp_path, half)

    assert {(file.sha256, file.name) for file in second.files} == set(loaded.files) - set(half.files)


def test_a_file_that_is_too_large_is_not_fetched_until_the_bound_is_raised(
    site: Site, below: str, tmp_path: Path
) -> None:
    site.put(below, {"a.xlsx": noise(100_000)})
    before = site.relay.served
    first = collect(site, below, tmp_path, file_bytes=99_999)
    again = collect(site, below, tmp_path, after(first), file_bytes=99_999)

    assert [(file.name, file.size, file.archive.suffix) for file in first.files] == [("a.xlsx", 100_000, ".txt")]
    assert (again.files, site.relay.served - before < 30_000) == ((), True)
    (file,) = collect(site, below, tmp_path, after(first), file_bytes=100_000).files
    assert file.archive.read_bytes() == noise(100_000)


def test_of_a_file_that_is_longer_than_listed_only_the_beginning_is_fetched(
    site: Site, below: str, tmp_path: Path
) -> None:
    site.put(below, {"a.xlsx": noise(8_000_000)})
    with open_source(parse_address(site.url(below)), means(site, tmp_path).known_hosts) as source:
        (found,) = source.found()
        before = site.relay.served
        with suppress(NotNow):
            (piece,) = source.fetch(replace(found, size=1_000))
            assert 1_000 < len(piece.content) < 1_000_000

    assert site.relay.served - before < 4_000_000


# paramiko asks ahead in a thread of its own, which ends with the connection.
@pytest.mark.filterwarnings(
    "ignore:Exception in thread .*_prefetch_thread:pytest.PytestUnhandledThreadExceptionWarning"
)
def test_a_connection_that_breaks_is_taken_up_and_nothing_comes_twice(site: Site, below: str, tmp_path: Path) -> None:
    content = {f"{number}.xlsx": noise(100_000, number) for number in range(4)}
    site.put(below, content)
    before = site.relay.served
    site.relay.cut_after(250_000)

    collected = collect(site, below, tmp_path)

    assert site.relay.was_cut
    assert (names(collected), collected.down) == (sorted(content), ())
    assert all(file.archive.read_bytes() == content[file.name] for file in collected.files)
    assert site.relay.served - before < 650_000


@pytest.mark.parametrize("site", ["sftp", "smb", "webdav"], indirect=True)
def test_a_file_that_is_being_written_waits_for_the_next_night(site: Site, below: str, tmp_path: Path) -> None:
    site.put(below, {"new.xlsx": b"1", "growing.xlsx": b"2", "old.xlsx": b"3"})
    os.utime(site.root / below / "old.xlsx", (LONG_AGO, LONG_AGO))
    writer = Timer(0.7, site.put, [below, {"growing.xlsx": b"22"}])
    writer.start()

    tonight = collect(site, below, tmp_path, settle_seconds=1.5)
    writer.join()
    tomorrow = collect(site, below, tmp_path, after(tonight))

    assert names(tonight) == ["new.xlsx", "old.xlsx"]
    assert [(each.file.rpartition("/")[2], each.reason) for each in tonight.waiting] == [("growing.xlsx", "正在写入")]
    assert names(tomorrow) == ["growing.xlsx"]


@pytest.mark.parametrize("site", ["sftp", "smb", "webdav", "imap"], indirect=True)
def test_a_wrong_password_is_told_without_it_and_is_not_tried_again(site: Site, tmp_path: Path) -> None:
    address = parse_address(site.url(password="geheim%&/x"))

    (down,) = collect_all([address], Known(), means(site, tmp_path)).down

    assert down.reason == "用户名或密码不对，或没有权限"
    assert "geheim" not in repr((down, address, str(address)))


@pytest.mark.parametrize("site", KINDS, indirect=True)
def test_a_folder_that_is_not_there_is_told(site: Site, tmp_path: Path) -> None:
    checked = check_source(parse_address(site.url("none")), means(site, tmp_path).known_hosts)

    assert checked.reason == "文件夹不存在，请新建或改正设置"


def test_servers_that_do_not_answer_do_not_stop_the_others(
    servers: dict[str, Site], below: str, tmp_path: Path
) -> None:
    servers["sftp"].put(below, {"a.xlsx": b"1"})
    nobody = {kind: servers[kind].url().replace(f":{servers[kind].relay.port}", ":1") for kind in KINDS}
    urls = [*nobody.values(), servers["sftp"].url(below), "sftp://huizong:pw@no-such-host.invalid/x"]

    collected = collect_all([parse_address(url) for url in urls], Known(), means(servers["sftp"], tmp_path))

    assert names(collected) == ["a.xlsx"]
    assert {each.source.partition(":")[0] for each in collected.down} == set(KINDS)
    assert all(each.reason.startswith("连接不上") for each in collected.down), collected.down
    assert PASSWORD not in repr(collected)


def test_a_host_that_nobody_vouched_for_gets_no_password(servers: dict[str, Site], tmp_path: Path) -> None:
    address = parse_address(servers["sftp"].url())

    checked = check_source(address, tmp_path / "known_hosts")

    port = servers["sftp"].relay.port
    assert checked.reason is not None
    assert f"ssh-keyscan -p {port} 127.0.0.1 >> {tmp_path / 'known_hosts'}" in checked.reason


def test_a_host_with_another_key_than_the_known_one_is_told(servers: dict[str, Site], tmp_path: Path) -> None:
    kind, key = host_key(servers["sftp"]).split()[:2]
    other = f"{key[:-8]}{key[-8:].swapcase()}"
    (tmp_path / "known_hosts").write_text(f"[127.0.0.1]:{servers['sftp'].relay.port} {kind} {other}\n")

    checked = check_source(parse_address(servers["sftp"].url()), tmp_path / "known_hosts")

    assert checked.reason is not None
    assert "可能有人冒充" in checked.reason


def test_a_name_that_is_no_utf8_hides_no_other_and_is_fetched_once(
    servers: dict[str, Site], below: str, tmp_path: Path, engine: Engine
) -> None:
    site = servers["sftp"]
    site.put(below, {os.fsdecode("三月.xlsx".encode("gbk")): noise(100_000), "二月.xlsx": b"2"})
    first = collect(site, below, tmp_path)
    remember(engine, first.seen)
    before = site.relay.served

    second = collect(site, below, tmp_path, Known(after(first).files, known_files(engine).seen))

    assert (names(first), second.files) == (["二月.xlsx", "\ufffd\ufffd\ufffd\ufffd.xlsx"], ())
    assert site.relay.served - before < 20_000


def test_what_was_seen_is_kept_in_the_warehouse(
    servers: dict[str, Site], below: str, tmp_path: Path, engine: Engine
) -> None:
    site = servers["sftp"]
    site.put(below, {"a.xlsx": b"1"})
    first = collect(site, below, tmp_path)
    remember(engine, first.seen)
    site.put(below, {"a.xlsx": b"22"})
    second = collect(site, below, tmp_path)
    remember(engine, second.seen)

    known = known_files(engine)

    assert known.files == set()
    assert list(known.seen.values()) == list(second.seen)


def test_the_user_is_named_where_a_source_is_and_the_password_is_not(servers: dict[str, Site]) -> None:
    assert f"{USER}@" in str(parse_address(servers["sftp"].url()))
    assert all(PASSWORD not in str(parse_address(servers[kind].url())) for kind in KINDS)


@pytest.mark.slow
def test_a_night_loads_what_the_sources_bring_and_tells_which_one_is_down(
    servers: dict[str, Site], below: str, warehouse_url: str, engine: Engine
) -> None:
    servers["sftp"].put(below, {"2021-03/培训.xlsx": xlsx(台账=grid("training", TRAINING))})
    mail = EmailMessage()
    mail["From"] = "张三 <zhangsan@example.cn>"
    other = {**TRAINING, "training_no": "PX-02", "started_on": "2021-02-08", "ended_on": "2021-02-09"}
    head = ["填报单位：谢三村街道", "所属月份：2021年2月"]
    workbook = xlsx(台账=grid("training", other, head=head))
    mail.add_attachment(workbook, maintype="application", subtype="octet-stream", filename="二月培训.xlsx")
    servers["imap"].mail(mail.as_bytes(), datetime(2021, 3, 4, 8, tzinfo=UTC))
    inbox = [servers["sftp"].url(below), servers["imap"].url(), "s3://key:verysecret@inbox?endpoint=http://127.0.0.1:1"]

    with new_home() as home:
        home.mkdir()
        shutil.copy(servers["sftp"].root.parent / "known_hosts", home)
        done = huizong(home, "run", "--json", HUIZONG_INBOX="\n".join(inbox), HUIZONG_WAREHOUSE_URL=warehouse_url)

    told = json.loads(done.stdout)
    assert (done.returncode, told["files"], told["accepted"]) == (1, 2, 2), done.stderr
    (down,) = told["sources_down"]
    assert down["source"] == "s3://inbox?endpoint=http://127.0.0.1:1"
    assert down["reason"].startswith("连接不上")
    with engine.connect() as connection:
        files = connection.execute(
            sa.select(file.c.name, file.c.sender, file.c.received_at).order_by(file.c.name)
        ).all()
        kept = str(connection.execute(sa.text("SELECT f::text, r::text FROM core.file f, core.run r")).all())
    assert [(name, sender) for name, sender, _ in files] == [
        ("2021-03/培训.xlsx", None), ("二月培训.xlsx", "zhangsan@example.cn"),
    ]  # fmt: skip
    assert files[1].received_at == datetime(2021, 3, 4, 8, tzinfo=UTC)
    for secret in (PASSWORD, quote(PASSWORD, safe=""), "verysecret"):
        assert secret not in f"{done.stdout}{done.stderr}{kept}"
    assert "zhangsan" not in f"{done.stdout}{done.stderr}"


def test_an_address_that_cannot_be_right_is_refused_before_anything_starts() -> None:
    with new_home() as home:
        home.mkdir()
        done = huizong(home, "run", "--inbox", "gopher://office:geheim@host/inbox")
        started = list(home.iterdir())

    assert (done.returncode, done.stdout, started) == (2, "", [])
    assert done.stderr.startswith("HUIZONG_INBOX：gopher:// 不认识")
    assert "geheim" not in done.stderr

"""Attachments from a real mailbox: each once, whoever reads the mails meanwhile, and none is deleted or marked."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tasks.collect import Collected, collect_all
from tasks.limits import USUAL
from tasks.sources.address import parse_address
from tasks.sources.opening import open_source
from tasks.sources.source import Means, NotNow
from tests.integration.network.site import Site, sites
from warehouse.files import Known

ARRIVED = datetime(2021, 4, 1, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with sites(tmp_path_factory.mktemp("servers"), ["imap"]) as found:
        yield found["imap"]


@pytest.fixture
def site(server: Site) -> Site:
    """The mailbox, empty."""
    with server.mailbox() as client:
        client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
    return server


def mail(*names: str, size: int = 10, seed: int = 1) -> bytes:
    message = EmailMessage()
    message["From"] = "=?gb2312?B?1cXI/Q==?= <zhangsan@example.cn>"
    message["Subject"] = "三月报表"
    message.set_content("见附件")
    for number, name in enumerate(names):
        content = random.Random(seed + number).randbytes(size)
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def collect(site: Site, tmp_path: Path, known: Known | None = None, file_bytes: int = USUAL.file_bytes) -> Collected:
    means = Means(tmp_path / "archive", tmp_path / "known_hosts", 60, file_bytes)
    return collect_all([parse_address(site.url())], known or Known(), means)


def after(collected: Collected) -> Known:
    """What is known once all of it was loaded."""
    files = {(file.sha256, file.name) for file in collected.files}
    return Known(files, {(place.source, place.path): place for place in collected.seen})


def names(collected: Collected) -> list[str]:
    return [file.name for file in collected.files]


def test_an_attachment_arrives_when_its_mail_did_and_from_whom(site: Site, tmp_path: Path) -> None:
    site.mail(mail("三月培训.xlsx", "月报.xls"), ARRIVED)

    collected = collect(site, tmp_path)

    assert (names(collected), collected.down, collected.waiting) == (["三月培训.xlsx", "月报.xls"], (), ())
    (first, _) = collected.files
    assert (first.received_at, first.sender, first.size) == (ARRIVED, "zhangsan@example.cn", 10)
    assert first.source.startswith(f"imap://huizong@127.0.0.1:{site.relay.port}/INBOX/")
    assert first.archive.name == f"{first.sha256}.xlsx"


def test_an_empty_mailbox_brings_nothing(site: Site, tmp_path: Path) -> None:
    collected = collect(site, tmp_path)

    assert (collected.files, collected.down) == ((), ())


def test_a_mail_is_fetched_once_also_one_without_attachments(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx", size=200_000), ARRIVED)
    site.mail(mail() + b"long text\r\n" * 20_000, ARRIVED)
    first = collect(site, tmp_path)
    before = site.relay.served

    second = collect(site, tmp_path, after(first))

    assert (names(first), second.files) == (["a.xlsx"], ())
    assert site.relay.served - before < 5_000


def test_only_a_new_mail_is_fetched_the_next_night(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx", size=200_000), ARRIVED)
    first = collect(site, tmp_path)
    site.mail(mail("b.xlsx", seed=5), ARRIVED)
    before = site.relay.served

    second = collect(site, tmp_path, after(first))

    assert names(second) == ["b.xlsx"]
    assert site.relay.served - before < 10_000


def test_of_a_mail_that_is_too_large_only_sender_and_subject_are_fetched(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx", "b.xlsx", size=200_000), ARRIVED)
    before = site.relay.served

    collected = collect(site, tmp_path, file_bytes=300_000)

    assert site.relay.served - before < 5_000
    (note,) = collected.files
    assert (note.name, note.sender, note.archive.suffix) == ("三月报表.eml", "zhangsan@example.cn", ".txt")
    assert 400_000 < note.size < 450_000
    assert collect(site, tmp_path, after(collected), file_bytes=300_000).files == ()
    assert names(collect(site, tmp_path, after(collected))) == ["a.xlsx", "b.xlsx"]


def test_of_a_mail_that_is_longer_than_listed_no_more_is_fetched_than_shows_it(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx", size=8_000_000), ARRIVED)
    with open_source(parse_address(site.url()), tmp_path / "known_hosts") as source:
        (found,) = source.found()
        before = site.relay.served
        with pytest.raises(NotNow, match="比邮件服务器说的大得多"):
            list(source.fetch(replace(found, mark="1000")))

    assert site.relay.served - before < 2_000_000


def test_mails_stay_unread_and_one_that_somebody_read_is_collected(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx"), ARRIVED)
    site.mail(mail("b.xlsx", seed=5), ARRIVED)
    with site.mailbox() as client:
        client.store("1", "+FLAGS", r"(\Seen)")

    collected = collect(site, tmp_path)

    with site.mailbox() as client:
        unread = client.search(None, "UNSEEN")[1]
    assert names(collected) == ["a.xlsx", "b.xlsx"]
    assert unread == [b"2"]


def test_a_mail_that_was_fetched_and_not_loaded_comes_again(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx", "b.xlsx"), ARRIVED)
    first = collect(site, tmp_path)
    known = after(first)
    half = Known(frozenset({(first.files[0].sha256, "a.xlsx")}), known.seen)

    assert names(collect(site, tmp_path, half)) == ["b.xlsx"]


def test_the_same_attachment_in_two_mails_is_one_file(site: Site, tmp_path: Path) -> None:
    site.mail(mail("a.xlsx"), ARRIVED.replace(hour=9))
    site.mail(mail("a.xlsx"), ARRIVED)

    (file,) = collect(site, tmp_path).files

    assert file.received_at == ARRIVED


def test_a_connection_that_breaks_is_taken_up(site: Site, tmp_path: Path) -> None:
    for seed in range(3):
        site.mail(mail(f"{seed}.xlsx", size=100_000, seed=seed), ARRIVED)
    site.relay.cut_after(200_000)

    collected = collect(site, tmp_path)

    assert site.relay.was_cut
    assert (names(collected), collected.down) == (["0.xlsx", "1.xlsx", "2.xlsx"], ())

"""What is taken from folders, and how it is kept."""

import hashlib
import itertools
import os
import resource
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from schemas.unit import load_register
from tasks.archive import ArchiveError, store
from tasks.chunk import in_batches, read_chunk
from tasks.collect import Collected, check_source, collect_all
from tasks.limits import USUAL
from tasks.read import ArrivedFile
from tasks.sources.address import parse_address
from tasks.sources.opening import open_source
from tasks.sources.source import Means
from tests.workbooks import TODAY
from warehouse.files import Known


def inbox(folder: Path, **files: bytes) -> Path:
    root = folder / "inbox"
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def collect(
    *roots: Path,
    known: Iterable[ArrivedFile] = (),
    settle_seconds: float = 0,
    file_bytes: int = USUAL.file_bytes,
) -> Collected:
    """What comes of these folders; the archive is beside the first."""
    means = Means(roots[0].parent / "archive", roots[0].parent / "known_hosts", settle_seconds, file_bytes)
    pairs = {(file.sha256, file.name) for file in known}
    return collect_all([parse_address(str(root)) for root in roots], Known(pairs), means)


def names(collected: Collected) -> list[str]:
    return [file.name for file in collected.files]


def test_a_file_is_archived_under_its_sha256_with_its_name_and_arrival(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"杨公镇/2021-03/a.XLSX": b"abc"})
    os.utime(root / "杨公镇/2021-03/a.XLSX", (1617000000, 1617000000))

    (file,) = collect(root).files

    assert file.name == "杨公镇/2021-03/a.XLSX"
    assert file.source == str(root / "杨公镇/2021-03/a.XLSX")
    assert file.received_at == datetime.fromtimestamp(1617000000, UTC)
    assert file.archive.read_bytes() == b"abc"
    assert file.archive.name == f"{file.sha256}.xlsx"
    assert file.archive.stat().st_mode & 0o222 == 0


def test_locks_and_hidden_files_are_not_files_and_unfinished_ones_wait(tmp_path: Path) -> None:
    locks = {"~$a.xlsx": b"1", ".b.xlsx": b"2", ".c/d.xlsx": b"3"}
    root = inbox(tmp_path, **locks, **{"c.xlsx.tmp": b"4", "e.part": b"5", "f.xlsx": b"6"})

    collected = collect(root)

    assert names(collected) == ["f.xlsx"]
    assert [each.file for each in collected.waiting] == [str(root / "c.xlsx.tmp"), str(root / "e.part")]


def test_a_known_file_is_not_taken_again_but_one_with_new_bytes_is(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"old"})
    first = collect(root).files
    assert collect(root, known=first).files == ()

    (root / "a.xlsx").write_bytes(b"new")

    (second,) = collect(root, known=first).files
    assert second.sha256 != first[0].sha256


def test_files_of_all_folders_come_once_and_in_order_of_arrival(tmp_path: Path) -> None:
    first, second = inbox(tmp_path / "1", **{"late.xlsx": b"1"}), inbox(tmp_path / "2", **{"early.xlsx": b"2"})
    (second / "late.xlsx").write_bytes(b"1")
    os.utime(first / "late.xlsx", (2000, 2000))
    os.utime(second / "late.xlsx", (3000, 3000))
    os.utime(second / "early.xlsx", (1000, 1000))

    collected = collect(second, first, first)

    assert names(collected) == ["early.xlsx", "late.xlsx"]
    assert collected.files[1].source == str(first / "late.xlsx")


def test_a_folder_that_is_not_there_is_told_and_the_others_are_collected(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"1"})

    collected = collect(root, tmp_path / "none")

    assert names(collected) == ["a.xlsx"]
    (down,) = collected.down
    assert (down.source, down.reason) == (str(tmp_path / "none"), "文件夹不存在，请新建或改正设置")


def test_a_file_that_somebody_writes_waits_and_one_that_was_just_written_does_not(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"growing.xlsx": b"1", "new.xlsx": b"2"})
    writer = Timer(0.1, (root / "growing.xlsx").write_bytes, [b"12"])
    writer.start()

    collected = collect(root, settle_seconds=0.4)
    writer.join()

    assert names(collected) == ["new.xlsx"]
    assert [(each.file, each.reason) for each in collected.waiting] == [(str(root / "growing.xlsx"), "正在写入")]


def test_files_that_have_rested_are_not_waited_for(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"1"})
    os.utime(root / "a.xlsx", (1000, 1000))

    assert names(collect(root, settle_seconds=3600)) == ["a.xlsx"]


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"1"})
    outside = inbox(tmp_path / "outside", **{"secret.xlsx": b"2"})
    (root / "file.xlsx").symlink_to(outside / "secret.xlsx")
    (root / "folder").symlink_to(outside)
    (root / "gone.xlsx").symlink_to(outside / "none")
    (root / "same.xlsx").symlink_to(root / "a.xlsx")

    assert names(collect(root)) == ["a.xlsx", "same.xlsx"]


def test_a_file_that_changes_while_it_is_read_is_archived_as_it_was_read_and_the_next_night_brings_it_anew(
    tmp_path: Path,
) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b""})
    end = Event()

    def write() -> None:
        for byte in itertools.cycle(b"ab"):
            (root / "a.xlsx").write_bytes(bytes([byte]) * (1 << 20))
            if end.is_set():
                return

    writer = Thread(target=write)
    writer.start()
    met = [file for _ in range(20) for file in collect(root).files]
    end.set()
    writer.join()

    assert all(hashlib.sha256(file.archive.read_bytes()).hexdigest() == file.sha256 for file in met)
    (root / "a.xlsx").write_bytes(b"c")
    (last,) = collect(root, known=met).files
    assert last.archive.read_bytes() == b"c"


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"1"})
    os.mkfifo(root / "pipe.xlsx")

    assert names(collect(root)) == ["a.xlsx"]


def endless(file: Path, size: int = 1 << 40) -> Path:
    """A file that no memory and no disk holds: it has no bytes but its length."""
    with file.open("wb") as content:
        content.truncate(size)
    return file


def test_of_a_file_that_is_too_large_only_a_note_is_kept_and_its_sender_is_told_the_bound(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"杨公镇/2021-03/a.xlsx": b""})
    endless(root / "杨公镇/2021-03/a.xlsx")

    (file,) = collect(root).files

    assert (file.name, file.size, file.archive.name) == ("杨公镇/2021-03/a.xlsx", 1 << 40, f"{file.sha256}.txt")
    assert hashlib.sha256(file.archive.read_bytes()).hexdigest() == file.sha256
    assert file.archive.read_text(encoding="utf-8").startswith("文件过大，没有取来")
    batch = read_chunk([file], load_register(), TODAY)
    assert batch.issues["code"].tolist() == ["E-FILE-17"]
    assert "1048576 MiB" in batch.issues["message"][0]
    assert "上限 64，设置 HUIZONG_READ_FILE_MEGABYTES" in batch.issues["message"][0]


def test_a_file_that_is_too_large_is_told_once_in_each_of_its_states(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b""})
    first = collect(root, known=()).files
    endless(root / "a.xlsx")
    second = collect(root, known=first).files

    assert collect(root, known=[*first, *second]).files == ()
    endless(root / "a.xlsx", (1 << 40) + 1)
    assert names(collect(root, known=[*first, *second])) == ["a.xlsx"]


def test_a_higher_bound_lets_a_file_in_that_was_too_large(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"123456"})
    note = collect(root, file_bytes=5).files

    (file,) = collect(root, known=note, file_bytes=6).files

    assert file.archive.read_bytes() == b"123456"


def test_of_a_file_that_is_longer_than_listed_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b""})
    with open_source(parse_address(str(root)), tmp_path / "known_hosts") as source:
        (found,) = source.found()
        endless(root / "a.xlsx")

        (piece,) = source.fetch(found)

    assert len(piece.content) == 1


def test_an_archive_is_its_owners_alone(tmp_path: Path) -> None:
    store(b"names and numbers", tmp_path / "new" / "archive" / "aa" / "a.xlsx")

    assert (tmp_path / "new" / "archive").stat().st_mode & 0o777 == 0o700


def test_an_archive_that_cannot_be_written_says_so_and_keeps_nothing_half_written(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The system stops writing at this size, as it does when the disk is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(ArchiveError, match=r"存不进档案 .*archive"):
            store(bytes(20_000), tmp_path / "archive" / "aa" / "a.xlsx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_check_counts_what_is_there_or_says_why_not(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"1"})

    there = check_source(parse_address(str(root)), tmp_path / "known_hosts")
    missing = check_source(parse_address(str(tmp_path / "none")), tmp_path / "known_hosts")

    assert (there.count, there.reason) == (1, None)
    assert (missing.count, missing.reason) == (0, "文件夹不存在，请新建或改正设置")


def test_batches_hold_every_file_once(tmp_path: Path) -> None:
    files = collect(inbox(tmp_path, **{f"{number}.xlsx": bytes([number]) for number in range(5)})).files
    batches = in_batches(files, 2)
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert [file for batch in batches for file in batch] == list(files)


def test_a_source_whose_library_is_missing_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "paramiko", None)
    monkeypatch.delitem(sys.modules, "tasks.sources.sftp", raising=False)

    checked = check_source(parse_address("sftp://host/inbox"), tmp_path / "known_hosts")

    assert checked.reason is not None
    assert "pip install 'huizong[sources]'" in checked.reason

"""What is taken from the inbox, and how it is kept."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.collect import SourceError, collect, collect_all, in_batches


def inbox(folder: Path, **files: bytes) -> Path:
    root = folder / "inbox"
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_a_file_is_archived_under_its_sha256_with_its_name_and_arrival(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"杨公镇/2021-03/a.XLSX": b"abc"})
    os.utime(root / "杨公镇/2021-03/a.XLSX", (1617000000, 1617000000))
    (file,) = collect(str(root), tmp_path / "archive", set())
    assert file.name == "杨公镇/2021-03/a.XLSX"
    assert file.received_at == datetime.fromtimestamp(1617000000, UTC)
    assert file.archive.read_bytes() == b"abc"
    assert file.archive.name == f"{file.sha256}.xlsx"


def test_locks_hidden_and_unfinished_files_wait(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"~$a.xlsx": b"1", ".b.xlsx": b"2", "c.xlsx.tmp": b"3", "d.part": b"4", "e.xlsx": b"5"})
    assert [file.name for file in collect(str(root), tmp_path / "archive", set())] == ["e.xlsx"]


def test_a_known_file_is_not_taken_again_but_one_with_new_bytes_is(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{"a.xlsx": b"old"})
    (first,) = collect(str(root), tmp_path / "archive", set())
    known = {(first.sha256, first.name)}
    assert collect(str(root), tmp_path / "archive", known) == []
    (root / "a.xlsx").write_bytes(b"new")
    (second,) = collect(str(root), tmp_path / "archive", known)
    assert second.sha256 != first.sha256


def test_files_of_all_inboxes_come_in_order_of_arrival(tmp_path: Path) -> None:
    first, second = inbox(tmp_path / "1", **{"late.xlsx": b"1"}), inbox(tmp_path / "2", **{"early.xlsx": b"2"})
    os.utime(first / "late.xlsx", (2000, 2000))
    os.utime(second / "early.xlsx", (1000, 1000))
    files = collect_all([str(first), str(second)], tmp_path / "archive", set())
    assert [file.name for file in files] == ["early.xlsx", "late.xlsx"]


def test_an_inbox_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"HUIZONG_INBOX=.*none"):
        collect(str(tmp_path / "none"), tmp_path / "archive", set())


def test_an_unknown_kind_of_address_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="HUIZONG_INBOX=gopher"):
        collect("gopher://x/y", tmp_path / "archive", set())


def test_batches_hold_every_file_once(tmp_path: Path) -> None:
    root = inbox(tmp_path, **{f"{number}.xlsx": bytes([number]) for number in range(5)})
    files = collect(str(root), tmp_path / "archive", set())
    batches = in_batches(files, 2)
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert [file for batch in batches for file in batch] == files

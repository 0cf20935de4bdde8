"""Files that people open are there whole or not at all."""

import errno
from pathlib import Path

import pytest

from tasks.aside import OutputError, folder_aside, write_all_aside


def test_a_file_takes_the_place_of_the_one_before_and_its_folder_is_made(tmp_path: Path) -> None:
    target = tmp_path / "2021-06" / "通报.html"

    write_all_aside(target.parent, {target.name: b"old"})
    write_all_aside(target.parent, {target.name: b"new"})

    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["通报.html"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "通报.html").mkdir()

    with pytest.raises(OutputError, match="通报"):
        write_all_aside(tmp_path, {"通报.docx": b"document", "通报.html": b"page"})

    assert [path.name for path in tmp_path.iterdir()] == ["通报.html"]


def run_out_of_room(folder: Path) -> None:
    with folder_aside(folder) as aside:
        write_all_aside(aside, {"通报.docx": b"document"})
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_is_there_with_all_that_is_in_it_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "2021-06"

    with pytest.raises(OutputError):
        run_out_of_room(folder)
    assert list(folder.parent.iterdir()) == []

    with folder_aside(folder) as aside:
        write_all_aside(aside, {"通报.docx": b"document"})
    assert [path.name for path in folder.iterdir()] == ["通报.docx"]


def test_a_folder_that_another_process_made_meanwhile_stays(tmp_path: Path) -> None:
    folder = tmp_path / "2021-06"

    with folder_aside(folder) as aside:
        (aside / "通报.docx").write_bytes(b"ours")
        write_all_aside(folder, {"通报.docx": b"theirs"})

    assert [path.read_bytes() for path in tmp_path.rglob("*.docx")] == [b"theirs"]

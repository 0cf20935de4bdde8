"""Files that people open are there whole or not at all."""

from pathlib import Path

import pytest

from tasks.aside import OutputError, write_all_aside


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

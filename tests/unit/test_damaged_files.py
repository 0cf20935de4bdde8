"""Whatever the bytes, a file gives sheets or an issue: no exception, no panic, and never a part of it in silence."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.workbook import Workbook, open_workbook
from tests.raw import package

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(path.name for path in DATA.iterdir() if path.suffix in {".xlsx", ".xls", ".ods", ".xlsb"})
PACKAGES = [name for name in FILES if (DATA / name).read_bytes().startswith(b"PK")]
# What breaks a reader more often than chance would: counts and lengths that are huge, negative or missing.
PIECES = [b"99999999999", b"-1", b"", b"\xff\xff\xff\xff", b"\0\0\0\0", b'"', b"<"]


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some of them replaced, taken out or added, or cut off at some place."""
    for _ in range(draw(st.integers(1, 4))):
        place, length = draw(st.integers(0, len(content))), draw(st.integers(0, 40))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        rest = b"" if draw(st.integers(0, 4)) == 0 else content[place + length :]
        content = content[:place] + piece + rest
    return content


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def is_told(book: Workbook) -> bool:
    return bool(book.sheets or book.issues)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_bytes_give_sheets_or_an_issue(name: str, data: st.DataObject) -> None:
    content = data.draw(damaged((DATA / name).read_bytes()))
    assert is_told(open_workbook(content))


@pytest.mark.parametrize("name", PACKAGES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_package_with_a_damaged_part_gives_sheets_or_an_issue(name: str, data: st.DataObject) -> None:
    parts = parts_of((DATA / name).read_bytes())
    chosen = data.draw(st.sampled_from(sorted(parts)))
    content = package({**parts, chosen: data.draw(damaged(parts[chosen]))})
    assert is_told(open_workbook(content))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_short_is_never_read_in_part(name: str) -> None:
    content = (DATA / name).read_bytes()
    whole = open_workbook(content)
    for end in range(64, len(content), max(len(content) // 60, 1)):
        book = open_workbook(content[:end])
        assert book.issues or book.sheets == whole.sheets

"""Workbooks that refer to other files: their sender is told in every format, and of what is no such link nobody is."""

import struct

import pytest
import xlwt

from tasks.workbook import open_workbook
from tests.raw import ods_of


def told(content: bytes) -> list[str]:
    book = open_workbook(content)
    assert (len(book.sheets), book.issues) == (1, ())
    return [issue.code for issue in book.notes]


def cell(said: str = "", inside: str = "") -> str:
    """A row of an .ods with one cell."""
    return f"<table:table-row><table:table-cell {said}>{inside}</table:table-cell></table:table-row>"


def formula(text: str) -> str:
    return cell(f'table:formula="of:={text}" office:value-type="float" office:value="3"')


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-source xlink:type="simple" xlink:href="../甲.ods" table:table-name="A"/>',
        cell(
            "", '<table:cell-range-source xlink:type="simple" xlink:href="http://example.cn/甲.html" table:name="x"/>'
        ),
        cell("", '<office:dde-source office:dde-application="soffice" office:dde-topic="甲" office:dde-item="A1"/>'),
        formula("SUM(['file:///home/a/甲.ods'#$表.A1:.A9])"),
        formula("['file:///home/甲''s.ods'#$表.A1]"),
    ],
    ids=["sheet", "cells", "program", "formula", "formula with a quote"],
)
def test_an_ods_that_takes_something_from_another_file_is_told(rows: str) -> None:
    assert told(ods_of(rows)) == ["I-FILE-20"]


@pytest.mark.parametrize(
    "rows",
    [
        cell('office:value-type="string"', '<text:p><text:a xlink:href="http://example.cn">甲</text:a></text:p>'),
        formula("['甲'.A1]"),
        formula("[.A1]&amp;&quot;'#&quot;"),
        '<table:table-source xlink:type="simple" xlink:href="#甲" table:table-name="A"/>',
    ],
    ids=["a link to click", "another sheet", "a text", "a sheet of the same file"],
)
def test_an_ods_that_refers_to_itself_is_not(rows: str) -> None:
    assert told(ods_of(rows)) == []


def xls_with(*names: bytes) -> bytes:
    """The workbook of an .xls whose formulas may refer to what has these names."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "甲")
    stream: bytes = book.get_biff_data()
    more = b"".join(struct.pack("<HHH", 0x01AE, len(name) + 2, 1) + name for name in names)
    place = 0
    while (head := struct.unpack_from("<HH", stream, place))[0] != 0x000A:
        if head[0] == 0x0085:
            # Where the sheet begins.
            begins = struct.unpack_from("<I", stream, place + 4)[0] + len(more)
            stream = stream[: place + 4] + struct.pack("<I", begins) + stream[place + 8 :]
        place += 4 + head[1]
    return stream[:place] + more + stream[place:]


def name_of(text: str, *, is_wide: bool) -> bytes:
    return struct.pack("<HB", len(text), is_wide) + text.encode("utf-16-le" if is_wide else "latin-1")


def test_an_xls_that_refers_to_another_workbook_or_program_is_told() -> None:
    # As LibreOffice writes /tmp/nine/b.ods, and as Excel writes a Chinese name.
    for name in ("\1\2tmp\3nine\3b.ods", "Excel\3甲.xls", "一.xls"):
        assert told(xls_with(b"\1\4", name_of(name, is_wide=not name.isascii()))) == ["I-FILE-20"]


def test_an_xls_that_refers_to_its_own_sheets_and_to_add_ins_is_not() -> None:
    own = [name_of(text, is_wide=is_wide) for text in ("\0", " ") for is_wide in (True, False)]
    assert told(xls_with(b"\1\4", b"\1\x3a", *own)) == []

"""Delimited text: the encoding and the delimiter are decided, or the file goes back; they are never guessed."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.form import tables
from tasks.candidates import FEWEST_HEADINGS
from tasks.formats.encoding import decode
from tasks.formats.sheet import UnreadableError
from tasks.workbook import open_workbook
from tests.workbooks import TRAINING, Cell, checked, found, grid, xlsx

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]


ROWS: list[list[Cell]] = [
    ["安全教育培训台账, 2021年3月; 定稿"],
    *grid("training", TRAINING, {**TRAINING, "training_no": "PX-02", "title": "甲,乙;丙|丁\t戊\n己"}),
]


def delimited(delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(ROWS)
    return buffer.getvalue()


def text_of(content: bytes) -> str:
    return decode(content)


def code_of(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        decode(content)
    return caught.value.issue.code


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"], ids=["comma", "tab", "semicolon", "bar"])
def test_every_encoding_and_delimiter_loads_what_the_workbook_loads(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    original = checked(tmp_path, xlsx(台账=ROWS))
    batch = checked(tmp_path, delimited(delimiter).encode(encoding), name="培训.csv")
    assert list(batch.submissions["status"]) == ["accepted"]
    pd.testing.assert_frame_equal(batch.tables["training"], original.tables["training"])


def test_the_bytes_of_a_mark_decide_before_all_else() -> None:
    assert text_of("联通".encode("utf-8-sig")) == "联通"
    assert [text_of(f"甲{mark}".encode("utf-16")) for mark in ",乙"] == ["甲,", "甲乙"]


@given(st.text("甲乙培训台账，。０ab1,\t\n“”—𠮷", min_size=1).filter(lambda text: "\n" in text))
def test_utf_16_without_a_mark_is_read_in_the_one_order_that_makes_sense(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert text_of(text.encode(encoding)) == text


@given(st.text("甲乙培训台账，。０ab1,\t\n“”—𠮷联通"))
def test_utf_8_is_never_taken_for_another_encoding(text: str) -> None:
    content = f"编号,{text}".encode()
    assert text_of(content) == f"编号,{text}"


@given(st.text("甲乙培训台账，。０ab1,\t\n“”—𠮷联通"), st.sampled_from(sorted(tables())))
def test_a_form_in_gb18030_is_never_taken_for_utf_8(text: str, table_id: str) -> None:
    labels = ",".join(column.label for column in tables()[table_id][1].columns.values())
    assert text_of(f"{text}\n{labels}\n".encode("gb18030")) == f"{text}\n{labels}\n"


@pytest.mark.parametrize("table_id", sorted(tables()))
def test_too_few_headings_in_gb18030_are_valid_utf_8_to_make_a_table_of_them(table_id: str) -> None:
    columns = tables()[table_id][1].columns.values()
    names = [name for column in columns for name in (column.label, *column.aliases) if not name.isascii()]
    doubtful = [name for name in names if is_utf_8(name.encode("gb18030"))]
    assert len(doubtful) < FEWEST_HEADINGS


def is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("lost", [1, 2, 4])
def test_utf_8_with_bytes_lost_is_never_loaded_as_other_chinese(tmp_path: Path, lost: int) -> None:
    content = delimited().encode()
    place = content.index("春季".encode())
    batch = checked(tmp_path, content[:place] + content[place + lost :], name="台账.csv")
    assert (batch.unreadable, len(batch.submissions)) == (1, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("状态,学时\n".encode("gb18030"), "E-FILE-12"),
        ("编号,甲".encode("gb18030")[:-1], "E-FILE-06"),
        (b"\x80\x81\xff", "E-FILE-06"),
        ("编号".encode("utf-16")[:-1], "E-FILE-06"),
        (b"\x00\x01\x02", "E-FILE-01"),
        (b"\0\0\0\0", "E-FILE-01"),
        (b"PX-01\x07,2", "E-FILE-01"),
    ],
    ids=["both", "half a gbk", "neither", "half a utf-16", "binary", "zeros", "control"],
)
def test_bytes_that_are_no_text_or_could_be_two_are_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('编号,名称\n="0012",甲\n', [["编号", "名称"], ["0012", "甲"]]),
        ('编号,名称\n"=""0012""",甲\n', [["编号", "名称"], ["0012", "甲"]]),
        ("sep=;\n编号;名称,全称\n", [["编号", "名称,全称"]]),
        ('编号\t说明\n1\t长5"的管\n', [["编号", "说明"], ["1", '长5"的管']]),
        ("编号\t甲,乙\n1\t2,3\t4,5\n2\t3\n", [["编号", "甲,乙"], ["1", "2,3", "4,5"], ["2", "3"]]),
        ("编号,,\n\n1,,\n", [["编号", None, None], [], ["1", None, None]]),
    ],
    ids=["formula", "quoted formula", "sep", "quote inside", "commas in tabs", "empty"],
)
def test_cells_stand_as_they_were_written(text: str, rows: list[list[str | None]]) -> None:
    book = open_workbook(text.encode())
    assert (book.issues, book.sheets[0].rows) == ((), rows)


def test_two_delimiters_that_fit_alike_are_an_error_that_names_them(tmp_path: Path) -> None:
    batch = checked(tmp_path, "编号,名称;日期\n1,甲;2021\n".encode(), name="台账.csv")
    assert found(batch) == [("E-FILE-13", None)]
    assert "逗号或分号" in batch.issues["message"][0]


def test_a_quote_that_is_never_closed_is_an_error_and_swallows_no_row(tmp_path: Path) -> None:
    batch = checked(tmp_path, delimited().replace("春季", '"春季').encode(), name="台账.csv")
    assert [code for code, _ in found(batch)] == ["E-FILE-14"]

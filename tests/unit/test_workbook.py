"""What is read of a workbook: of each cell its text, merged and hidden cells, in whatever format it was saved."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlwt

from tasks.workbook import Range, Sheet, cell_text, open_workbook
from tests.raw import cell_of, ods_of, package, row_of, xlsb_of, xlsx_of
from tests.workbooks import checked, found

DATA = Path(__file__).parents[1] / "data"
DATES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
SAVED = [
    "libreoffice.xlsx",
    "libreoffice.xls",
    "libreoffice.ods",
    "gnumeric_excel95.xls",
    "sheetjs.xlsb",
]


def sheet_of(content: bytes) -> Sheet:
    book = open_workbook(content)
    assert book.issues == ()
    return book.sheets[0]


def texts(content: bytes) -> list[list[str | None]]:
    return sheet_of(content).rows


@pytest.mark.parametrize("name", SAVED)
def test_a_workbook_saved_by_another_program_loads_the_same_rows(tmp_path: Path, name: str) -> None:
    original = checked(tmp_path, (DATA / "source.xlsx").read_bytes())
    batch = checked(tmp_path, (DATA / name).read_bytes(), name=name)
    assert {table: len(rows) for table, rows in original.tables.items() if len(rows)} == {
        "training": 2, "accident": 1, "officer": 1, "community": 1,
    }  # fmt: skip
    assert found(batch) == found(original)
    for table, rows in original.tables.items():
        pd.testing.assert_frame_equal(batch.tables[table], rows)


@pytest.mark.parametrize(
    ("saved", "name"),
    [
        ("libreoffice.xls", "台账.et"),
        ("libreoffice.xls", "台账.xlsx"),
        ("libreoffice.ods", "台账.xls"),
        ("source.xlsx", "台账.xlsm"),
    ],
)
def test_the_content_tells_the_type_and_the_ending_does_not(tmp_path: Path, saved: str, name: str) -> None:
    batch = checked(tmp_path, (DATA / saved).read_bytes(), name=name)
    assert list(batch.submissions["status"]) == ["accepted"] * 3


def test_a_workbook_of_excel_4_is_read_too() -> None:
    content = (DATA / "sheetjs_excel4.xls").read_bytes()
    assert texts(content) == [["PX-01", "40", "0.5", "TRUE"], ["PX-02", "41", "#N/A", None]]


@pytest.mark.parametrize("name", ["source.xlsx", *SAVED])
def test_merged_and_hidden_cells_are_told_in_every_format(name: str) -> None:
    sheet = sheet_of((DATA / name).read_bytes())
    assert sheet.merged == (Range(0, 0, 0, 10),)
    assert sheet.hidden_rows == {4}


def xls_of(fill: Callable[[xlwt.Worksheet], None], *, is_1904: bool = False) -> bytes:
    """An .xls with one sheet A."""
    book = xlwt.Workbook()
    book.dates_1904 = is_1904
    fill(book.add_sheet("A"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_hidden_the_zero_high_the_wrong_and_the_percentages_of_an_xls_are_told() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, 0.95, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(0, 1, 1.25, xlwt.easyxf(num_format_str="[h]:mm"))
        sheet.row(1).set_cell_error(0, "#NAME?")
        sheet.row(1).hidden = True
        sheet.write(2, 0, "乙")
        sheet.col(1).hidden = True

    sheet = sheet_of(xls_of(fill))
    assert sheet.rows == [["95%", "30:00:00"], ["#NAME?", None], ["乙", None]]
    assert sheet.hidden_rows == sheet.hidden_columns == {1}


def test_a_cell_of_an_xls_that_is_merged_with_itself_is_not_merged() -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(0, 0, 0, 0, "单位")
        sheet.write_merge(1, 1, 0, 2, "合计")

    assert sheet_of(xls_of(fill)).merged == (Range(1, 0, 1, 2),)


def in_xls(value: int, *, is_1904: bool) -> bytes:
    return xls_of(lambda sheet: _write_day(sheet, value), is_1904=is_1904)


def _write_day(sheet: xlwt.Worksheet, value: int) -> None:
    sheet.write(0, 0, value, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(0, 1, value)


def in_xlsx(value: int, *, is_1904: bool) -> bytes:
    book = f'<workbookPr date1904="{int(is_1904)}"/>'
    return xlsx_of(f'<row><c s="1"><v>{value}</v></c><c><v>{value}</v></c></row>', book=book, styles=DATES)


def in_xlsb(value: int, *, is_1904: bool) -> bytes:
    number = (value << 2 | 2).to_bytes(4, "little")
    return xlsb_of(row_of(0) + cell_of(2, 0, number, style=2) + cell_of(2, 1, number), properties=int(is_1904))


@pytest.mark.parametrize("build", [in_xls, in_xlsx, in_xlsb])
def test_a_true_date_is_itself_in_both_date_systems(build: Callable[..., bytes]) -> None:
    of_1900, of_1904 = sheet_of(build(44_264, is_1904=False)), sheet_of(build(42_802, is_1904=True))
    assert (of_1900.rows, of_1900.is_1904) == ([["2021-03-09", "44264"]], False)
    assert (of_1904.rows, of_1904.is_1904) == ([["2021-03-09", "42802"]], True)


def test_an_ods_says_its_date_system() -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2021-03-09"/>'
    epoch = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    row = f"<table:table-row>{day}</table:table-row>"
    assert [sheet_of(ods_of(row, before=each)).is_1904 for each in ("", epoch)] == [False, True]
    assert texts(ods_of(row, before=epoch)) == [["2021-03-09"]]


@pytest.mark.parametrize("name", ["protected.xls", "protected.xlsx", "protected.ods"])
def test_a_file_with_a_password_is_sent_back_to_take_it_off(tmp_path: Path, name: str) -> None:
    batch = checked(tmp_path, (DATA / name).read_bytes(), name=name)
    assert found(batch) == [("E-FILE-03", None)]
    assert "取消密码" in batch.issues["message"][0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "HTML"),
        ("\ufeff<!DOCTYPE html>\r\n<html>".encode("utf-16-le"), "HTML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        (b"%PDF-1.4\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (package({"台账.xlsx": b"PK"}), "压缩包"),
        (package({"[Content_Types].xml": "", "word/document.xml": ""}), "Word"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "OpenDocument"),
    ],
    ids=["html", "html in utf-16", "xml 2003", "mhtml", "pdf", "png", "zip", "docx", "odt"],
)
def test_a_file_that_is_something_else_is_called_by_its_name(tmp_path: Path, content: bytes, name: str) -> None:
    batch = checked(tmp_path, content, name="台账.xls")
    assert found(batch) == [("E-FILE-11", None)]
    assert name in batch.issues["message"][0]


def test_a_time_is_rounded_to_the_second_and_a_length_of_time_is_no_number() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="46"/><xf numFmtId="21"/></cellXfs>'
    cells = '<c s="1"><v>44264.277777777774</v></c><c s="2"><v>1.25</v></c><c s="3"><v>0.2777777</v></c>'
    assert texts(xlsx_of(f"<row>{cells}</row>", styles=styles)) == [["2021-03-09 06:40:00", "30:00:00", "06:40:00"]]


def test_a_number_of_more_than_15_digits_is_written_out_as_it_was_kept() -> None:
    assert texts(xlsx_of("<row><c><v>9.13404047000001E+17</v></c></row>")) == [["913404047000001000"]]


@pytest.mark.parametrize(
    ("cell", "text"), [(True, "TRUE"), (12.0, "12"), (-0.0, "0"), (1e-7, "0.0000001"), (date(2021, 3, 9), "2021-03-09")]
)
def test_a_value_is_a_text_that_can_be_read_back(cell: object, text: str) -> None:
    assert cell_text(cell) == text

"""What calamine leaves out of an .xlsx: errors, formulas without a value, percentages, hidden rows and columns."""

import pytest

from tasks.workbook import Sheet, open_workbook
from tests.raw import MAIN, package, xlsx_of

PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'


def sheet_of(content: bytes) -> Sheet:
    book = open_workbook(content)
    assert book.issues == ()
    return book.sheets[0]


def texts(content: bytes) -> list[list[str | None]]:
    return sheet_of(content).rows


@pytest.mark.parametrize(
    "cell",
    ['<c r="A1" t="e"><v>#REF!</v></c>', '<c r="A1" t="e"><f>B9</f><v>#REF!</v></c>', "<c t='e'><v>#REF!</v></c>"],
)
def test_an_error_is_the_text_of_its_cell(cell: str) -> None:
    assert texts(xlsx_of(f'<row r="1">{cell}</row>')) == [["#REF!"]]


@pytest.mark.parametrize(
    "cell",
    ["<c><f>B1+1</f></c>", "<c><f>B1+1</f><v></v></c>", "<c><f>B1+1</f><v/></c>", '<c t="n"><f ca="1">B1+1</f></c>'],
)
def test_a_formula_that_nobody_computed_is_its_own_text(cell: str) -> None:
    assert texts(xlsx_of(f"<row>{cell}</row>")) == [["=B1+1"]]


def test_a_computed_formula_is_its_value() -> None:
    cells = '<c><f>1+1</f><v>2</v></c><c t="str"><f>"甲"</f><v>甲</v></c><c t="b"><f>TRUE()</f><v>1</v></c>'
    empty = '<c t="str"><f>IF(A1=2,"",A1)</f><v></v></c><c><v>1</v></c>'
    assert texts(xlsx_of(f"<row>{cells}{empty}</row>")) == [["2", "甲", "TRUE", None, "1"]]


def test_a_zero_of_a_workbook_that_asks_to_be_computed_is_no_value() -> None:
    row = "<row><c><f>B1+1</f><v>0</v></c><c><f>2</f><v>2</v></c><c><v>0</v></c></row>"
    assert texts(xlsx_of(row, book='<calcPr fullCalcOnLoad="1"/>')) == [["=B1+1", "2", "0"]]
    assert texts(xlsx_of(row)) == [["0", "2", "0"]]


def test_cells_that_share_a_formula_or_are_one_array_all_show_it() -> None:
    shared = '<c r="A1"><f t="shared" ref="A1:A2" si="0">C1*2</f></c>'
    array = '<c r="B1"><f t="array" ref="B1:B2">C1:C2</f></c>'
    rows = f'<row r="1">{shared}{array}</row><row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    assert texts(xlsx_of(rows)) == [["=C1*2", "=C1:C2"], ["=C1*2", "=C1:C2"]]


def test_a_number_shown_as_a_percentage_has_its_sign() -> None:
    row = '<row><c s="1"><v>0.95</v></c><c s="1"><v>0.123</v></c><c s="0"><v>0.95</v></c><c s="1"><v>1</v></c></row>'
    assert texts(xlsx_of(row, styles=PERCENT)) == [["95%", "12.3%", "0.95", "100%"]]


@pytest.mark.parametrize(
    "mark", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"', "ht='0.0'"], ids=["1", "true", "height", "0.0"]
)
def test_a_row_that_nobody_sees_is_hidden(mark: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2" {mark}><c r="A2"><v>2</v></c></row>'
    assert sheet_of(xlsx_of(rows)).hidden_rows == {1}


@pytest.mark.parametrize("mark", ['hidden="1"', 'width="0" customWidth="1"'])
def test_a_column_that_nobody_sees_is_hidden(mark: str) -> None:
    columns = f'<cols><col min="1" max="1" width="9"/><col min="2" max="16384" {mark}/></cols>'
    sheet = sheet_of(xlsx_of("<row><c><v>1</v></c><c><v>2</v></c></row>", before=columns))
    assert sheet.hidden_columns == {1}


def test_rich_inline_and_escaped_texts_are_whole() -> None:
    cells = (
        '<c t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c>'
        '<c t="inlineStr"><is><t>读音</t><rPh sb="0" eb="1"><t>yin</t></rPh></is></c>'
        '<c t="str"><v>甲&#10;乙</v></c>'
    )
    assert texts(xlsx_of(f"<row>{cells}</row>")) == [["富文本", "读音", "甲\n乙"]]


@pytest.mark.parametrize("name", ["http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN])
def test_the_strict_dialect_is_read_like_the_usual_one(name: str) -> None:
    row = '<row hidden="1"><c t="e"><v>#N/A</v></c><c><f>A1</f></c></row>'
    assert texts(xlsx_of(row, main=name)) == [["#N/A", "=A1"]]
    assert sheet_of(xlsx_of(row, main=name)).hidden_rows == {0}


def test_names_with_a_prefix_are_read_like_those_without() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="B1"><x:f>A1</x:f></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert texts(xlsx_of("", sheet=sheet)) == [[None, "=A1"]]


def test_a_cell_far_away_is_refused_before_the_sheet_unfolds() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert [issue.code for issue in open_workbook(xlsx_of(rows)).issues] == ["E-FILE-05"]


def test_a_great_count_is_refused_before_memory_is_reserved_for_it() -> None:
    styles = '<cellXfs count="99999999999"><xf numFmtId="0"/></cellXfs>'
    assert [issue.code for issue in open_workbook(xlsx_of("", styles=styles)).issues] == ["E-FILE-01"]


def test_a_document_type_is_refused() -> None:
    sheet = (
        f'<!DOCTYPE a [<!ENTITY b "甲">]><worksheet xmlns="{MAIN}"><sheetData><row hidden="1"/></sheetData></worksheet>'
    )
    assert [issue.code for issue in open_workbook(xlsx_of("", sheet=sheet)).issues] == ["E-FILE-01"]


def test_a_sheet_without_its_part_is_an_issue() -> None:
    workbook = f'<workbook xmlns="{MAIN}"><sheets><sheet name="A" sheetId="1"/></sheets></workbook>'
    content = package({"xl/workbook.xml": workbook, "[Content_Types].xml": ""})
    assert [issue.code for issue in open_workbook(content).issues] == ["E-FILE-01"]

"""The formats that we read ourselves: .ods from its XML, .xlsb from its records."""

import struct

import pytest

from tasks.workbook import Range, Sheet, open_workbook
from tests.raw import cell_of, ods_of, record, row_of, wide, xlsb_of


def sheet_of(content: bytes) -> Sheet:
    book = open_workbook(content)
    assert book.issues == ()
    return book.sheets[0]


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(kind: str = "", shown: str = "", said: str = "", **values: str) -> str:
    """A cell: its type, the paragraph that it shows, further attributes, and its values by name."""
    said += f' office:value-type="{kind}"' if kind else ""
    said += "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f"<table:table-cell {said}>{f'<text:p>{shown}</text:p>' if shown else ''}</table:table-cell>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (cell("float", "12,000", value="12000"), "12000"),
        (cell("currency", "￥1.50", value="1.5"), "1.5"),
        (cell("percentage", "95%", value="0.95"), "95%"),
        (cell("boolean", "是", boolean_value="true"), "TRUE"),
        (cell("date", "9日", date_value="2021-03-09"), "2021-03-09"),
        (cell("date", "6:40", date_value="2021-03-09T06:39:59.999999999"), "2021-03-09 06:40:00"),
        (cell("time", "6:40", time_value="PT06H40M00S"), "06:40:00"),
        (cell("time", "30:00", time_value="PT30H00M00S"), "30:00:00"),
        (cell("string", "甲<text:s text:c='2'/>乙<text:line-break/>丙<text:span>丁</text:span>"), "甲  乙\n丙丁"),
        (cell("string", "甲</text:p><office:annotation><text:p>批注</text:p></office:annotation><text:p>乙"), "甲\n乙"),
    ],
    ids=["number", "money", "percent", "boolean", "date", "moment", "time", "length", "text", "comment"],
)
def test_a_cell_of_an_ods_is_its_value_and_not_what_is_shown(content: str, text: str) -> None:
    assert sheet_of(ods_of(row(content))).rows == [[text]]


@pytest.mark.parametrize(("shown", "text"), [("#NAME?", "#NAME?"), ("Err:502", "#VALUE!")])
def test_an_error_of_an_ods_is_one_that_excel_knows(shown: str, text: str) -> None:
    error = cell("", shown, 'table:formula="of:=X" calcext:value-type="error"')
    assert sheet_of(ods_of(row(error))).rows == [[text]]


def test_a_formula_of_an_ods_without_a_value_is_its_own_text() -> None:
    uncomputed = '<table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
    computed = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    assert sheet_of(ods_of(row(uncomputed, computed))).rows == [["=SUM([.A1:.A2])", "2"]]


def test_repeated_cells_and_rows_stand_in_their_places() -> None:
    text = cell("string", "甲", 'table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = f'<table:table-row table:number-rows-repeated="2">{gap}{text}</table:table-row>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{gap}</table:table-row>'
    assert sheet_of(ods_of(rows + rest)).rows == [[None, None, "甲", "甲"]] * 2


def test_an_ods_that_unfolds_to_more_than_a_sheet_is_refused_before_it_does() -> None:
    text = cell("string", "甲", 'table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{text}</table:table-row>'
    assert [issue.code for issue in open_workbook(ods_of(rows)).issues] == ["E-FILE-05"]


def test_merged_filtered_grouped_and_undisplayed_parts_of_an_ods_are_told() -> None:
    merged = cell("string", "甲", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    filtered = f'<table:table-row table:visibility="filter">{cell("string", "乙")}</table:table-row>'
    column = '<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/>'
    hidden = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    group = f"<table:table-row-group>{row(merged)}{filtered}</table:table-row-group>"
    sheet = sheet_of(ods_of(column + group, styles=hidden))
    assert sheet.rows == [["甲"], ["乙"]]
    assert (sheet.merged, sheet.is_visible) == ((Range(0, 0, 0, 1),), False)
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({1}), frozenset({0}))


def real(value: float) -> bytes:
    return struct.pack("<d", value)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (cell_of(7, 0, b"\1\0\0\0"), "乙"),
        (cell_of(6, 0, wide("甲")), "甲"),
        (cell_of(62, 0, b"\0" + wide("甲")), "甲"),
        (cell_of(5, 0, real(0.1)), "0.1"),
        (cell_of(5, 0, real(0.95), style=1), "95%"),
        (cell_of(5, 0, real(44_264), style=2), "2021-03-09"),
        (cell_of(2, 0, struct.pack("<i", -5 * 4 + 2)), "-5"),
        (cell_of(2, 0, struct.pack("<i", 125 * 4 + 3)), "1.25"),
        (cell_of(2, 0, real(1.5)[4:]), "1.5"),
        (cell_of(4, 0, b"\1"), "TRUE"),
        (cell_of(3, 0, b"\x1d"), "#NAME?"),
        (cell_of(8, 0, wide("甲") + b"\0\0"), "甲"),
        (cell_of(9, 0, real(2) + b"\0\0"), "2"),
        (cell_of(11, 0, b"\x2a\0\0"), "#N/A"),
        (record(18, b"\0\0\0\0\0\0\0\0"), "甲"),
    ],
)
def test_a_cell_of_an_xlsb_is_its_value(content: bytes, text: str) -> None:
    assert sheet_of(xlsb_of(row_of(0) + content)).rows == [[text]]


def test_a_short_cell_of_an_xlsb_stands_right_of_the_one_before() -> None:
    cells = cell_of(6, 1, wide("甲")) + record(17, b"\0\0\0\0" + wide("乙"))
    assert sheet_of(xlsb_of(row_of(1) + cells)).rows == [[None, None, None], [None, "甲", "乙"]]


def test_merged_and_hidden_parts_of_an_xlsb_are_told() -> None:
    text = cell_of(6, 1, wide("甲"))
    rows = row_of(0) + text + row_of(1, is_hidden=True) + text + row_of(2, height=0) + text
    columns = record(60, struct.pack("<IIIIH", 0, 0, 2_304, 0, 1)) + record(
        60, struct.pack("<IIIIH", 1, 9, 2_304, 0, 0)
    )
    merge = record(176, struct.pack("<IIII", 0, 2, 0, 1))
    sheet = sheet_of(xlsb_of(rows, before=columns, after=merge))
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({1, 2}), frozenset({0}))
    assert sheet.merged == (Range(0, 0, 2, 1),)

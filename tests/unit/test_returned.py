"""A returned copy: marked where the mistakes are, and otherwise as its sender made it."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from schemas.issue import column_letter
from tasks.returned.annotate import annotate
from tasks.returned.own import MARK, TITLE
from tasks.returned.verdict import Verdict
from tasks.workbook import Sheet, open_workbook
from tests.returned import comment_of, corrected, issues_of, marked, opened, returned
from tests.rows import example
from tests.workbooks import TRAINING, Cell, checked, found, grid, xlsx

FIELDS = list(TRAINING)
SLIPS: list[tuple[str, Cell]] = [
    ("started_on", "2021-13-01"),
    ("ended_on", "#NAME?"),
    ("title", None),
    ("category", "其它类"),
    ("audience", "群众、外星人"),
    ("participants", "约30"),
    ("participants", 1.5),
    ("hours", -1),
    ("hours", 90),
]
WRONG = {**TRAINING, "participants": "约30"}


def address(field: str, row: int = 3) -> str:
    return f"{column_letter(FIELDS.index(field))}{row}"


def _texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(row, place): text for row, cells in enumerate(sheet.rows) for place, text in enumerate(cells) if text}


def as_csv(rows: list[list[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


PLANTED = st.lists(
    st.dictionaries(st.sampled_from(SLIPS), st.none(), max_size=3).map(list), min_size=1, max_size=4
)  # fmt: skip
# Shrinking takes minutes, and an example is short as it is.
UNSHRUNK = settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings(UNSHRUNK, max_examples=3)
@given(planted=PLANTED, is_text=st.booleans())
def test_every_issue_is_marked_at_exactly_its_cell_and_what_is_not_is_as_it_was_sent(
    tmp_path: Path, planted: list[list[tuple[str, Cell]]], is_text: bool
) -> None:
    _try_out(tmp_path, planted, is_text)


@pytest.mark.slow
@settings(UNSHRUNK, max_examples=150)
@given(planted=PLANTED, is_text=st.booleans())
def test_the_same_for_many_more_workbooks(tmp_path: Path, planted: list[list[tuple[str, Cell]]], is_text: bool) -> None:
    _try_out(tmp_path, planted, is_text)


def _try_out(folder: Path, planted: list[list[tuple[str, Cell]]], is_text: bool) -> None:
    rows: list[dict[str, Cell]] = [
        {**TRAINING, "training_no": f"PX-{number}", **dict(slips)} for number, slips in enumerate(planted)
    ]
    cells = grid("training", *rows)
    content = as_csv(cells) if is_text else xlsx(台账=cells)
    batch, copy = returned(folder, content, "报表.csv" if is_text else "报表.xlsx")

    worst: dict[tuple[str, str], str] = {}
    for issue in sorted(issues_of(batch), key=lambda each: each.severity == "error"):
        assert issue.sheet
        if issue.severity != "info":
            worst[issue.sheet, f"{issue.column}{issue.row}"] = issue.severity
    assert marked(opened(copy.content)) == worst
    sent, came = open_workbook(content), open_workbook(copy.content)
    assert [each.name for each in came.sheets[1:]] == [each.name for each in sent.sheets]
    assert list(map(_texts, came.sheets[1:])) == list(map(_texts, sent.sheets))
    again = checked(folder, copy.content)
    assert found(again) == found(batch)
    assert again.submissions["content_sha256"].tolist() == batch.submissions["content_sha256"].tolist()


def test_what_is_wrong_with_one_cell_stands_in_one_comment_behind_the_senders_own(tmp_path: Path) -> None:
    book = opened(xlsx(台账=grid("training", TRAINING, head=["填报单位：幸福街道　所属月份：2021年9月"])))
    book["台账"]["A1"].comment = Comment("已与街道核对", "张三")
    saved = io.BytesIO()
    book.save(saved)
    _, copy = returned(tmp_path, saved.getvalue())
    comment = opened(copy.content)["台账"]["A1"].comment

    assert comment is not None
    assert comment.author == "张三"
    assert comment.text.startswith("已与街道核对\n\n【汇总】\n错误：找不到填报单位「幸福街道」，请写全称或单位代码")
    assert "\n错误：报告期 2021年9月 还没有到，请核对" in comment.text


def test_a_copy_that_is_returned_again_has_the_marks_of_the_last_time_only(tmp_path: Path) -> None:
    _, first = returned(tmp_path, xlsx(台账=grid("training", {**WRONG, "title": None})))
    half = corrected(first.content, {("台账", address("title")): "春季培训"})
    _, second = returned(tmp_path, half)
    book = opened(second.content)

    assert book.sheetnames == [TITLE, "台账"]
    assert marked(book) == {("台账", address("participants")): "error"}
    assert comment_of(book["台账"][address("participants")]).count("【汇总】") == 1


def test_the_list_says_where_what_and_what_to_do_and_leads_to_the_cell(tmp_path: Path) -> None:
    _, copy = returned(tmp_path, xlsx(台账=grid("training", {**WRONG, "title": None, "hours": 90})))
    sheet = opened(copy.content)[TITLE]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert lines[0][0] == "共 2 个错误、1 个提醒。"
    assert str(lines[1][0]).startswith("退回，没有入库：F06 安全教育培训台账。")
    assert lines[2] == ["序号", "程度", "工作表", "单元格", "列名", "填写的内容", "问题", "怎么改"]
    where = ["台账", address("participants"), "参训人次", "约30"]
    assert [1, "错误", *where, "约30 不是整数", "请只写数字（单位：人次）"] in lines
    assert [3, "提醒", "台账", address("hours"), "学时", "90", "学时超过每天8学时", "请确认"] in lines
    link = sheet.cell(5, 4).hyperlink
    assert link is not None
    assert link.location == f"'台账'!{sheet.cell(5, 4).value}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.print_title_rows) == (
        9,
        "landscape",
        "$4:$4",
    )


def test_only_the_list_is_selected_so_that_nobody_changes_all_sheets_at_once(tmp_path: Path) -> None:
    _, copy = returned(tmp_path, xlsx(台账=grid("training", WRONG), 说明=[["说明"]]))
    assert [sheet.sheet_view.tabSelected for sheet in opened(copy.content).worksheets] == [True, False, False]


@pytest.mark.parametrize("is_text", [True, False])
def test_no_text_of_a_sender_becomes_a_formula(tmp_path: Path, is_text: bool) -> None:
    texts = ["=1+1", "+86", "-1+2", "@SUM(A1)", "\tx"]
    rows = [{**WRONG, "training_no": f"PX-{text}", "title": text, "category": text} for text in texts]
    cells = grid("training", *rows)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    _, copy = returned(tmp_path, as_csv(cells) if is_text else buffer.getvalue(), "表.csv" if is_text else "表.xlsx")
    book = opened(copy.content)

    assert not [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    shown = {cell.value: cell for row in book[TITLE].iter_rows() for cell in row if cell.value in texts}
    assert shown.keys() == set(texts)
    assert all(cell.quotePrefix for cell in shown.values())
    if is_text:
        assert all(book["csv"][address("title", row)].quotePrefix for row in range(3, 8))


def test_formulas_macros_and_other_sheets_of_the_sender_stay(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_vba_project(io.BytesIO(b"macros"), is_stream=True)
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(grid("training", WRONG)):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
        sheet.write_formula(address("hours"), "=4+4", None, 8)
        sheet.data_validation("A9", {"validate": "list", "source": ["是", "否"]})
        book.add_worksheet("备注").write(0, 0, "保留")
    _, copy = returned(tmp_path, buffer.getvalue(), "报表.xlsm")
    kept = opened(copy.content)

    assert copy.ending == ".xlsm"
    assert zipfile.ZipFile(io.BytesIO(copy.content)).read("xl/vbaProject.bin") == b"macros"
    assert kept["台账"][address("hours")].value == "=4+4"
    assert kept["备注"]["A1"].value == "保留"
    assert len(kept["台账"].data_validations.dataValidation) == 1


def test_issues_of_the_head_and_of_headings_mark_their_cells(tmp_path: Path) -> None:
    cells = grid("training", {**TRAINING, "participants": 40}, head=["填报单位：幸福街道", "所属月份", "2021年9月"])
    cells[1].append("学时")
    batch, copy = returned(tmp_path, xlsx(台账=cells))

    assert {"E-COV-02", "E-COV-05", "E-HEAD-02"} <= {code for code, _ in found(batch)}
    assert {("台账", "A1"), ("台账", "C1"), ("台账", f"{column_letter(len(FIELDS))}2")} <= marked(
        opened(copy.content)
    ).keys()


def test_a_row_of_merged_cells_is_marked_at_the_first_of_them(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("台账")
        rows = grid("training", TRAINING, {**TRAINING, "training_no": "PX-02"})
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
        sheet.merge_range(f"{address('started_on')}:{address('started_on', 4)}", "2021-13-01")
    batch, copy = returned(tmp_path, buffer.getvalue())
    assert [cell for code, cell in found(batch) if code == "E-VAL-02"] == ["B3", "B4"]
    assert marked(opened(copy.content)) == {("台账", "B3"): "error"}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", xlsx(台账=grid("training", TRAINING))[:900]])
def test_of_what_cannot_be_opened_the_list_alone_goes_back(tmp_path: Path, content: bytes) -> None:
    _, copy = returned(tmp_path, content)
    book = opened(copy.content)
    assert book.sheetnames == [TITLE]
    assert "没有从这个文件读出报表" in str(book[TITLE]["A3"].value)
    assert book[TITLE].cell(book[TITLE].max_row, 2).value == "错误"


def test_what_openpyxl_refuses_goes_back_as_the_cells_that_were_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(台账=grid("training", WRONG)))) as whole,
        zipfile.ZipFile(buffer, "w") as broken,
    ):
        for name in whole.namelist():
            broken.writestr(name, whole.read(name).replace(b'patternType="gray125"', b'patternType="plaid"'))
    batch, copy = returned(tmp_path, buffer.getvalue())
    assert marked(opened(copy.content)) == {("台账", address("participants")): "error"}
    assert found(checked(tmp_path, copy.content)) == found(batch)


@pytest.mark.parametrize("is_text", [True, False])
def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path, is_text: bool) -> None:
    cells = grid("training", WRONG)
    content = as_csv(cells) if is_text else xlsx(台账=cells)
    batch, copy = returned(tmp_path, content)
    layouts = batch.submissions["layout"].tolist()
    assert annotate(content, issues_of(batch), layouts, Verdict({"rejected": ["training"]})) == copy


def test_a_list_of_problems_that_is_the_senders_own_is_not_taken_for_ours(tmp_path: Path) -> None:
    batch, copy = returned(tmp_path, xlsx(台账=grid("training", WRONG), 问题清单=[["乱停车"]]))
    assert ("W-FILE-07", None) in found(batch)
    book = opened(copy.content)
    assert book.sheetnames == [f"{TITLE}(2)", "台账", TITLE]
    assert (book.worksheets[0]["A1"].value, book[TITLE]["A1"].value) == (MARK, "乱停车")


def test_sensitive_values_are_not_repeated(tmp_path: Path) -> None:
    _, copy = returned(tmp_path, xlsx(信息员=grid("officer", example("officer", name="#REF!"))))
    texts = [str(cell.value) for line in opened(copy.content)[TITLE].iter_rows() for cell in line]
    assert "***" in texts
    assert not [text for text in texts if "#REF!" in text]

"""The form that is handed out is the form that is read: what a template says comes back as the value it stands for."""

import io
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from schemas.batch import Batch
from schemas.form import Form, Table, load_forms, tables
from schemas.unit import build_register, load_register
from tasks.recognise import find_blocks
from tasks.template.book import HEADING_ROW, write_template
from tasks.template.choices import choices
from tasks.template.content import Filing, file_name, template_of
from tasks.template.version import GUIDE_SHEET, HIDDEN_SHEET, outdated, version_of
from tasks.workbook import open_workbook
from tests.libreoffice import save_with_libreoffice
from tests.template_books import UNIT, blank, expected_of, filled, read_of, sign
from tests.template_rows import MONTH, rows_of, words_of
from tests.workbooks import checked, found

SAVED = Path(__file__).parents[1] / "data" / "templates"
FORMS = [pytest.param(form, id=form.code) for form in load_forms().values()]
TABLES = [pytest.param(form, table, id=table.id) for form, table in tables().values()]
REGISTER = load_register()


def assert_reads_back(batch: Batch, forms: Sequence[Form]) -> None:
    """These forms were read whole, without a word, as the rows say."""
    assert list(batch.issues["message"]) == []
    assert list(batch.submissions["form"]) == [form.id for form in forms]
    assert set(batch.submissions["unit_code"]) == {UNIT}
    assert set(batch.submissions["month"]) == {MONTH}
    for number, form in enumerate(forms):
        for table in form.tables.values():
            assert read_of(batch, number, table) == expected_of(table), table.id


def test_every_form_filled_in_is_read_back_equal_without_an_issue(tmp_path: Path) -> None:
    forms = list(load_forms().values())

    assert_reads_back(checked(tmp_path, *(filled(form) for form in forms)), forms)


def saved_of(form: Form) -> bytes:
    """What LibreOffice saved of a form; skips where the form has changed since, as not everybody has LibreOffice."""
    content = (SAVED / f"{form.code}.xlsx").read_bytes()
    if outdated(open_workbook(content).sheets):
        pytest.skip(f"{form.code} has changed: run tests/data/templates/make.py where LibreOffice is")
    return content


@pytest.mark.parametrize("form", FORMS)
def test_what_libreoffice_saved_is_read_back_equal_without_an_issue(tmp_path: Path, form: Form) -> None:
    assert_reads_back(checked(tmp_path, saved_of(form)), [form])


def test_most_of_what_libreoffice_saved_is_of_the_forms_of_today() -> None:
    older = [path.name for path in SAVED.glob("*.xlsx") if outdated(open_workbook(path.read_bytes()).sheets)]

    assert len(older) <= len(load_forms()) // 2, "run tests/data/templates/make.py where LibreOffice is"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine")
def test_every_form_saved_anew_by_libreoffice_is_read_back_equal(tmp_path: Path) -> None:
    folder, forms = tmp_path / "saved", list(load_forms().values())
    folder.mkdir()
    save_with_libreoffice({f"{form.code}.xlsx": filled(form) for form in forms}, folder)

    assert_reads_back(checked(tmp_path, *((folder / f"{form.code}.xlsx").read_bytes() for form in forms)), forms)
    for form in forms:
        assert_keeps_its_help(openpyxl.load_workbook(folder / f"{form.code}.xlsx"), form)


def test_the_rows_have_every_code_of_every_small_list() -> None:
    written = {
        (table_id, name, word)
        for table_id in tables()
        for row in rows_of(table_id)
        for name, text in row.items()
        for word in (text, *(text or "").split("、"))
    }
    asked = {(table_id, *word) for table_id, (_, table) in tables().items() for word in words_of(table)}

    assert asked - written == set()
    assert len(asked) > 250


@pytest.mark.parametrize("form", FORMS)
def test_help_survives_a_save_in_libreoffice(form: Form) -> None:
    assert_keeps_its_help(openpyxl.load_workbook(io.BytesIO(saved_of(form))), form)


@pytest.mark.parametrize("form_id", ["accident", "team_supply"])
def test_a_template_helps_with_every_column(form_id: str) -> None:
    form = load_forms()[form_id]
    assert_keeps_its_help(openpyxl.load_workbook(io.BytesIO(blank(form))), form)


def assert_keeps_its_help(book: Workbook, form: Form) -> None:
    """Version, notes, drop-downs, protection, frozen headings and print set-up are there."""
    assert book[HIDDEN_SHEET].sheet_state in ("hidden", "veryHidden")
    assert [cell.value for cell in book[HIDDEN_SHEET]["A"][1:3]] == [form.code, version_of(form)]
    properties = book.custom_doc_props  # type: ignore[attr-defined]
    assert properties["huizong_template"].value == f"{form.code} {version_of(form)}"
    for table in form.tables.values():
        sheet = book[table.sheets[0]]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("B4", "$1:$3")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.protection.sheet
        assert {sheet.protection.insertRows, sheet.protection.deleteRows, sheet.protection.sort} == {False}
        for place, name in enumerate(table.columns, 1):
            head = sheet.cell(HEADING_ROW + 1, place)
            assert head.protection.locked
            assert head.comment is not None
            assert table.columns[name].example is not None
            assert "示例：" in head.comment.text
            listed = choices(table, name, REGISTER, MONTH)
            assert not listed or choices_of(book, sheet, place) == listed


def choices_of(book: Workbook, sheet: Worksheet, place: int) -> tuple[str, ...]:
    """What the drop-down of a column offers in its first row of data."""
    (check,) = [each for each in checks(sheet) if sheet.cell(HEADING_ROW + 2, place).coordinate in each.sqref]
    assert check.type == "list"
    assert check.showDropDown in (False, None)
    source = str(check.formula1)
    if source.startswith('"'):
        return tuple(source.strip('"').split(","))
    area = str(book.defined_names[source].attr_text).replace("$", "").rpartition("!")[2]
    return tuple(str(row[0].value) for row in book[HIDDEN_SHEET][area])


def checks(sheet: Worksheet) -> list[DataValidation]:
    return list(sheet.data_validations.dataValidation)


@pytest.mark.parametrize(("form", "table"), TABLES)
def test_the_columns_of_texts_are_texts_and_open_to_the_sender(form: Form, table: Table) -> None:
    """Excel makes numbers of codes, and then cuts their digits off; a style of a column holds for all its rows."""
    (sheet,) = [each for each in template_of(form, REGISTER, Filing(UNIT, MONTH)).tables if each.id == table.id]
    rows = [{name: column.example for name, column in table.columns.items()}]
    content = write_template(template_of(form, REGISTER, Filing(UNIT, MONTH), {table.id: rows}))
    cells = openpyxl.load_workbook(io.BytesIO(content))[sheet.sheet][HEADING_ROW + 2]

    for cell, column in zip(cells, table.columns.values(), strict=True):
        is_text = column.type not in ("integer", "amount", "date", "datetime")
        assert (cell.number_format == "@") is is_text
        assert cell.protection.locked is False


@pytest.mark.parametrize("form", FORMS)
def test_the_guide_and_the_hidden_sheet_are_not_taken_for_tables(form: Form) -> None:
    book = open_workbook(blank(form))

    assert [sheet.name for sheet in book.sheets if find_blocks(sheet).blocks] == [
        table.sheets[0] for table in form.tables.values()
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_template_that_comes_back_as_it_was_handed_out_is_no_zero_report(tmp_path: Path, form: Form) -> None:
    batch = checked(tmp_path, blank(form))

    assert set(batch.submissions["status"]) == {"rejected"}
    assert {code for code, _ in found(batch)} >= {"W-COV-10"}
    assert {code for code, _ in found(batch)} & {"E-COV-19", "E-COV-18"}


def test_a_zero_report_takes_one_word_on_the_cover(tmp_path: Path) -> None:
    content = _changed(blank(load_forms()["training"]), lambda book: _say(book, "本月情况", "零报告"))

    batch = checked(tmp_path, content)

    assert list(batch.issues["message"]) == []
    assert list(batch.submissions["situation"]) == ["zero"]


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_nobody_is_told_of_the_sheets_of_a_template(tmp_path: Path, state: Literal["visible", "hidden"]) -> None:
    def show(book: Workbook) -> None:
        for sheet in (HIDDEN_SHEET, GUIDE_SHEET):
            book[sheet].sheet_state = state

    assert found(checked(tmp_path, _changed(filled(load_forms()["training"]), show))) == []


def test_who_fills_in_an_older_template_is_told_so_and_its_rows_load(tmp_path: Path) -> None:
    def age(book: Workbook) -> None:
        book[HIDDEN_SHEET]["A3"] = "0" * 12

    batch = checked(tmp_path, _changed(filled(load_forms()["training"]), age))

    assert found(batch) == [("W-FILE-15", None)]
    assert "模板已更新（F06 安全教育培训台账）" in batch.issues["message"][0]
    assert list(batch.submissions[["status", "warnings"]].itertuples(index=False, name=None)) == [("accepted", 1)]


def test_who_made_a_table_of_an_older_template_unreadable_is_told_that_it_is_older(tmp_path: Path) -> None:
    def age(book: Workbook) -> None:
        book[HIDDEN_SHEET]["A3"] = "0" * 12
        book["培训台账"].delete_rows(1, 100)
        book.remove(book["封面"])

    assert ("W-FILE-15", None) in found(checked(tmp_path, _changed(filled(load_forms()["training"]), age)))


def test_the_version_changes_with_what_is_asked_and_not_with_how_it_is_explained() -> None:
    form = load_forms()["training"]
    table = form.tables["training"]

    def version(**changes: object) -> str:
        hours = table.columns["hours"].model_copy(update=changes)
        changed = table.model_copy(update={"columns": {**table.columns, "hours": hours}})
        return version_of(form.model_copy(update={"tables": {"training": changed}}))

    assert version(hint="按小时", example="3", aliases=("课时数",)) == version_of(form)
    asked = [
        version(required=True),
        version(label="课时"),
        version(maximum=8.0),
        version(unit="小时"),
        version(type="integer"),
    ]
    assert len({version_of(form), *asked}) == 6


def test_the_same_template_has_the_same_bytes() -> None:
    made = [template_of(load_forms()["accident"], REGISTER, Filing(UNIT, MONTH)) for _ in range(2)]

    assert write_template(made[0]) == write_template(made[1])


def test_only_the_codes_of_the_month_are_offered() -> None:
    accident, inspection = (tables()[table_id][1] for table_id in ("accident", "inspection"))

    assert "放炮" in choices(accident, "accident_type", REGISTER, date(2026, 6, 1))
    assert "放炮" not in choices(accident, "accident_type", REGISTER, date(2026, 7, 1))
    assert len(choices(accident, "accident_type", REGISTER, MONTH)) == 20
    windows = {month: choices(inspection, "key_window", REGISTER, date(2021, month, 1)) for month in (3, 4, 6)}
    assert {"两会", "清明"} <= set(windows[3]), "the days before a window count"
    assert "两会" not in windows[4]
    assert "七一" in windows[6]


def test_a_unit_that_is_no_more_is_not_offered() -> None:
    ended = REGISTER.units["340404005"].model_copy(update={"valid_to": date(2021, 3, 1)})
    register = build_register({**REGISTER.units, ended.code: ended}.values(), REGISTER.obligations)
    table = tables()["hazard"][1]

    offered = {month: choices(table, "town_code", register, month) for month in (date(2021, 2, 1), MONTH, None)}
    assert [ended.name in names for names in offered.values()] == [True, False, False]


def test_checks_are_strict_only_where_the_reader_refuses_too() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank(load_forms()["hazard"])))["隐患台账"]
    names = list(tables()["hazard"][1].columns)
    strict = {names[next(iter(each.sqref.ranges)).min_col - 1]: each.errorStyle != "warning" for each in checks(sheet)}

    assert strict == {
        "found_on": False, "source": True, "inspection_rhythm": True, "uscc": False, "town_code": False, "sector": True,
        "key_field": False, "campaign_code": False, "level": True, "risk_colour": True, "funds_wan": True,
        "due_on": False, "contingency": True, "supervision_level": True, "fixed_on": False, "verified_on": False,
        "status": True, "extensions": True,
    }  # fmt: skip
    assert all(re.search(r"[\u4e00-\u9fff]", each.error or "") for each in checks(sheet))


@pytest.mark.parametrize(
    ("filing", "name"),
    [
        (Filing(UNIT, MONTH), "340404004_F06_202103_v1.xlsx"),
        (Filing(UNIT), "340404004_F06_安全教育培训台账.xlsx"),
        (Filing(month=MONTH), "F06_202103_安全教育培训台账.xlsx"),
        (Filing(), "F06_安全教育培训台账.xlsx"),
    ],
)
def test_the_name_of_a_template_says_what_is_known_and_agrees_with_its_cover(
    tmp_path: Path, filing: Filing, name: str
) -> None:
    form = load_forms()["training"]
    assert file_name(form, filing) == name

    def fill_in(book: Workbook) -> None:
        for label, text in (
            ("填报单位", "谢三村街道"),
            ("单位代码", UNIT),
            ("报告期", "2021年3月"),
            ("本月情况", "零报告"),
        ):
            _say(book, label, text)

    content = _changed(write_template(template_of(form, REGISTER, filing)), fill_in)
    assert found(checked(tmp_path, content, name=name)) == []


ROWS: Mapping[str, object] = {
    "hazard_no": "0012",
    "found_on": date(2021, 2, 5),
    "source": "tip",
    "inspection_rhythm": None,
    "enterprise_name": "+1商店",
    "uscc": "91350100M000100Y43",
    "town_code": UNIT,
    "sector": "town_gas",
    "key_field": ["dust", "confined_space"],
    "campaign_code": "DJC",
    "description": "后厨燃气软管老化 未装报警器",
    "level": "general",
    "risk_colour": "blue",
    "funds_wan": 1.25,
    "due_on": date(2021, 4, 5),
    "contingency": False,
    "supervision_level": "none",
    "status": "in_progress",
    "extensions": 0,
}


def test_the_rows_with_which_a_template_begins_are_read_back_equal(tmp_path: Path) -> None:
    form = load_forms()["hazard"]

    batch = checked(tmp_path, write_template(template_of(form, REGISTER, Filing(UNIT, MONTH), {"hazard": [ROWS]})))

    assert found(batch) == [("W-COV-10", None)]
    assert read_of(batch, 0, form.tables["hazard"]) == [{**dict.fromkeys(form.tables["hazard"].columns), **ROWS}]


def test_a_code_that_the_form_no_longer_has_is_shown_as_it_is_and_asked_about(tmp_path: Path) -> None:
    form = load_forms()["hazard"]
    rows = [{**ROWS, "sector": "long_gone"}]

    batch = checked(tmp_path, write_template(template_of(form, REGISTER, Filing(UNIT, MONTH), {"hazard": rows})))

    assert ("E-VAL-06", "H4") in found(batch)


def _changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook with a signed cover and a change, as openpyxl saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    if "封面" in book.sheetnames:
        sign(book["封面"])
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _say(book: Workbook, label: str, text: str) -> None:
    (line,) = [row for row in book["封面"].iter_rows(max_col=2) if row[0].value == label]
    line[1].value = text

"""The three files of a bulletin: what a reader finds in them, and what must not be in them."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page

from tasks.bulletin.draw import chinese_font
from tasks.bulletin.html import html
from tasks.bulletin.word import word
from tasks.bulletin.workbook import workbook
from tests.browser import browser, chromium
from tests.integration.bulletin.conftest import Made
from tests.integration.bulletin.story import FIRM, NAME, PHONE, TEXT

IMPRINT = r"数据截至 \d{4}-\d\d-\d\d \d\d:\d\d（第 2 次发布）"


@pytest.fixture(scope="module")
def page_bytes(made: Made) -> bytes:
    return html(made.bulletin, made.traces)


@pytest.mark.skipif(chromium() is None, reason="needs Chromium; .ci/run installs it")
def test_the_page_opens_without_error_or_request_and_every_figure_shows_its_trace(
    page_bytes: bytes, made: Made, tmp_path: Path
) -> None:
    file = tmp_path / "通报.html"
    file.write_bytes(page_bytes)
    troubles: list[str] = []
    requests: list[str] = []
    with browser() as opened:
        page = opened.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri())
        shown = opened_traces(page)

    assert troubles == []
    assert requests == [file.as_uri()]
    assert len(shown) == len(made.traces.figures) > 300
    for text, figure in zip(shown, made.traces.figures, strict=True):
        assert all(made.traces.sources[number].title in text for number in figure.sources)
    # A figure that rests on rows shows file, sheet, row and cells.
    assert any("生产安全事故登记表 第3行" in text and "O3 死亡人数：1" in text for text in shown)


def opened_traces(page: Page) -> list[str]:
    """What the dialog says of every figure, by its number; each is clicked as a reader does, where it is seen."""
    said: list[str] = page.evaluate(
        """() => {
            const dialog = document.getElementById("trace"), said = [];
            for (const button of document.querySelectorAll("button.figure")) {
                button.click();
                if (!dialog.open) throw new Error(`no trace: ${button.textContent}`);
                said[Number(button.dataset.figure)] = dialog.innerText;
                dialog.close();
            }
            return said;
        }"""
    )
    return said


def test_nothing_in_the_page_asks_for_anything_elsewhere(page_bytes: bytes) -> None:
    page = page_bytes.decode()

    assert re.findall(r"""(?:src|href|action)=["'](?!#|data:)""", page) == []
    assert "default-src 'none'" in page
    assert re.findall(r"url\((?!#)", page) == []


def test_no_file_names_a_person_a_firm_a_phone_or_quotes_free_text(page_bytes: bytes, made: Made) -> None:
    document = word(made.bulletin, made.book.published_at, chinese_font())
    whole = page_bytes.decode() + unzipped(document) + unzipped(workbook(made.bulletin, made.book.published_at))

    assert [secret for secret in (NAME, PHONE, FIRM, TEXT) if secret in whole] == []


def unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def test_every_page_says_as_of_when_and_which_publication(page_bytes: bytes, made: Made) -> None:
    document = Document(io.BytesIO(word(made.bulletin, made.book.published_at, None)))
    book = openpyxl.load_workbook(io.BytesIO(workbook(made.bulletin, made.book.published_at)))

    assert re.search(rf'@bottom-center {{ content: "{IMPRINT}', page_bytes.decode())
    assert re.match(IMPRINT, document.sections[0].footer.paragraphs[0].text)
    assert all(re.match(IMPRINT, str(sheet["A2"].value)) for sheet in book)
    assert all(re.search(IMPRINT, str(sheet.oddFooter)) for sheet in book)


def test_the_document_shows_six_charts_or_says_where_they_are(made: Made) -> None:
    if font := chinese_font():
        drawn = Document(io.BytesIO(word(made.bulletin, made.book.published_at, font)))
        assert len(drawn.inline_shapes) == 6
    without = Document(io.BytesIO(word(made.bulletin, made.book.published_at, None)))

    assert len(without.inline_shapes) == 0
    assert sum("没有中文字体" in paragraph.text for paragraph in without.paragraphs) == 6


def test_the_workbook_holds_real_numbers(made: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(made.bulletin, made.book.published_at)))
    sheet = book["2 主要指标"]
    line = next(row for row in sheet.iter_rows() if row[0].value == "直接经济损失")

    assert (line[2].value, line[2].number_format) == (128, '0.00"*"')
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_same_bulletin_is_the_same_page_and_workbook(page_bytes: bytes, made: Made) -> None:
    books = [workbook(made.bulletin, made.book.published_at) for _ in range(2)]

    assert html(made.bulletin, made.traces) == page_bytes
    assert books[0] == books[1]

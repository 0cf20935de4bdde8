"""Charts: what is drawn, and what is said where nothing is."""

import io
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from schemas.calendar import SHANGHAI
from tasks.bulletin.document import Bulletin, Chart, Figure, Section, Series
from tasks.bulletin.draw import svg
from tasks.bulletin.html import html
from tasks.bulletin.traces import Traces
from tasks.bulletin.word import word

MADE_AT = datetime(2021, 7, 13, tzinfo=SHANGHAI)


def figure(amount: int) -> Figure:
    return Figure(str(amount), amount)


def chart(kind: str, *series: Series) -> Chart:
    return Chart("各月隐患", kind, ("1月", "2月"), series, "处")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["columns", "bars", "heat"])
def test_a_chart_is_an_element_of_its_own_with_its_text_as_text(kind: str) -> None:
    drawn = svg(chart(kind, Series("谢三村街道", (figure(3), figure(14)))))

    assert ET.fromstring(drawn).tag.endswith("svg")
    assert "各月隐患（处）" in drawn
    assert "1月" in drawn


def test_the_same_chart_is_the_same_picture() -> None:
    one = chart("columns", Series("排查", (figure(3), figure(1))), Series("存量", (figure(5), None), is_line=True))

    assert svg(one) == svg(one)


def test_what_is_not_known_is_not_drawn_as_zero() -> None:
    drawn = svg(chart("heat", Series("谢三村街道", (figure(7), None))))

    assert drawn.count(">7<") == 1
    assert ">0<" not in drawn


def test_a_chart_with_no_data_says_so_on_the_page_and_in_the_document() -> None:
    empty = Bulletin("通报", "数据截至今日", (Section("图表", (chart("columns", Series("排查", (None, None))),)),))

    document = Document(io.BytesIO(word(empty, MADE_AT, None)))

    assert "各月隐患：没有数据，图略。" in html(empty, Traces()).decode()
    assert "各月隐患：没有数据，图略。" in [paragraph.text for paragraph in document.paragraphs]

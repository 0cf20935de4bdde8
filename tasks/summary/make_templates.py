"""Makes our own templates from their texts: ``python -m tasks.summary.make_templates`` after a text has changed.

A text is a line a paragraph: ``# `` is the title, ``## `` and ``### `` are headings, 【…】 is left for people and shown
in yellow. The look follows GB/T 9704: A4, 仿宋 of 16 points, 28 points from line to line, page numbers at the foot.
"""

import re
from pathlib import Path

from docx import Document
from docx.document import Document as Made
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.run import Run

FOLDER = Path(__file__).parent / "templates"
FOOT = "数据截至{{ as_of }}　第{{ publication }}次发布　"
TITLE = "{{ unit_name }}应急管理局{{ period_title }}工作总结"
_FOR_PEOPLE = re.compile(r"(【[^】]*】)")
_BODY, _SMALL, _LINE = 16, 10.5, 28
# By what a line begins with: name of the style, font, points.
_STYLES = {
    "# ": ("总结标题", "方正小标宋简体", 22),
    "## ": ("总结一级标题", "黑体", _BODY),
    "### ": ("总结二级标题", "楷体", _BODY),
    "": ("总结正文", "仿宋", _BODY),
}


def main() -> None:
    """Makes every template that is not what its text says; a file made anew would differ by its time alone."""
    for text in sorted(FOLDER.glob("*.txt")):
        target = text.with_suffix(".docx")
        made = make(text.read_text(encoding="utf-8"))
        if not target.is_file() or not is_alike(Document(str(target)), made):
            made.save(str(target))


def is_alike(one: Made, other: Made) -> bool:
    """Whether two templates have the same text and look."""
    return _parts(one) == _parts(other)


def _parts(document: Made) -> list[str]:
    footer = document.sections[0].footer.part.element
    xml = [element.xml for element in (document.element, document.styles.element, footer)]
    return [*xml, document.core_properties.title]


def make(text: str) -> Made:
    """The document of a text."""
    document = Document()
    _page(document)
    for name, font, points in _STYLES.values():
        _style(document, name, font, points)
    _comment_style(document)
    _foot(document)
    document.core_properties.title = TITLE
    document.core_properties.author = document.core_properties.comments = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        mark = next(each for each in _STYLES if line.startswith(each))
        _paragraph(document, line.removeprefix(mark), _STYLES[mark][0])
    return document


def _page(document: Made) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _style(document: Made, name: str, font: str, points: float) -> None:
    style = _new_style(document, name, font, points)
    style.paragraph_format.line_spacing = Pt(_LINE)
    if name == "总结标题":
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.space_after = Pt(_LINE)
    else:
        style.paragraph_format.first_line_indent = Pt(2 * points)
        style.paragraph_format.keep_with_next = "标题" in name


def _comment_style(document: Made) -> None:
    """Comments have a style of this id; without it Word and WPS set them as large as the text."""
    _new_style(document, "annotation text", "宋体", _SMALL).element.set(qn("w:styleId"), "CommentText")


def _new_style(document: Made, name: str, font: str, points: float) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(points)
    _font(style, font)
    style.paragraph_format.space_after = Pt(0)
    return style


def _foot(document: Made) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (f"{FOOT}— ", None, " —"):
        run = foot.add_run(text or "")
        run.font.size = Pt(_SMALL)
        _font(run, "宋体")
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run.element.addprevious(field)
            field.append(run.element)
            run.text = "1"


def _font(styled: ParagraphStyle | Run, chinese: str) -> None:
    """Chinese in one font, digits and letters in another; quotation marks are Chinese."""
    styled.font.name = "Times New Roman"
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")


def _paragraph(document: Made, text: str, style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    for part in filter(None, _FOR_PEOPLE.split(text)):
        run = paragraph.add_run(part)
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        if _FOR_PEOPLE.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


if __name__ == "__main__":
    main()

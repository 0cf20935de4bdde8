"""A bulletin as a Word document, for the office to finish: A4, Chinese fonts, a page foot on every page."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tasks.bulletin.document import Blank, Block, Bulletin, Cell, Chart, Figure, Sentence, Table, printed
from tasks.bulletin.draw import png

BODY, HEADING = "仿宋", "黑体"
_WIDE = 10
_PAGE_CM, _BORDERS_CM, _CM_PER_POINT = 17.0, 0.45, 2.54 / 72
_NO_FONT = "本机没有中文字体，图见网页版。"


def word(bulletin: Bulletin, made_at: datetime, font: str | None) -> bytes:
    """The document; its properties say that it was made at that moment, so the same bulletin is the same file.

    Args:
        bulletin: what it says.
        made_at: of the publication.
        font: in which charts are drawn; without one a sentence says where they are.
    """
    document = _blank(bulletin, made_at)
    document.add_heading(bulletin.title, 0)
    for number, section in enumerate(bulletin.sections, 1):
        document.add_heading(f"{number}　{section.title}", 1)
        for block in section.blocks:
            _write(document, block, font)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _blank(bulletin: Bulletin, made_at: datetime) -> Word:
    """An empty document with the page and the fonts set."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    for name, font, size in (("Normal", BODY, 11), ("Title", HEADING, 20), ("Heading 1", HEADING, 14)):
        _set_font(document.styles[name], font, size)
    _foot(page.footer.paragraphs[0], bulletin.imprint)
    said = document.core_properties
    said.title, said.author, said.comments = bulletin.title, "huizong", bulletin.imprint
    said.created = said.modified = made_at.replace(tzinfo=None)
    return document


def _set_font(style: Any, font: str, size: int) -> None:  # noqa: ANN401 -- python-docx does not type styles
    """Chinese text takes the East Asian font of a style, which python-docx has no name for."""
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(each), font)
    for each in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(each), None)


def _foot(paragraph: Paragraph, imprint: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(paragraph.add_run(f"{imprint}　第 "))
    number = _small(paragraph.add_run())
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        number._r.append(element)  # noqa: SLF001 -- python-docx has no page numbers
    _small(paragraph.add_run(" 页"))


def _write(document: Word, block: Block, font: str | None) -> None:
    match block:
        case Sentence():
            document.add_paragraph("".join(map(printed, block.cells)))
        case Blank():
            run = document.add_paragraph().add_run(f"【{block.prompt}】")
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        case Table():
            _table(document, block)
        case Chart():
            _chart(document, block, font)


def _chart(document: Word, chart: Chart, font: str | None) -> None:
    if chart.is_empty:
        _small(document.add_paragraph().add_run(f"{chart.title}：没有数据，图略。"))
    elif font is None:
        _small(document.add_paragraph().add_run(f"{chart.title}：{_NO_FONT}"))
    else:
        picture = document.add_picture(io.BytesIO(png(chart, font)), width=Cm(17))
        # Read out to those who do not see it.
        picture._inline.docPr.set("descr", f"图：{chart.title}，数据见网页版")  # noqa: SLF001 -- no name for it


def _table(document: Word, table: Table) -> None:
    caption = document.add_paragraph()
    caption.add_run(table.caption).bold = True
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(2)
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    size = 7.5 if len(table.columns) >= _WIDE else 9
    for column, width in zip(grid.columns, _widths(table, size), strict=True):
        column.width = Cm(width)
    for line, cells in zip(grid.rows, (table.columns, *table.rows), strict=True):
        _keep_whole(line)
        for box, cell in zip(line.cells, cells, strict=True):
            paragraph = box.paragraphs[0]
            run = paragraph.add_run(printed(cell))
            run.font.size, run.bold = Pt(size), line is grid.rows[0] or None
            if isinstance(cell, Figure):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeat(grid.rows[0])
    _small(document.add_paragraph().add_run(table.note))


def _widths(table: Table, size: float) -> list[float]:
    """The page shared out in cm: to each column what its longest text takes, and less of it to the widest."""
    texts = [[_em(name) / 3, *map(_em, map(printed, column))] for name, column in _by_column(table)]
    needs = [max(column) * size * _CM_PER_POINT + _BORDERS_CM for column in texts]
    widest = max(needs)
    while sum(min(need, widest) for need in needs) > _PAGE_CM:
        widest *= 0.95
    kept = [min(need, widest) for need in needs]
    return [width * _PAGE_CM / sum(kept) for width in kept]


def _by_column(table: Table) -> Iterator[tuple[str, Sequence[Cell]]]:
    return zip(table.columns, zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns), strict=True)


def _em(text: str) -> float:
    """How wide a text is in widths of a Chinese character."""
    return sum(1.0 if each > "\u2e7f" else 0.6 for each in text)


def _small(run: Run) -> Run:
    run.font.size = Pt(8.5)
    return run


def _keep_whole(row: Any) -> None:  # noqa: ANN401 -- rows are not typed
    """No page ends within the row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- no name for it


def _repeat(row: Any) -> None:  # noqa: ANN401 -- rows are not typed
    """The headings stand on every page of the table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- no name for it

"""Comments of Word on the figures of a filled document, each on the words that were printed for its slot."""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.text.run import Run

from tasks.summary.slot import Piece, Printer, Slot, is_printed, joined

AUTHOR, INITIALS = "汇总", "汇"
_TEXT, _RUN, _PARAGRAPH = qn("w:t"), qn("w:r"), qn("w:p")
_PROPERTIES, _BOX = qn("w:rPr"), qn("w:txbxContent")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IN_BYTES = re.compile("[\U000f0000-\U0010fffd]")


def comment_on_figures(document: Document, printer: Printer, comment: Callable[[Slot], str]) -> None:
    """Put a comment on what was printed for each slot, and take away the characters that mark it.

    Word has no comments in headers, footers, notes and text boxes: what is printed there stays without one.
    """
    for paragraph in list(document.element.body.iter(_PARAGRAPH)):
        marks: set[str] = set()
        for text in _texts_of(paragraph):
            pieces = list(printer.pieces(text.text or "", marks))
            for run, slot in _split(text, pieces):
                document.add_comment(Run(run, document), comment(slot), AUTHOR, INITIALS)
    for part in document.part.package.iter_parts():
        _clear(part, printer)


def _texts_of(paragraph: Element) -> list[Element]:
    """The texts of a paragraph, not of one in a text box in it, in which a slot was printed."""
    return [
        text
        for text in paragraph.iter(_TEXT)
        if is_printed(text.text)
        and text.getparent().tag == _RUN
        and next(text.iterancestors(_PARAGRAPH)) is paragraph
        and next(text.iterancestors(_BOX), None) is None
    ]


def _split(text: Element, pieces: Sequence[Piece]) -> Iterator[tuple[Element, Slot]]:
    """Put a run for each piece in place of the run of a text; gives those of slots."""
    run = text.getparent()
    children = [child for child in run if child.tag != _PROPERTIES]
    place = children.index(text)
    made = [*([_like(run, children[:place])] if place else [])]
    found: list[tuple[Element, Slot]] = []
    for piece in pieces:
        own = deepcopy(text)
        own.text = piece.text
        own.set(_SPACE, "preserve")
        made.append(_like(run, [own]))
        if piece.slot:
            found.append((made[-1], piece.slot))
    if behind := children[place + 1 :]:
        made.append(_like(run, behind))
    for each in made:
        run.addprevious(each)
    run.getparent().remove(run)
    yield from found


def _like(run: Element, children: Sequence[Element]) -> Element:
    """A run with the same properties and these children, which are moved."""
    other: Element = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    other.extend([deepcopy(each) for each in run if each.tag == _PROPERTIES])
    other.extend(children)
    return other


def _clear(part: object, printer: Printer) -> None:
    """Take the marking characters out of wherever no comment can be."""
    if isinstance(part, XmlPart):
        for element in part.element.iter():
            # Of what has children, python-docx gives the text of those.
            if not len(element) and is_printed(element.text):
                element.text = joined(printer.pieces(element.text, set()))
            for name, value in element.attrib.items():
                if is_printed(value):
                    element.set(name, joined(printer.pieces(value, set())))
    elif (content := getattr(part, "_blob", b"")) and getattr(part, "content_type", "").endswith("+xml"):
        text = content.decode("utf-8")
        if _IN_BYTES.search(text):
            cleared = joined(printer.pieces(text, set())).encode("utf-8")
            part._blob = cleared  # type: ignore[attr-defined] # noqa: SLF001 -- as docxtpl does

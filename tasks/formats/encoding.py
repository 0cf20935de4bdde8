"""Bytes to text by strict decoding; a statistical guess could turn one Chinese text into another."""

import re
import unicodedata

from schemas.issue import Issue
from tasks.formats.sheet import UnreadableError

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def decode(content: bytes) -> str:
    """The text: by its mark, as UTF-16 when it holds zero bytes, else as UTF-8, else as GB18030.

    UTF-8 comes before GB18030 because it checks itself. A form in GB18030 is never taken for UTF-8: delimiters are the
    same in both, and of the headings of a table hardly one is also valid UTF-8 (a test holds it). The other way round
    much UTF-8 is valid GB18030 and would become other Chinese. Bytes that both accept, and that hold no Chinese as
    UTF-8, are refused as ambiguous.
    """
    texts = _readings(content)
    if not texts:
        raise UnreadableError(Issue("E-FILE-06"))
    if any(_CONTROL.search(text) for text in texts):
        raise UnreadableError(Issue("E-FILE-01", hint="无法识别的内容"))
    if len(texts) > 1:
        raise UnreadableError(Issue("E-FILE-12"))
    return texts[0]


def _readings(content: bytes) -> list[str]:
    """Each text that the bytes may be."""
    marked = [encoding for mark, encoding in _MARKED if content.startswith(mark)]
    if marked:
        return _strictly(content, *marked)
    wide = _strictly(content, "utf-16-le", "utf-16-be") if b"\0" in content else []
    if sensible := [text for text in wide if _is_sensible(text)]:
        return sensible
    texts = _strictly(content, "utf-8")
    if texts and (texts[0].isascii() or _IDEOGRAPH.search(texts[0])):
        return texts
    return texts + _strictly(content, "gb18030")


def _strictly(content: bytes, *encodings: str) -> list[str]:
    """The texts in those encodings in which the bytes are valid, in order."""
    texts = []
    for encoding in encodings:
        try:
            texts.append(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return texts


def _is_sensible(text: str) -> bool:
    """Whether all are characters of a text: what ends of lines become when the bytes are swapped is none."""
    categories = (unicodedata.category(char) for char in set(text) if char < "\U00010000")
    return not _CONTROL.search(text) and "Cn" not in categories

"""One way to compare text that people typed: full-width forms, blanks and brackets folded."""

import re
import unicodedata

_BLANK = re.compile(r"\s+")
_NOTE = re.compile(r"\((?:必填|选填|\*)\)|[*※]")
_UNIT_NOTE = re.compile(r"\(([^()]*)\)$")


def normalise(text: str) -> str:
    """Text in NFKC without leading, trailing or repeated white space (domain rule N01)."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def squeeze(text: str) -> str:
    """Normalised text without any white space, for headings and names (domain rule N02)."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def heading_key(text: str) -> str:
    """The form of a heading under which labels and aliases are looked up."""
    return _NOTE.sub("", squeeze(text)).strip(":")


def split_unit_note(text: str) -> tuple[str, str | None]:
    """A heading key without its closing bracket, and what stood in it: ``罚款(万元)`` gives 罚款 and 万元."""
    match = _UNIT_NOTE.search(text)
    return (text[: match.start()], match.group(1)) if match else (text, None)

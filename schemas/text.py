"""One way to compare text that people typed: full-width forms, blanks and brackets folded."""

import functools
import re
import unicodedata

# Zero-width blanks and marks, soft hyphens and byte order marks: they come with text copied from web pages.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_MARK = re.compile(r"\((?:必填|选填|\*)\)|[*※]")
_NOTE = re.compile(r"\(([^()]*)\)$")


@functools.lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Text in NFKC without invisible characters and leading, trailing or repeated white space (domain rule N01)."""
    return " ".join(_folded(text).split())


@functools.lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """Normalised text without any white space, for headings and names (domain rule N02)."""
    return "".join(_folded(text).split())


@functools.lru_cache(maxsize=65_536)
def heading_key(text: str) -> str:
    """The form of a heading under which labels and aliases are looked up."""
    return _MARK.sub("", squeeze(text)).strip(":")


def _folded(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def split_note(text: str) -> tuple[str, str | None]:
    """A heading key without its closing bracket, and what stood in it: ``罚款(万元)`` gives 罚款 and 万元."""
    match = _NOTE.search(text)
    return (text[: match.start()], match.group(1)) if match else (text, None)

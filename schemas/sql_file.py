"""A statement that describes itself: the block of ``-- key: value`` lines at the top of an .sql file."""

import re
from collections.abc import Mapping

_HEADER = re.compile(r"(?:--.*(?:\n|\Z))*")
_LINE = re.compile(r"--\s*(?P<key>[a-z_]+):\s*(?P<value>.*\S)\s*")


def split_header(text: str) -> tuple[Mapping[str, str], str]:
    """The lines of the header by key, and the rest; other comments stand below a blank line.

    Raises:
        ValueError: a line of the header is not of the form, or a key is given twice.
    """
    match = _HEADER.match(text)
    end = match.end() if match else 0
    fields: dict[str, str] = {}
    for line in text[:end].splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"{line!r}: write the header as -- key: value, other comments below it")
        if found["key"] in fields:
            raise ValueError(f"{found['key']}: given twice")
        fields[found["key"]] = found["value"]
    return fields, text[end:].strip()


def comment_of(sql: str) -> str:
    """The comment that stands above a statement, as one line; empty where it has none."""
    match = _HEADER.match(sql)
    lines = match.group().splitlines() if match else []
    return " ".join(part for line in lines if (part := line.lstrip("- ").rstrip()))


def without_comment(sql: str) -> str:
    """The statement without the comment above it."""
    return _HEADER.sub("", sql, count=1).strip()

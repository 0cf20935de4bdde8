"""The text of a cell of an .ods."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tasks.formats.package import local
from tasks.formats.values import cell_text, duration_text, number_text, percent_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, STYLE, _TEXT = (f"{_OASIS}{name}:1.0}}" for name in ("office", "table", "style", "text"))
_TYPE = f"{OFFICE}value-type"
# LibreOffice says here what OpenDocument has no word for.
_FINER_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_LENGTH = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_NAMESPACE_OF_FORMULA = re.compile(r"^\w+:(?==)")
# What stands in a cell and is not its text.
_BESIDE_THE_TEXT = frozenset({"annotation", "table", "frame", "shapes", "custom-shape", "ruby-text"})
_ERROR = "#VALUE!"


def text_of(cell: "Element") -> str | None:
    """The text of a cell; None when it has no value."""
    if cell.get(_FINER_TYPE) == "error":
        return _error(_paragraphs(cell))
    kind = cell.get(_TYPE)
    formula = cell.get(f"{TABLE}formula")
    text = _READERS.get(kind or "string", _string)(cell)
    if formula and not text and not kind:
        return _NAMESPACE_OF_FORMULA.sub("", formula)
    return text or None


def _error(shown: str) -> str:
    """Excel's word for it: LibreOffice has more kinds of errors (Err:502), which Excel knows as #VALUE!."""
    return shown if shown.startswith("#") else _ERROR


def _string(cell: "Element") -> str:
    return cell.get(f"{OFFICE}string-value", "") or _paragraphs(cell)


def _number(cell: "Element") -> str:
    return number_text(float(cell.get(f"{OFFICE}value", "")))


def _percentage(cell: "Element") -> str:
    return percent_text(float(cell.get(f"{OFFICE}value", "")))


def _date(cell: "Element") -> str | None:
    written = cell.get(f"{OFFICE}date-value", "")
    moment = datetime.fromisoformat(written)
    return cell_text(moment if "T" in written else moment.date())


def _time(cell: "Element") -> str:
    written = cell.get(f"{OFFICE}time-value", "")
    match = _LENGTH.fullmatch(written)
    if not match:
        return written
    return duration_text(timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3])))


def _boolean(cell: "Element") -> str:
    return cell.get(f"{OFFICE}boolean-value", "").upper()


def _paragraphs(cell: "Element") -> str:
    """The text as it is shown: paragraphs on lines of their own, without comments and drawings."""
    return "\n".join("".join(_runs(child)) for child in cell if child.tag == f"{_TEXT}p")


def _runs(element: "Element") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child.tag)
        if name == "s":
            yield " " * int(child.get(f"{_TEXT}c", 1))
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _BESIDE_THE_TEXT:
            yield from _runs(child)
        yield child.tail or ""


_SIGNS: Mapping[str, str] = {"tab": "\t", "line-break": "\n"}
_READERS: Mapping[str, Callable[["Element"], str | None]] = {
    "float": _number,
    "currency": _number,
    "percentage": _percentage,
    "date": _date,
    "time": _time,
    "boolean": _boolean,
}

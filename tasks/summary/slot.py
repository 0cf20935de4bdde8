"""A place in a template, and how it is found again in the finished document.

What a template prints stands between two characters that no text has, the first of which says which slot it is: Word
may cut a text into pieces, Jinja may put it anywhere, and the place is still known.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from warehouse.values import Figure

# Of the planes for private use, where neither a font for rare names nor Word has anything.
_CLOSE = "\U000f0000"
_FIRST = 0xF0001
_PRINTED = re.compile(f"([{chr(_FIRST)}-\U0010fffd])([^{_CLOSE}]*){_CLOSE}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]+")


@dataclass(frozen=True)
class Slot:
    """What is printed.

    Attributes:
        text: without the mark of silent units.
        codes: of the indicators that it rests on.
        mark: said behind it where units are silent.
        measure: the unit of measure that the template may write behind it, before the mark.
        figure: the number, for conditions; None for phrases and where there is no data.
        has_base: whether it rests on the same period last year as well.
    """

    text: str
    codes: tuple[str, ...]
    mark: str = ""
    measure: str = ""
    figure: Figure = None
    has_base: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece of a text, with the slot it was printed from; None for what the template says."""

    text: str
    slot: Slot | None = None


class Printer:
    """Prints slots, and finds them again."""

    def __init__(self) -> None:
        self._printed: list[Slot] = []

    def offer(self, slot: Slot) -> "Offered":
        """The slot for a template."""
        return Offered(slot, self)

    def print(self, slot: Slot) -> str:
        """Its text between its two characters."""
        self._printed.append(slot)
        return f"{chr(_FIRST + len(self._printed) - 1)}{_UNPRINTABLE.sub(' ', slot.text)}{_CLOSE}"

    def pieces(self, text: str, marks: set[str]) -> Iterator[Piece]:
        """What a text is made of. A mark stands in full behind the first slot that has it, then as ``*``.

        Args:
            text: as the template printed it.
            marks: those that stand before it already; those of this text are added.
        """
        rest = text
        while match := _PRINTED.search(rest):
            slot = self._printed[ord(match[1]) - _FIRST]
            said, behind = match[2], rest[match.end() :]
            if slot.mark and slot.measure and behind.startswith(slot.measure):
                said, behind = said + slot.measure, behind.removeprefix(slot.measure)
            if match.start():
                yield Piece(rest[: match.start()])
            yield Piece(said + _shortened(slot.mark, marks), slot)
            rest = behind
        if rest:
            yield Piece(rest)


def is_printed(text: str | None) -> bool:
    """Whether a slot was printed into the text."""
    return text is not None and _PRINTED.search(text) is not None


def joined(pieces: Iterable[Piece]) -> str:
    """The text without the two characters."""
    return "".join(piece.text for piece in pieces)


def _shortened(mark: str, marks: set[str]) -> str:
    if not mark or mark not in marks:
        marks.add(mark)
        return mark
    return "*"


class Offered:
    """A slot as a template sees it: printed as text, compared as a number; without a number no comparison holds."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, slot: Slot, printer: Printer) -> None:
        self._slot = slot
        self._printer = printer

    @property
    def figure(self) -> Figure:
        """The number that is compared."""
        return self._slot.figure

    def __str__(self) -> str:
        return self._printer.print(self._slot)

    def __bool__(self) -> bool:
        return bool(self._slot.figure)

    def __eq__(self, other: object) -> bool:
        return self._holds(operator.eq, other)

    def __ne__(self, other: object) -> bool:
        return self._holds(operator.ne, other)

    def __lt__(self, other: object) -> bool:
        return self._holds(operator.lt, other)

    def __le__(self, other: object) -> bool:
        return self._holds(operator.le, other)

    def __gt__(self, other: object) -> bool:
        return self._holds(operator.gt, other)

    def __ge__(self, other: object) -> bool:
        return self._holds(operator.ge, other)

    def _holds(self, compare: Callable[[Any, Any], bool], other: object) -> bool:
        number = other.figure if isinstance(other, Offered) else other
        if self._slot.figure is None or not isinstance(number, int | float):
            return False
        return compare(self._slot.figure, number)

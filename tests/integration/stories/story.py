"""Nights of reports, and where a rule finds something in the last of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.integration.builders import FIRST_ROW, Report

Night = Sequence[Report]
# Form, row of the sheet (None: the submission as a whole) and field.
Spot = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class Story:
    """``found`` are the spots at which the rule of the code finds something in the last night: none, if all is well."""

    code: str
    title: str
    nights: Sequence[Night]
    found: Sequence[Spot]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def wrong(code: str, title: str, *nights: Night | Report, at: Spot | Sequence[Spot]) -> Story:
    """A story in which something is found."""
    spots = [at] if isinstance(at[0], str) else at
    return Story(code, title, _nights(nights), spots)  # type: ignore[arg-type]


def right(code: str, title: str, *nights: Night | Report) -> Story:
    """A story in which the rule has nothing to say."""
    return Story(code, title, _nights(nights), ())


def row(number: int = 1) -> int:
    """The row of the sheet in which the nth row of a table stands."""
    return FIRST_ROW + number - 1


def _nights(nights: Sequence[Night | Report]) -> Sequence[Night]:
    return [[night] if isinstance(night, Report) else night for night in nights]

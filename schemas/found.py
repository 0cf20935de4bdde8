"""An issue as its sender is told of it: what was found, wherever it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One issue of a file. ``row`` is 1-based, ``column`` a letter; ``value`` is masked where it is sensitive.

    ``message`` begins with the place, as ``schemas.issue.place`` writes it.
    """

    severity: str
    code: str
    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    value: str | None
    message: str

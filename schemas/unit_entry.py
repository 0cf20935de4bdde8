"""The entries of a list of units: units, one for each version, and who owes which form."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.period import add_months

Level = Literal["district", "township", "village", "other"]
_LEVELS: Mapping[str, Level] = {
    "district": "district",
    "street": "township",
    "town": "township",
    "township": "township",
    "ethnic_township": "township",
    "village": "village",
    "community": "village",
    "park": "other",
    "department": "other",
}


class Entry(BaseModel):
    """What holds from ``valid_from`` up to but not including ``valid_to``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None


class Unit(Entry):
    """A place or an office, from ``valid_from`` up to but not including ``valid_to``.

    A unit that is renamed or moved has several of these, one after the other. ``successors`` are the codes of what
    follows it from ``valid_to`` on: one where it was merged, several where it was split.
    """

    code: str
    name: str
    kind: Literal[
        "district",
        "street",
        "town",
        "township",
        "ethnic_township",
        "village",
        "community",
        "park",
        "department",
    ]
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The administrative level; ``other`` for the park and the departments."""
        return _LEVELS[self.kind]

    def is_valid(self, on: date) -> bool:
        """Whether it is valid on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def stands_in(self, month: date) -> bool:
        """Whether it is valid on any day of the month."""
        return self.valid_from < add_months(month, 1) and (self.valid_to is None or month < self.valid_to)


class Obligation(Entry):
    """Who owes a form every month: all units of some kinds, and units by code."""

    form: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class UnitFile(Entry):
    """What a list of units holds."""

    units: tuple[Unit, ...] = ()
    obligations: tuple[Obligation, ...] = ()

"""Units and what they owe: ``units.toml`` and an office's own list as one register."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.text import squeeze

Level = Literal["district", "township", "village", "other"]
DISTRICT = "340404"
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


class UnitError(Exception):
    """A list of units is wrong; the message names the file and the entry."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None


class Unit(_Entry):
    """A place or an office, from ``valid_from`` up to but not including ``valid_to``."""

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

    @property
    def level(self) -> Level:
        """The administrative level; ``other`` for the park and the departments."""
        return _LEVELS[self.kind]


class Obligation(_Entry):
    """Who owes a form every month: all units of some kinds, and units by code."""

    form: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class _UnitFile(_Entry):
    units: tuple[Unit, ...] = ()
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True)
class Duty:
    """One unit owes one form in every month from ``valid_from`` up to but not including ``valid_to``."""

    unit_code: str
    form: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Register:
    """All units by code, with look-up by code or name as people write them."""

    units: Mapping[str, Unit]
    obligations: tuple[Obligation, ...]
    _codes: Mapping[str, str] = field(repr=False)
    _names: Mapping[str, str] = field(repr=False)

    def find_code(self, text: str) -> str | None:
        """The unit's own code for a 6, 9 or 12-digit spelling of it, or None."""
        return self._codes.get(squeeze(text).upper())

    def find_name(self, text: str) -> str | None:
        """The code of the one unit with this name or alias, or None; villages are found by code only."""
        return self._names.get(squeeze(text))

    def find(self, text: str) -> str | None:
        """The unit's code from a code or a name, or None."""
        return self.find_code(text) or self.find_name(text)

    def is_named(self, code: str, name: str) -> bool:
        """Whether the name is that of the unit with this code."""
        unit = self.units[code]
        return squeeze(name) in {squeeze(unit.name), *(squeeze(alias) for alias in unit.aliases)}

    def places_of(self, code: str, on: date) -> frozenset[str]:
        """The places a unit answers for on that day: a township itself and its villages, an office its district."""
        own = self.units[code].parent if self.units[code].level == "other" else code
        return frozenset(
            unit.code
            for unit in self.units.values()
            if (unit.code == own or (unit.parent == own and unit.level == "village"))
            and unit.valid_from <= on
            and (unit.valid_to is None or on < unit.valid_to)
        )

    def duties(self) -> list[Duty]:
        """Every (unit, form) that is owed, one entry a pair and obligation."""
        return [
            Duty(unit.code, owed.form, owed.valid_from, owed.valid_to)
            for owed in self.obligations
            for unit in self.units.values()
            if unit.code in owed.units or unit.kind in owed.kinds
        ]


def load_register(own_list: str | None = None, origin: str = "units.toml") -> Register:
    """The register of ``schemas/units.toml`` and of an office's own list (the text of a TOML file of the same layout).

    Raises:
        UnitError: an entry is malformed, a code is given twice or a parent is unknown.
    """
    files = [_built_in()] + ([_parse(own_list, origin)] if own_list else [])
    return build_register(
        (unit for file in files for unit in file.units), (owed for file in files for owed in file.obligations)
    )


def build_register(units: Iterable[Unit], obligations: Iterable[Obligation]) -> Register:
    """A register from entries.

    Raises:
        UnitError: a code is given twice or a parent is unknown.
    """
    listed = list(units)
    by_code = {unit.code: unit for unit in listed}
    if len(by_code) != len(listed):
        twice = sorted({unit.code for unit in listed if sum(unit.code == other.code for other in listed) > 1})
        raise UnitError(f"units.toml: 单位代码重复：{'、'.join(twice)}")
    if orphans := sorted(unit.code for unit in listed if unit.parent and unit.parent not in by_code):
        raise UnitError(f"units.toml: 上级单位不存在：{'、'.join(orphans)}")
    return Register(by_code, tuple(obligations), _spellings(listed), _names(listed))


def _spellings(units: Iterable[Unit]) -> dict[str, str]:
    """6 and 9-digit codes also stand with their zeros, as 12 digits."""
    return {spelling: unit.code for unit in units for spelling in {unit.code, unit.code.ljust(12, "0")}}


def _names(units: Iterable[Unit]) -> dict[str, str]:
    return {
        squeeze(name): unit.code for unit in units if unit.level != "village" for name in (unit.name, *unit.aliases)
    }


@functools.cache
def _built_in() -> _UnitFile:
    return _parse(resources.files("schemas").joinpath("units.toml").read_text(encoding="utf-8"), "schemas/units.toml")


def _parse(text: str, origin: str) -> _UnitFile:
    try:
        return _UnitFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise UnitError(f"{origin}: {error}") from error

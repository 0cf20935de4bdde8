"""Units and what they owe: ``units.toml`` and an office's own list as one register."""

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources

from pydantic import ValidationError

from schemas.lineage import version_at
from schemas.text import squeeze
from schemas.unit_check import problems
from schemas.unit_entry import Level, Obligation, Unit, UnitFile

__all__ = ["DISTRICT", "Duty", "Level", "Obligation", "Register", "Unit", "UnitError", "UnitFile"]

DISTRICT = "340404"


class UnitError(Exception):
    """A list of units is wrong; the message names the file and the entry."""


@dataclass(frozen=True)
class Duty:
    """One unit owes one form in every month from ``valid_from`` up to but not including ``valid_to``."""

    unit_code: str
    form: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Register:
    """All units by code, with look-up by code or name as people write them.

    ``units`` are the latest versions, ``versions`` all of them in order.
    """

    units: Mapping[str, Unit]
    versions: Mapping[str, tuple[Unit, ...]]
    obligations: tuple[Obligation, ...]
    _codes: Mapping[str, str] = field(repr=False)
    _names: Mapping[str, str] = field(repr=False)

    def find_code(self, text: str) -> str | None:
        """The unit's own code for a 6, 9 or 12-digit spelling of it, or None."""
        return self._codes.get(squeeze(text).upper())

    def find_name(self, text: str) -> str | None:
        """The code of the one unit with this name or alias, or None; villages are found by code only."""
        return self._names.get(squeeze(text))

    @functools.cached_property
    def reporter_names(self) -> tuple[str, ...]:
        """The names of all that report, now or then, without white space."""
        units = (unit for versions in self.versions.values() for unit in versions)
        return tuple(squeeze(unit.name) for unit in units if unit.level in ("township", "other"))

    def find(self, text: str) -> str | None:
        """The unit's code from a code or a name, or None."""
        return self.find_code(text) or self.find_name(text)

    def namesake(self, code: str, month: date) -> str:
        """The unit itself where it stands in the month, else the one that then had one of its names, if any."""
        if any(unit.stands_in(month) for unit in self.versions[code]):
            return code
        names = {squeeze(name) for unit in self.versions[code] for name in (unit.name, *unit.aliases)}
        bearers = (
            unit.code
            for versions in self.versions.values()
            for unit in versions
            if unit.level != "village"
            and unit.stands_in(month)
            and names & {squeeze(n) for n in (unit.name, *unit.aliases)}
        )
        return next(bearers, code)

    def at(self, code: str, on: date) -> Unit:
        """The version of a unit on that day; between two the one that ended, before the first the first."""
        return version_at(self.versions[code], on)

    def is_named(self, code: str, name: str) -> bool:
        """Whether the name is that of the unit with this code, at any time."""
        names = {squeeze(known) for unit in self.versions[code] for known in (unit.name, *unit.aliases)}
        return squeeze(name) in names

    def places_of(self, code: str, on: date) -> frozenset[str]:
        """The places a unit answers for on that day: a township itself and its villages, an office its district."""
        reporter = self.at(code, on)
        own = reporter.parent if reporter.level == "other" else code
        return frozenset(
            unit.code
            for versions in self.versions.values()
            for unit in versions
            if (unit.code == own or (unit.parent == own and unit.level == "village")) and unit.is_valid(on)
        )

    def duties(self) -> list[Duty]:
        """Every (unit, form) that is owed, one entry a pair and obligation.

        They last as long as the obligation, even where the unit does not; a unit that was not always of a kind that
        owes the form has an entry for each version that is.
        """
        return [
            duty
            for owed in self.obligations
            for versions in self.versions.values()
            for duty in _owed_by(versions, owed)
        ]


def _owed_by(versions: Sequence[Unit], owed: Obligation) -> Iterator[Duty]:
    owing = [unit for unit in versions if unit.code in owed.units or unit.kind in owed.kinds]
    if len(owing) == len(versions):
        yield Duty(versions[0].code, owed.form, owed.valid_from, owed.valid_to)
        return
    for unit in owing:
        since = max(owed.valid_from, unit.valid_from)
        until = min((end for end in (owed.valid_to, unit.valid_to) if end), default=None)
        if until is None or since < until:
            yield Duty(unit.code, owed.form, since, until)


def load_register(own_list: str | None = None, origin: str = "units.toml") -> Register:
    """The register of ``schemas/units.toml`` and of an office's own list (the text of a TOML file of the same layout).

    What the office lists under a code takes the place of all that is built in under it.

    Raises:
        UnitError: an entry is malformed, versions of a unit overlap, or a parent or a successor is not there.
    """
    return register_with(parse_units(own_list, origin) if own_list else UnitFile(), origin)


def register_with(own: UnitFile, origin: str = "units.toml") -> Register:
    """The register of ``schemas/units.toml`` and of the entries of an office's own list.

    Raises:
        UnitError: as of ``build_register``.
    """
    return build_register(units_with(own), [*built_in().obligations, *own.obligations], origin)


def units_with(own: UnitFile) -> list[Unit]:
    """The built-in units and those of the office's own list, in the place of the built-in ones of the same code."""
    listed = {unit.code for unit in own.units}
    return [*(unit for unit in built_in().units if unit.code not in listed), *own.units]


def build_register(units: Iterable[Unit], obligations: Iterable[Obligation], origin: str = "units.toml") -> Register:
    """A register from entries.

    Raises:
        UnitError: versions of a unit overlap, or a parent or a successor is not there; with everything that is wrong.
    """
    versions = versions_of(units)
    if wrong := problems(versions):
        raise UnitError("\n".join(f"{origin}: {problem.text}" for problem in wrong))
    latest = {code: each[-1] for code, each in versions.items()}
    listed = [unit for each in versions.values() for unit in each]
    return Register(latest, versions, tuple(obligations), _spellings(listed), _names(listed))


def versions_of(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    """The versions of each unit by its code, in order."""
    by_code: dict[str, list[Unit]] = {}
    for unit in units:
        by_code.setdefault(unit.code, []).append(unit)
    return {code: tuple(sorted(each, key=lambda unit: unit.valid_from)) for code, each in by_code.items()}


def _spellings(units: Iterable[Unit]) -> dict[str, str]:
    """6 and 9-digit codes also stand with their zeros, as 12 digits."""
    return {spelling: unit.code for unit in units for spelling in {unit.code, unit.code.ljust(12, "0")}}


def _names(units: Iterable[Unit]) -> dict[str, str]:
    """Codes by name; a name that was given anew is that of its newest bearer."""
    in_order = sorted(units, key=lambda unit: unit.valid_from)
    return {
        squeeze(name): unit.code for unit in in_order if unit.level != "village" for name in (unit.name, *unit.aliases)
    }


@functools.cache
def built_in() -> UnitFile:
    """The entries of ``schemas/units.toml``."""
    return parse_units(
        resources.files("schemas").joinpath("units.toml").read_text(encoding="utf-8"), "schemas/units.toml"
    )


def parse_units(text: str, origin: str) -> UnitFile:
    """The entries of a list of units.

    Raises:
        UnitError: it is no TOML, or an entry is malformed.
    """
    try:
        return UnitFile.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise UnitError(f"{origin}: {error}") from error

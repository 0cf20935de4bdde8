"""Who stands above whom: the units as they are at the beginning of a month."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from schemas.unit import Register


class Tree:
    """The units of one month."""

    def __init__(self, register: Register, month: date) -> None:
        self._register, self._month = register, month

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """Every unit with all above it; a unit that is no more under its own name."""
        return {code: self._shown(self._line(code)) for code in self._register.versions}

    @cached_property
    def heirs(self) -> Mapping[str, frozenset[str]]:
        """What every unit has become, with all above it; of one that was split what is above all its parts."""
        return {code: self._shown(self._heirs(code)) for code in self._register.versions}

    def _line(self, code: str) -> frozenset[str]:
        parent = self._register.at(code, self._month).parent
        return frozenset({code}) | (self._heirs(parent) if parent else frozenset())

    def _heirs(self, code: str) -> frozenset[str]:
        unit = self._register.at(code, self._month)
        if unit.successors and unit.valid_to and unit.valid_to <= self._month:
            return frozenset.intersection(*map(self._heirs, unit.successors))
        return self._line(code)

    def _shown(self, line: frozenset[str]) -> frozenset[str]:
        """Villages have no values of their own."""
        return frozenset(code for code in line if self._register.at(code, self._month).level != "village")

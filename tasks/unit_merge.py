"""Rows of a list of units into an office's own list: each adds a version of a unit, or says more of a known one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.lineage import version_at
from schemas.text import squeeze
from schemas.unit import Unit, UnitFile, units_with, versions_of
from schemas.unit_check import Problem, problems
from tasks.unit_list import LABELS, Fault, UnitRow, unit_code

Key = tuple[str, date]
_NEEDED = ("name", "kind", "parent")
_FIRST = Unit.model_fields["valid_from"].default


@dataclass(frozen=True)
class Merged:
    """The new list, or what stands against it: then nothing of the rows may be taken."""

    own: UnitFile
    faults: tuple[Fault, ...]


def merge_units(own: UnitFile, rows: Sequence[UnitRow]) -> Merged:
    """The office's own list with the rows in it; an empty cell leaves what is known.

    A row is about the version that begins on its day; without a day, about the latest version of its unit. A unit that
    was built in is taken over with all its versions.
    """
    merged = _Merger(own)
    faults = [fault for row in rows for fault in merged.take(row)]
    faults += [] if faults else merged.resolve_codes()
    if faults:
        return Merged(own, tuple(faults))
    result = UnitFile(units=merged.units(), obligations=own.obligations)
    return Merged(result, tuple(merged.place(problem) for problem in problems(versions_of(units_with(result)))))


class _Merger:
    """The versions as they become, and the row from which each has come."""

    def __init__(self, own: UnitFile) -> None:
        self._known = versions_of(units_with(own))
        self._taken: dict[Key, dict[str, Any]] = {(u.code, u.valid_from): u.model_dump() for u in own.units}
        self._rows: dict[Key, UnitRow] = {}

    def take(self, row: UnitRow) -> Iterator[Fault]:
        """Take a row over what is known of its unit."""
        known = self._known.get(row.code, ())
        begins = row.valid_from or (known[-1].valid_from if known else _FIRST)
        key = (row.code, begins)
        if key in self._rows:
            yield row.fault("code", f"与第 {self._rows[key].row} 行重复，请只保留一行")
            return
        said = _said(row)
        base = self._base(known, begins)
        whole = {**base, **said}
        needed = _NEEDED[:-1] if whole.get("kind") == "district" else _NEEDED
        if missing := [field for field in needed if not whole.get(field)]:
            names = "、".join(f"「{LABELS[field]}」" for field in missing)
            yield row.fault(None, f"{row.code} 是新的单位，请填写{names}")
            return
        self._rows[key] = row
        for unit in known:
            self._taken.setdefault((unit.code, unit.valid_from), unit.model_dump())
        self._taken[key] = {**whole, "code": row.code, "valid_from": begins}

    def _base(self, known: Sequence[Unit], begins: date) -> dict[str, Any]:
        """What is known of the version, or of the one before it, which ends and has no say in what follows."""
        if not known:
            return {}
        base = version_at(known, begins)
        if base.valid_from == begins:
            return self._taken.get((base.code, begins), base.model_dump())
        return {name: getattr(base, name) for name in ("name", "kind", "parent", "aliases")}

    def resolve_codes(self) -> list[Fault]:
        """Units that are named in the place of a code get it; names that no unit has are faults."""
        names = {squeeze(unit.name): code for code, each in self._known.items() for unit in each}
        names |= {squeeze(str(entry["name"])): code for (code, _), entry in self._taken.items()}
        faults: list[Fault] = []
        for key, row in self._rows.items():
            written = {"parent": (row.parent,) if row.parent else (), "successors": row.successors}
            for field, texts in written.items():
                codes = [_code_of(text, names) for text in texts]
                faults += [
                    row.fault(field, f"{text} 不是已登记的单位，请写单位代码")
                    for text, code in zip(texts, codes, strict=True)
                    if code is None
                ]
                if codes:
                    self._taken[key][field] = codes[0] if field == "parent" else tuple(codes)
        return faults

    def units(self) -> tuple[Unit, ...]:
        """All versions of the units that the office lists."""
        return tuple(Unit.model_validate(entry) for _, entry in sorted(self._taken.items()))

    def place(self, problem: Problem) -> Fault:
        """A problem at the cell from which it came, or by its unit where no row is to blame."""
        row = self._rows.get((problem.unit.code, problem.unit.valid_from))
        return row.fault(problem.key, problem.text) if row else Fault(problem.text)


def _said(row: UnitRow) -> dict[str, Any]:
    """The cells that are filled."""
    names = ("name", "kind", "parent", "valid_to", "successors", "aliases")
    return {name: value for name in names if (value := getattr(row, name))}


def _code_of(text: str, names: Mapping[str, str]) -> str | None:
    """A code as it is, known or not, and that of a name."""
    written = unit_code(text)
    return written if written[:6].isdigit() else names.get(squeeze(text))

"""An office's list of units as the text of a TOML file, the same for the same units."""

import json
from collections.abc import Iterable
from datetime import date

from schemas.unit_entry import Entry, Obligation, Unit, UnitFile

_HEADER = "# 本单位的单位名录：由 huizong units import 写成，也可以手工修改；同一代码的各条在这里代替内置的各条。\n"


def units_toml(own: UnitFile) -> str:
    """The text of a list of units; what is as by default is left out, and read back it is the same list."""
    units = sorted(own.units, key=lambda unit: (unit.code, unit.valid_from))
    entries = [*(_entry("units", unit, Unit) for unit in units), *(_obligations(own.obligations))]
    return "\n".join([_HEADER, *entries])


def _obligations(obligations: Iterable[Obligation]) -> Iterable[str]:
    return (_entry("obligations", owed, Obligation) for owed in obligations)


def _entry(table: str, entry: Entry, kind: type[Entry]) -> str:
    """The own fields of the entry first, then its span."""
    own = [name for name in kind.model_fields if name not in Entry.model_fields]
    values = {name: getattr(entry, name) for name in [*own, "valid_from", "valid_to"]}
    lines = [f"{name} = {_value(value)}" for name, value in values.items() if value not in (None, ())]
    return "\n".join([f"[[{table}]]", *lines, ""])


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # A text of JSON is one of TOML but for the character that deletes, which JSON leaves as it is.
    if isinstance(value, tuple):
        return f"[{', '.join(_value(part) for part in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

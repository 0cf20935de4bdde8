"""The commands of ``huizong units``: list the register, and take a spreadsheet into the office's own list."""

import json
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from rich.markup import escape

from flows import show
from flows.house import connect
from flows.settings import Settings, load_settings
from schemas.unit import Register, Unit, UnitError, UnitFile, parse_units, register_with
from schemas.unit_text import units_toml
from tasks.aside import write_all_aside
from tasks.unit_list import Fault, read_unit_list
from tasks.unit_merge import merge_units
from warehouse.audit import Act, record
from warehouse.engine import Connection
from warehouse.register import use_own_indicators
from warehouse.setup import prepare


@dataclass(frozen=True)
class ListedUnit:
    """A version of a unit as ``units list --json`` gives it; days in ISO form, half-open."""

    code: str
    name: str
    kind: str
    parent: str | None
    valid_from: str
    valid_to: str | None
    successors: tuple[str, ...]


def show_units(*, as_json: bool) -> None:
    """Every version of every unit, by code and time."""
    register = load_settings().register()
    units = [_listed(unit) for _, versions in sorted(register.versions.items()) for unit in versions]
    if as_json:
        print(json.dumps([asdict(unit) for unit in units], ensure_ascii=False, indent=2))  # noqa: T201 -- the output
    else:
        show.unit_table(units, show.console())


def _listed(unit: Unit) -> ListedUnit:
    days = [day.isoformat() if day else None for day in (unit.valid_from, unit.valid_to)]
    return ListedUnit(unit.code, unit.name, unit.kind, unit.parent, days[0] or "", days[1], unit.successors)


def import_units(file: Path, act: Act) -> int:
    """Take a spreadsheet into ``<home>/units.toml`` and the warehouse: 0 when all of it is in, 1 when nothing is.

    The warehouse keeps who did it and why, unless nothing changed.

    Raises:
        UnitError: the file is not there, or the office's own list was wrong before.
        WarehouseError: the warehouse cannot follow; the list is as it was.
    """
    settings, out = load_settings(), show.console()
    if not file.is_file():
        raise UnitError(f"{file}：没有这个文件")
    listed = read_unit_list(file.read_bytes())
    own = _own_list(settings)
    merged = merge_units(own, listed.rows)
    if faults := [*listed.faults, *([] if listed.faults else merged.faults)]:
        _complain(file, faults)
        return 1
    for heading in listed.unread:
        out.print(f"多出的列「{escape(heading)}」，没有读取")
    register = register_with(merged.own, str(settings.own_units))
    changed = _differences(register_with(own), register)
    detail: dict[str, object] = {"rows": len(listed.rows), "changed": sorted({unit.code for unit in changed})}
    use_own_indicators(settings.own_indicators)
    prepare(connect(settings), register, act.at, partial(_note, act=act, detail=detail) if changed else None)
    # The warehouse comes first: what it refuses is not written, and a list that was not written is imported again.
    if changed:
        write_all_aside(settings.root, {settings.own_units.name: units_toml(merged.own).encode()})
    out.print(_summary(len(listed.rows), changed))
    return 0


def _own_list(settings: Settings) -> UnitFile:
    path = settings.own_units
    return parse_units(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else UnitFile()


def _complain(file: Path, faults: list[Fault]) -> None:
    for fault in faults:
        sys.stderr.write(f"{file.name} {fault.text}\n")
    sys.stderr.write(f"共 {len(faults)} 个问题，没有导入任何单位，请改正后重新导入\n")


def _differences(before: Register, after: Register) -> list[Unit]:
    """The versions that are new or different."""
    known = {(unit.code, unit.valid_from): unit for versions in before.versions.values() for unit in versions}
    versions = (unit for each in after.versions.values() for unit in each)
    return [unit for unit in versions if known.get((unit.code, unit.valid_from)) != unit]


def _note(connection: Connection, act: Act, detail: dict[str, object]) -> None:
    record(connection, "units import", act, detail=detail)


def _summary(rows: int, changed: list[Unit]) -> str:
    if not changed:
        return f"读取 {rows} 行，与现有名录相同，没有变化。"
    names = "、".join(escape(f"{unit.name}（{unit.code}）") for unit in changed[:10])
    more = f" 等 {len(changed)} 条" if len(changed) > 10 else ""
    return f"读取 {rows} 行，新增或更改 {len(changed)} 条：{names}{more}。"

"""What can be wrong with a list of units as a whole, in words for the office that keeps it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from schemas.lineage import Versions
from schemas.unit_entry import Unit


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a version of a unit, and the key of the entry in which to put it right."""

    unit: Unit
    key: Literal["parent", "valid_from", "valid_to", "successors"]
    message: str

    @property
    def text(self) -> str:
        """The message with the unit it is about."""
        return f"{self.unit.name}（{self.unit.code}）{self.message}"


def problems(versions: Versions) -> list[Problem]:
    """Everything that is wrong with the units, in their order."""
    return [
        problem
        for each in versions.values()
        for problem in (
            *_overlaps(each),
            *(
                found
                for unit in each
                for found in (*_span(unit), *_parent(unit, versions), *_succession(unit, versions))
            ),
        )
    ]


def _span(unit: Unit) -> Iterator[Problem]:
    if unit.valid_to is not None and unit.valid_to <= unit.valid_from:
        yield Problem(unit, "valid_to", f"停用日期 {unit.valid_to} 不晚于启用日期 {unit.valid_from}，请核对")


def _overlaps(versions: Sequence[Unit]) -> Iterator[Problem]:
    for before, after in pairwise(versions):
        if before.valid_to is None or after.valid_from < before.valid_to:
            spans = f"{_shown(before)} 与 {_shown(after)}"
            yield Problem(after, "valid_from", f"单位代码重复，有效期重叠：{spans}，请写明前一段的停用日期")


def _parent(unit: Unit, versions: Versions) -> Iterator[Problem]:
    if unit.parent is None:
        return
    if unit.parent not in versions:
        yield Problem(unit, "parent", f"的上级单位不存在：{unit.parent}，请核对，或先登记上级单位")
    elif _stands_below_itself(unit, versions):
        yield Problem(unit, "parent", f"的上级单位 {unit.parent} 又在它之下，请核对")


def _stands_below_itself(unit: Unit, versions: Versions) -> bool:
    """Whether some way up from the unit, through parents of any time, comes back to it."""
    seen: set[str] = set()
    ahead = [unit.parent]
    while ahead:
        code = ahead.pop()
        if code == unit.code:
            return True
        if code is not None and code not in seen:
            seen.add(code)
            ahead += [version.parent for version in versions.get(code, ())]
    return False


def _succession(unit: Unit, versions: Versions) -> Iterator[Problem]:
    if unit.successors and unit.valid_to is None:
        yield Problem(unit, "valid_to", "有继任单位而没有停用日期，请补填停用日期")
        return
    for code in unit.successors:
        if code == unit.code:
            yield Problem(unit, "successors", "的继任单位是它自己；只改名称或上级的，请另写一行而不填继任单位")
        elif code not in versions:
            yield Problem(unit, "successors", f"的继任单位不存在：{code}，请核对，或先登记继任单位")
        elif unit.valid_to and not any(version.is_valid(unit.valid_to) for version in versions[code]):
            yield Problem(unit, "successors", f"的继任单位 {code} 在 {unit.valid_to} 并不存在，请核对两个单位的日期")


def _shown(unit: Unit) -> str:
    return f"{unit.valid_from} 至 {unit.valid_to or '今'}"

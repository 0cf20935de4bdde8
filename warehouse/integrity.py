"""What `huizong verify` holds against each other: what is chosen to be looked at, and what was found to differ."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

Kind = Literal[
    "file_missing",
    "file_changed",
    "file_unreadable",
    "file_unknown",
    "half_written",
    "rows_differ",
    "form_changed",
    "value_differs",
    "sum_stale",
    "pending",
    "all_anew",
    "publication_changed",
]
# What has its reason and harms nothing: it is told, and is no damage.
_EXPLAINED = frozenset({"half_written", "form_changed", "pending", "all_anew"})
# So many of the same are named; of the others there is the count.
FEW = 5


@dataclass(frozen=True)
class Sample:
    """How many of a kind of things are looked at, chosen by chance from a seed; without ``size`` all are."""

    size: int | None
    seed: str

    def of(self, things: sa.Select[Any], key: sa.ColumnElement[Any]) -> sa.Select[Any]:
        """The chosen ones of things that ``key`` tells apart. The same seed chooses the same, whatever came since."""
        if self.size is None:
            return things.order_by(key)
        drawn = sa.func.md5(sa.func.concat(self.seed, " ", key))
        return things.order_by(drawn).limit(self.size)


def new_seed() -> str:
    """A seed that nobody can foresee, short enough to be typed."""
    return secrets.token_hex(4)


@dataclass
class Found:
    """Differences of one kind that the same mends: how many, and where the first few are."""

    kind: Kind
    mend: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def is_damage(self) -> bool:
        """Whether something is there that should not be, and nothing explains it."""
        return self.kind not in _EXPLAINED


class Tally:
    """What a part of a verification looked at and found; as large for many differences as for few."""

    def __init__(self) -> None:
        self.checked = 0
        self._found: dict[tuple[Kind, str], Found] = {}

    def add(self, kind: Kind, mend: str, examples: Sequence[str], count: int = 1) -> None:
        """So many differences, with where some of them are, and what mends them."""
        found = self._found.setdefault((kind, mend), Found(kind, mend))
        found.count += count
        found.examples.extend(examples[: FEW - len(found.examples)])

    @property
    def found(self) -> tuple[Found, ...]:
        """What differs, in the order in which it was first met."""
        return tuple(self._found.values())

"""The rules of history in plain Python: what becomes of each report, and what is in force after each event.

Nothing here reads the warehouse. A story is played on an ``Office`` and on a warehouse, and both are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tests.integration.model_events import Arrive, Close, Event, Merge, Release, Reopen, Sent, Withdraw

Key = tuple[str, str, date]


class Refused(Exception):  # noqa: N818 -- an outcome that the story knows
    """The act may not be done as things stand."""


@dataclass(frozen=True)
class Taken:
    """A report with the place in the order of arrival, which is its number."""

    number: int
    sent: Sent


@dataclass(frozen=True)
class World:
    """What is known at a moment: the reports in force, and who was merged into whom from when."""

    in_force: tuple[Taken, ...] = ()
    merged: tuple[Merge, ...] = ()


@dataclass
class _Line:
    """What has come for one (form, unit, month) since it was last withdrawn."""

    current: Taken | None = None
    held: Taken | None = None
    newest: int = 0


@dataclass
class Office:
    """The bureau that plays a story; ``statuses`` are of all reports in the order of arrival."""

    statuses: list[str] = field(default_factory=list)
    world: World = field(default_factory=World)
    _lines: dict[Key, _Line] = field(default_factory=dict)
    _closed: set[date] = field(default_factory=set)

    def play(self, event: Event) -> None:
        """Let an event happen.

        Raises:
            Refused: nothing happened.
        """
        match event:
            case Arrive(reports):
                for sent in reports:
                    self._arrive(sent)
            case Withdraw(form, unit, month):
                self._withdraw((form, unit, month))
            case Close(month):
                self._close(month)
            case Reopen(month):
                self._reopen(month)
            case Release():
                self._release(event)
            case Merge():
                self.world = replace(self.world, merged=(*self.world.merged, event))

    def _arrive(self, sent: Sent) -> None:
        taken = Taken(len(self.statuses), sent)
        line = self._lines.setdefault(sent.key, _Line())
        before = line.held or line.current
        if before and before.sent.rows == sent.rows:
            status = "identical"
        elif sent.version < line.newest:
            status = "superseded"
        elif before and sent.version == line.newest:
            status = "rejected"
        else:
            status = "held" if sent.month in self._closed else "accepted"
        self.statuses.append(status)
        line.newest = max(line.newest, sent.version)
        if status == "held":
            self._end(line.held)
            line.held = taken
        elif status == "accepted":
            self._put_in_force(line, taken)

    def _end(self, taken: Taken | None) -> None:
        if taken:
            self.statuses[taken.number] = "superseded"

    def _put_in_force(self, line: _Line, taken: Taken) -> None:
        self._end(line.current)
        self._end(line.held)
        line.current, line.held = taken, None
        self.statuses[taken.number] = "accepted"
        self._see()

    def _see(self) -> None:
        current = sorted((line.current for line in self._lines.values() if line.current), key=lambda one: one.number)
        self.world = replace(self.world, in_force=tuple(current))

    def _withdraw(self, key: Key) -> None:
        line = self._lines.get(key, _Line())
        if key[2] in self._closed or not (line.current or line.held):
            raise Refused
        for taken in (line.current, line.held):
            if taken:
                self.statuses[taken.number] = "withdrawn"
        self._lines[key] = _Line()
        self._see()

    def _close(self, month: date) -> None:
        if month in self._closed:
            raise Refused
        self._closed.add(month)

    def _reopen(self, month: date) -> None:
        if month not in self._closed:
            raise Refused
        self._closed.remove(month)

    def _release(self, event: Release) -> None:
        lines = [line for line in self._lines.values() if line.held and _is_meant(event, line.held.sent)]
        if not lines:
            raise Refused
        for line in lines:
            held = line.held
            assert held
            self._put_in_force(line, held)


def _is_meant(event: Release, sent: Sent) -> bool:
    return sent.month == event.month and event.form in (None, sent.form) and event.unit in (None, sent.unit)


def heir(unit: str, month: date, merged: Iterable[Merge]) -> str:
    """The unit that stands for another in a month: itself while it exists, then who took it in."""
    into: Mapping[str, str] = {each.unit: each.into for each in merged if month >= each.month}
    while unit in into:
        unit = into[unit]
    return unit

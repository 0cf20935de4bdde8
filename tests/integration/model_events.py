"""What happens at the bureau: reports arrive, the bureau acts on them, a night publishes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Training:
    """A training in safety knowledge; that of a township is not of the district's own."""

    number: str
    ended_on: date
    by_district: bool = False


CANCELLED = 4


@dataclass(frozen=True)
class Accident:
    """What a report says of an accident of production; ``stage`` counts from 0, the flash report, to ``CANCELLED``."""

    number: str
    on: date
    town: str
    entered_on: date
    stage: int = 0
    by_industry: bool = False
    deaths: int = 0
    injured: int = 0
    sector: str = "town_gas"


@dataclass(frozen=True)
class Sent:
    """One report: the whole of a (form, unit, month)."""

    form: str
    unit: str
    month: date
    rows: tuple[Training | Accident, ...] = ()
    version: int = 1

    @property
    def key(self) -> tuple[str, str, date]:
        return self.form, self.unit, self.month


@dataclass(frozen=True)
class Arrive:
    """Reports that one night loads together."""

    reports: tuple[Sent, ...]


@dataclass(frozen=True)
class Withdraw:
    form: str
    unit: str
    month: date


@dataclass(frozen=True)
class Close:
    month: date


@dataclass(frozen=True)
class Reopen:
    month: date


@dataclass(frozen=True)
class Release:
    """Of all that is held for a month, or of one unit's."""

    month: date
    form: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Merge:
    """A unit goes into another from a month on; the register is changed when the event is played."""

    unit: str
    into: str
    month: date


@dataclass(frozen=True)
class Publish:
    pass


Event = Arrive | Withdraw | Close | Reopen | Release | Merge | Publish

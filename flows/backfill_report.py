"""What a backfill did or would do, as programs read it; names beside codes, no contents of cells but in messages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.form import load_forms
from schemas.unit import Register
from warehouse.backfill import Backfill, MonthDone, ValueChange
from warehouse.register import load_indicators
from warehouse.replay import Outcome
from warehouse.values import Figure


@dataclass(frozen=True)
class ChangedSubmission:
    """A submission that comes out otherwise, see ``warehouse.replay.Replayed``."""

    month: str
    unit_code: str | None
    unit_name: str | None
    form: str
    form_code: str
    outcome: Outcome
    file: str
    rows_before: int
    rows: int
    message: str | None


@dataclass(frozen=True)
class MissingFile:
    """A submission that could not be replayed, since its file is gone; ``status`` is what it stays."""

    month: str | None
    unit_code: str | None
    form: str
    form_code: str
    status: str
    file: str


@dataclass(frozen=True)
class ChangedValue:
    """A published value before the backfill and after it."""

    indicator: str
    code: str
    name: str
    unit_code: str
    unit_name: str
    period: str
    dimension: str
    member: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class BackfillReport:
    """What was asked and what came of it; ``left`` are the months that are not done."""

    backfill: int | None
    dry_run: bool
    from_month: str
    to_month: str
    form: str | None
    unit_code: str | None
    done: tuple[str, ...]
    left: tuple[str, ...]
    submissions: tuple[ChangedSubmission, ...]
    missing: tuple[MissingFile, ...]
    values: tuple[ChangedValue, ...]

    @property
    def has_faults(self) -> bool:
        """Whether something was sent back or could not be replayed."""
        return bool(self.missing) or any(each.outcome == "rejected" for each in self.submissions)


def report_of(asked: Backfill, months: Sequence[MonthDone], register: Register) -> BackfillReport:
    """The report of the months that were done; a value that changed with several of them is told once."""
    done = {each.month for each in months}
    return BackfillReport(
        backfill=asked.backfill_id,
        dry_run=asked.backfill_id is None,
        from_month=f"{asked.wanted.first:%Y-%m}",
        to_month=f"{asked.wanted.last:%Y-%m}",
        form=asked.wanted.form,
        unit_code=asked.wanted.unit_code,
        done=tuple(f"{each.month:%Y-%m}" for each in months),
        left=tuple(f"{month:%Y-%m}" for month in asked.left if month not in done),
        submissions=tuple(_submissions(months, register)),
        missing=tuple(_missing(months)),
        values=tuple(_value(each, register) for each in _net(months)),
    )


def _submissions(months: Sequence[MonthDone], register: Register) -> list[ChangedSubmission]:
    return [
        ChangedSubmission(
            month=f"{each.month or month.month:%Y-%m}",
            unit_code=each.unit_code,
            unit_name=_name(register, each.unit_code, each.month or month.month),
            form=each.form,
            form_code=load_forms()[each.form].code,
            outcome=each.outcome,
            file=each.file,
            rows_before=each.rows_before,
            rows=each.rows,
            message=each.message,
        )
        for month in months
        for each in month.replay.changed
    ]


def _missing(months: Sequence[MonthDone]) -> list[MissingFile]:
    return [
        MissingFile(
            month=f"{each.month:%Y-%m}" if each.month else None,
            unit_code=each.unit_code,
            form=each.form,
            form_code=load_forms()[each.form].code,
            status=each.status,
            file=each.file,
        )
        for month in months
        for each in month.replay.missing
    ]


def _net(months: Sequence[MonthDone]) -> list[ValueChange]:
    """Each value once: as it was before the first change and after the last, unless these are the same."""
    net: dict[tuple[object, ...], ValueChange] = {}
    for month in months:
        for each in month.values:
            place = (each.indicator, each.unit_code, each.period, each.dimension, each.member)
            net[place] = replace(each, before=net[place].before) if place in net else each
    return [each for each in net.values() if each.before != each.after]


def _value(each: ValueChange, register: Register) -> ChangedValue:
    indicator = load_indicators().get(each.indicator)
    return ChangedValue(
        indicator=each.indicator,
        code=indicator.code if indicator else "",
        name=indicator.name if indicator else each.indicator,
        unit_code=each.unit_code,
        unit_name=_name(register, each.unit_code, each.period.start_on) or each.unit_code,
        period=each.period.label,
        dimension=each.dimension,
        member=each.member,
        before=each.before,
        after=each.after,
    )


def _name(register: Register, unit_code: str | None, on: date) -> str | None:
    if unit_code is None or unit_code not in register.versions:
        return unit_code
    return register.at(unit_code, on).name

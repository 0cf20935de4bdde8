"""A backfill, month by month, for the command line and for Prefect alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from flows.backfill_request import NO_REASON, BackfillRequest
from flows.commands import unit_code_of
from flows.house import House
from flows.month_commands import act_of
from schemas.calendar import SHANGHAI
from tasks.again import months_of, read_again
from warehouse.backfill import Backfill, MonthDone, Read, Wanted, begin, finish, preview, replay_month, resume
from warehouse.readings import unplaced

Step = Callable[[House, Backfill, date, "Sources"], MonthDone | None]


@dataclass(frozen=True)
class Sources:
    """How files are read again, and the files that belong to nobody yet by the month that they are of today."""

    read: Read
    others: Mapping[date, set[int]]


def ask(house: House, request: BackfillRequest) -> Backfill:
    """The backfill that is requested: begun, gone on with, or (a preview) written down nowhere.

    Raises:
        WarehouseError: it is refused, see ``warehouse.backfill``.
        UnitError: there is no such unit.
    """
    program = version("huizong")
    if request.resume is not None:
        return resume(house.engine, request.resume, program)
    assert request.from_month
    assert request.to_month
    wanted = Wanted(
        request.from_month,
        request.to_month,
        request.form_id,
        unit_code_of(house, request.unit) if request.unit.strip() else None,
        request.reopen,
    )
    act = act_of(request.reason.strip() or NO_REASON, request.who.strip() or None)
    if request.dry_run:
        return Backfill(None, wanted, act, program, tuple(wanted.months))
    return begin(house.engine, wanted, act, program)


def reader_of(house: House, today: date | None = None) -> Read:
    """Reads files again from the archive, by today's forms and rules."""
    archive, limits = house.settings.archive, house.settings.limits
    day = today or datetime.now(SHANGHAI).date()
    return lambda files: read_again(files, archive, house.register, day, limits)


def sources_of(house: House, today: date | None = None) -> Sources:
    """The archive as a source, with the files that no unit or month was found for in their time."""
    archive, limits = house.settings.archive, house.settings.limits
    day = today or datetime.now(SHANGHAI).date()
    with house.engine.connect() as connection:
        nobodys = unplaced(connection)
    return Sources(reader_of(house, day), months_of(nobodys, archive, house.register, day, limits))


def do_month(house: House, asked: Backfill, month: date, sources: Sources) -> MonthDone | None:
    """One month; None when another process did it meanwhile."""
    return replay_month(house.engine, asked, month, sources.read, sources.others.get(month, ()))


def months_done(house: House, asked: Backfill, step: Step = do_month) -> Iterator[MonthDone]:
    """Every month that is left, the oldest first, as each is done; at the end the backfill is finished."""
    sources = sources_of(house)
    if asked.backfill_id is None:
        with preview(house.engine, asked) as replay:
            for month in asked.left:
                yield replay(month, sources.read, sources.others.get(month, ()))
        return
    for month in asked.left:
        if done := step(house, asked, month, sources):
            yield done
    finish(house.engine, asked.backfill_id)

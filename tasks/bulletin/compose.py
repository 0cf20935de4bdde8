"""From one publication to the document of a bulletin: read what is needed, compose the parts in their order."""

from collections.abc import Sequence
from dataclasses import replace

from schemas.period import Period
from schemas.unit import DISTRICT, Register
from tasks.bulletin import charts, events, hazards, notes, overview, places, topics
from tasks.bulletin.book import Book
from tasks.bulletin.changed import earlier_months
from tasks.bulletin.contents import ON_TIME, OVERDUE
from tasks.bulletin.document import Bulletin, Chart, Section
from warehouse.behind import rows_of_values
from warehouse.changes import Changes
from warehouse.edition import Edition, published_months, values_of
from warehouse.engine import Connection
from warehouse.errors import WarehouseError
from warehouse.listings import five_elements, incidents_in
from warehouse.register import load_indicators

_PLACE_KINDS = frozenset({"street", "town", "township", "ethnic_township", "park"})


def read_book(connection: Connection, edition: Edition, register: Register, period: Period, unit_code: str) -> Book:
    """All that a bulletin tells of a month and a unit.

    Raises:
        WarehouseError: the unit has no values in the month; the message says in which it has.
    """
    _refuse_unpublished(connection, register, period, unit_code)
    month, own = period.start_on, [unit_code]
    reporters = _reporters(register, unit_code, period)
    shown = tuple(code for code in reporters if register.at(code, month).kind in _PLACE_KINDS)
    to_dates = [each for year in charts.to_dates_of_years(period) for each in year]
    years = [each for year in charts.months_of_years(period) for each in year]
    maps = charts.months_of_chart(period)
    by_code = {each.code: each.id for each in load_indicators().values()}
    values = {
        **values_of(connection, sorted({*years, *maps, *to_dates}), own),
        **values_of(connection, [period, Period.of("year_to_date", month)], reporters),
        **values_of(connection, maps, reporters, [by_code[OVERDUE], by_code[ON_TIME]]),
    }
    book = Book(
        edition=edition,
        period=period,
        unit_code=unit_code,
        names={code: register.at(code, month).name for code in register.versions},
        places=shown,
        reporters=reporters,
        indicators=load_indicators(),
        values=values,
        rows={},
        incidents=(),
        elements={},
    )
    return _with_rows(connection, book, register)


def compose(book: Book, changed: Sequence[Changes], warnings: Sequence[str]) -> Bulletin:
    """The twelve parts of a monthly bulletin (design/domain.md 9.2).

    Args:
        book: what ``read_book`` gave.
        changed: what became of the months before since the last bulletin.
        warnings: what the audit of the publication warned of.
    """
    sections = (
        overview.conclusion(book),
        _and(overview.overview(book), charts.accidents(book), charts.since_january(book)),
        events.by_industry(book),
        places.by_place(book),
        events.one_by_one(book),
        _and(hazards.hazards(book), charts.stock(book), charts.sectors(book), charts.overdue(book)),
        topics.enforcement(book),
        topics.learning(book),
        topics.disasters(book),
        _and(places.discipline(book), charts.punctuality(book)),
        earlier_months(book, changed),
        notes.notes(book, warnings),
    )
    title = f"{book.unit_name}{book.period.title}安全生产形势分析"
    return Bulletin(title, notes.imprint(book), sections)


def _and(section: Section, *drawn: Chart) -> Section:
    """A part with its charts below."""
    return replace(section, blocks=(*section.blocks, *drawn))


def _with_rows(connection: Connection, book: Book, register: Register) -> Book:
    """With the rows that are listed one by one."""
    reports = [book.spot(code, unit_code=unit) for code in ("SUB02", ON_TIME) for unit in book.reporters]
    major = hazards.open_major(book)
    rows = rows_of_values(connection, [*events.listed_spots(book), major, *reports])
    numbers = [str(row.values["hazard_no"]) for row in rows[major]]
    below = {book.unit_code, *register.places_of(book.unit_code, book.period.start_on)}
    incidents = incidents_in(connection, book.period)
    return replace(
        book,
        rows=rows,
        incidents=tuple(row for row in incidents if _is_in(row.values["town_code"], book.unit_code, below)),
        elements=five_elements(connection, numbers),
    )


def _is_in(town_code: object, unit_code: str, below: set[str]) -> bool:
    return unit_code == DISTRICT or town_code in below


def _reporters(register: Register, unit_code: str, period: Period) -> tuple[str, ...]:
    """The unit's own units that report, in the order of their codes; a unit with none below it stands alone."""
    standing = [
        versions[0].code
        for versions in register.versions.values()
        if any(unit.stands_in(period.start_on) for unit in versions)
    ]
    units = [register.at(code, period.start_on) for code in standing]
    below = sorted(unit.code for unit in units if unit.parent == unit_code and unit.level != "village")
    return tuple(below) or (unit_code,)


def _refuse_unpublished(connection: Connection, register: Register, period: Period, unit_code: str) -> None:
    months = published_months(connection, unit_code)
    if period.start_on in months:
        return
    name = register.at(unit_code, period.start_on).name
    if not months:
        raise WarehouseError(f"{name}还没有发布过任何月份的指标")
    first, last = (Period.of("month", month).label for month in (months[0], months[-1]))
    raise WarehouseError(f"{name}{period.title}还没有发布过指标，现有 {first} 至 {last}")

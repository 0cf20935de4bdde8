"""The bulletin of a month as three files: one page, one Word document, one workbook."""

import logging
from datetime import date
from pathlib import Path

from flows.house import House
from schemas.calendar import CalendarEndsError, due_at
from schemas.period import Period, add_months
from schemas.unit import DISTRICT
from tasks.aside import folder_aside, write_all_aside
from tasks.bulletin.compose import compose, read_book
from tasks.bulletin.traces import spots_of, traces_of
from warehouse.behind import rows_of_values
from warehouse.bulletin import BULLETIN_WORKDAY
from warehouse.edition import latest_edition, published_months
from warehouse.gate_findings import findings_of
from warehouse.register import load_indicators
from warehouse.revised import revised_since_bulletins

_log = logging.getLogger(__name__)


def due_bulletin(house: House, day: date) -> Period | None:
    """The month whose bulletin is due by a day and lies nowhere yet; None where nothing was published of it either.

    It is the month before, from the 8th working day on (design/domain.md section 8). What changes later stands in the
    next one; ``huizong report`` writes this one anew.
    """
    period = Period.of("month", add_months(day, -1))
    try:
        is_due = due_at(period.start_on, BULLETIN_WORKDAY).date() <= day
    except CalendarEndsError as error:
        _log.warning("%s", error)
        return None
    if not is_due or _folder(house, period).exists():
        return None
    with latest_edition(house.engine) as (connection, _):
        return period if period.start_on in published_months(connection, DISTRICT) else None


def write_due_bulletin(house: House, day: date) -> Path | None:
    """Write the bulletin that is due; its folder, None where none is.

    Raises:
        WarehouseError: nothing was published of the month.
        OutputError: the folder cannot be written to.
    """
    period = due_bulletin(house, day)
    if period is None:
        return None
    folder = _folder(house, period)
    # The folder is what tells the next night that there is one: it is whole or not there at all.
    with folder_aside(folder) as aside:
        write_bulletin(house, period, DISTRICT, aside)
    return folder


def _folder(house: House, period: Period) -> Path:
    return house.settings.reports / period.label


def write_bulletin(house: House, period: Period, unit_code: str, folder: Path) -> list[Path]:
    """Write the bulletin from the latest publication; all three files or none is new. Their paths.

    Raises:
        WarehouseError: nothing was published of the month.
        OutputError: the folder cannot be written to.
    """
    # Their libraries take a second or two: only where a bulletin is written.
    from tasks.bulletin.draw import chinese_font  # noqa: PLC0415
    from tasks.bulletin.html import html  # noqa: PLC0415
    from tasks.bulletin.word import word  # noqa: PLC0415
    from tasks.bulletin.workbook import workbook  # noqa: PLC0415

    with latest_edition(house.engine) as (connection, edition):
        book = read_book(connection, edition, house.register, period, unit_code)
        revised = revised_since_bulletins(connection, edition, period, unit_code)
        findings = findings_of(connection, edition.publication)
        bulletin = compose(book, revised, [finding.said for finding in findings])
        rows = rows_of_values(connection, spots_of(bulletin))
    traces = traces_of(bulletin, rows, load_indicators(), book.names)
    contents = {
        f"{bulletin.title}.html": html(bulletin, traces),
        f"{bulletin.title}.docx": word(bulletin, edition.published_at, chinese_font()),
        f"{bulletin.title}.xlsx": workbook(bulletin, edition.published_at),
    }
    return write_all_aside(folder, contents)

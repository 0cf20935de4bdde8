"""The six charts: accidents this year and last, since January, overdue hazards, stock, sectors, punctuality."""

from collections.abc import Sequence

from schemas.period import Period, add_months
from tasks.bulletin.book import Book
from tasks.bulletin.contents import ACCIDENTS, CLOSED, DEATHS, FOUND, ON_TIME, OPEN, OVERDUE
from tasks.bulletin.document import Chart, Figure, Series
from warehouse.behind import Spot

_YEAR = 12
_SECTOR = "sector"


def months_of_chart(period: Period) -> list[Period]:
    """The twelve months that end with the month."""
    return [Period.of("month", add_months(period.start_on, -back)) for back in range(_YEAR - 1, -1, -1)]


def months_of_years(period: Period) -> list[list[Period]]:
    """The months from January to the month, of this year and of the year before, by year."""
    this = [Period.of("month", month) for month in Period.of("year_to_date", period.start_on).months()]
    return [this, [month.a_year_ago() for month in this]]


def to_dates_of_years(period: Period) -> list[list[Period]]:
    """The years to date that end with these months."""
    return [[Period.of("year_to_date", month.start_on) for month in months] for months in months_of_years(period)]


def accidents(book: Book) -> Chart:
    """Accidents and deaths month by month, this year and last."""
    months = months_of_years(book.period)
    series = [
        Series(f"{year[0].start_on.year}年{name}", _figures(book, code, year), is_line=is_line)
        for code, name, is_line in ((ACCIDENTS, "事故起数", False), (DEATHS, "死亡人数", True))
        for year in months
    ]
    return Chart("各月事故起数和死亡人数", "columns", _month_labels(months[0]), tuple(series), "起、人")


def since_january(book: Book) -> Chart:
    """Accidents and deaths since January, this year and last."""
    years = to_dates_of_years(book.period)
    series = [
        Series(f"{year[0].start_on.year}年累计{name}", _figures(book, code, year), is_line=True)
        for code, name in ((ACCIDENTS, "起数"), (DEATHS, "死亡"))
        for year in years
    ]
    return Chart(
        "累计事故起数和死亡人数", "columns", _month_labels(months_of_years(book.period)[0]), tuple(series), "起、人"
    )


def stock(book: Book) -> Chart:
    """Hazards found and closed by month, and those open at its end."""
    months = months_of_chart(book.period)
    series = (
        Series("排查", _figures(book, FOUND, months)),
        Series("整改销号", _figures(book, CLOSED, months)),
        Series("期末未整改", _figures(book, OPEN, months), is_line=True),
    )
    return Chart("隐患排查、整改和存量", "columns", _labels(months), series, "处")


def sectors(book: Book) -> Chart:
    """Hazards since January by sector, the most first."""
    found = book.indicator(FOUND)
    spots = {
        label: book.spot(FOUND, book.to_date, part=(_SECTOR, member))
        for member, label in found.members(_SECTOR).items()
    }
    there = {label: spot for label, spot in spots.items() if (stored := book.stored(spot)) and stored.value}
    ordered = sorted(there, key=lambda label: book.values[there[label]].value or 0, reverse=True)
    figures = tuple(book.figure(there[label]) for label in ordered)
    return Chart("累计排查隐患的行业分布", "bars", tuple(ordered), (Series("处", figures),), "处")


def overdue(book: Book) -> Chart:
    """Overdue hazards by township and month."""
    months = months_of_chart(book.period)
    series = tuple(Series(book.names[place], _figures(book, OVERDUE, months, place)) for place in book.places)
    return Chart("各乡镇街道月末超期未整改隐患", "heat", _labels(months), series, "处")


def punctuality(book: Book) -> Chart:
    """Reports in time by unit and month."""
    months = months_of_chart(book.period)
    series = tuple(Series(book.names[each], _figures(book, ON_TIME, months, each)) for each in book.reporters)
    return Chart("各单位近12个月按时报送率", "heat", _labels(months), series, "%", is_rate=True)


def _figures(
    book: Book, code: str, periods: Sequence[Period], unit_code: str | None = None
) -> tuple[Figure | None, ...]:
    return tuple(_figure(book, book.spot(code, period, unit_code)) for period in periods)


def _figure(book: Book, spot: Spot) -> Figure | None:
    """Nothing where nobody reported: what stands from the months before is no news."""
    stored = book.stored(spot)
    if stored is None or stored.value is None or (stored.reports_expected and not stored.reports_received):
        return None
    return book.figure(spot)


def _labels(months: Sequence[Period]) -> tuple[str, ...]:
    return tuple(f"{month.start_on:%y-%m}" for month in months)


def _month_labels(months: Sequence[Period]) -> tuple[str, ...]:
    return tuple(f"{month.start_on.month}月" for month in months)

"""The half-year and yearly summary of an opened installation."""

from pathlib import Path

from flows.house import House
from schemas.period import Period
from tasks.summary.write import write_summary


def write_summary_of(house: House, period: Period, unit_code: str, folder: Path) -> list[Path]:
    """The files written: the summary of a half-year or a year, by the office's own template where it has one.

    Raises:
        SummaryError: nothing is published for the period, or the template is wrong.
        OutputError: the file cannot be written.
    """
    templates = house.settings.root / "templates"
    return [write_summary(house.engine, house.register, period, unit_code, templates, folder)]

"""``huizong report``: the bulletin of a month, the summary of a half-year or a year."""

from pathlib import Path

from flows.bulletins import write_bulletin
from flows.commands import unit_code_of
from flows.house import open_house
from flows.settings import SettingsError, load_settings
from flows.show import console
from flows.summary_report import write_summary_of
from schemas.period import Period

_WRITERS = {"month": write_bulletin, "half_year": write_summary_of, "year": write_summary_of}


def write_report(period_text: str, unit: str, out: Path | None) -> None:
    """Write the report of a period into a folder, without one into ``<home>/reports/<period>``.

    Raises:
        PeriodError: the text names no period.
        SettingsError: there is no report on periods of this kind.
        WarehouseError: nothing was published of the period.
        SummaryError: the office's own template is wrong.
        OutputError: the folder cannot be written to.
    """
    period = Period.parse(period_text)
    settings = load_settings()
    folder = out or settings.reports / period.label
    if period.kind not in _WRITERS:
        raise SettingsError(f"{period.label}：通报按月写（2021-06），总结按半年或全年写（2021-H1、2021）")
    house = open_house(settings)
    for path in _WRITERS[period.kind](house, period, unit_code_of(house, unit), folder):
        console().print(str(path), highlight=False, soft_wrap=True)

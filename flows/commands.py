"""The commands that need the warehouse: run, indicators and trace; and what several commands share."""

import csv
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console

from flows import show
from flows.house import House, open_house
from flows.progress import show_progress
from flows.settings import PREFIX, Settings, SettingsError, load_settings, prefect_home
from schemas.as_of import known_at
from schemas.form import FormError, load_forms
from schemas.period import Period, PeriodError
from schemas.unit import Register, UnitError
from warehouse.trace import trace
from warehouse.values import Base, indicator_values, values_as_known

if TYPE_CHECKING:
    from flows.night import NightReport


def run_night(inbox: list[str] | None, today: date | None, *, as_json: bool) -> int:
    """One night without a server of our own: 1 when something was rejected or a source was down, else 0."""
    report = night(load_settings(), inbox, today)
    if as_json:
        print_json(report.as_json())
    else:
        show.night_report(report, show.console())
    return int(report.needs_somebody)


def night(settings: Settings, inbox: list[str] | None, today: date | None) -> "NightReport":
    """Runs the nightly flow in this process, with progress on standard error.

    An inbox goes in as a setting: a URL with a password in it has no place among the parameters that Prefect keeps.
    """
    if inbox:
        os.environ[f"{PREFIX}INBOX"] = "".join(f"{each}\n" for each in inbox)
        settings = load_settings()
    _prepare_prefect(settings)
    from flows.night import NightRequest  # noqa: PLC0415 -- its settings must stand before it is imported
    from flows.nightly import nightly  # noqa: PLC0415 -- the same

    with show_progress(Console(stderr=True)):
        report: NightReport = nightly(NightRequest(today=today))
    return report


def _prepare_prefect(settings: Settings) -> None:
    """Prefect keeps its files in our home, reports to nobody and leaves the talking to us, unless told otherwise."""
    defaults = {
        "PREFECT_HOME": str(prefect_home(settings)),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        # A machine that is busy with other things takes longer than the 20 seconds that Prefect gives it.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def show_indicators(
    period_text: str,
    unit: str,
    output: str,
    as_known_at: str | None = None,
    *,
    base: Base = "latest",
    with_parts: bool = False,
) -> None:
    """The values of a period and a unit, as published or as known at a moment.

    Raises:
        SettingsError: bases as published are asked for together with a moment.
    """
    period = Period.parse(period_text)
    if as_known_at is not None and base == "published":
        raise SettingsError("--base published 只用于已发布的指标，不能与 --as-known-at 同用")
    moment = known_at(as_known_at) if as_known_at is not None else None
    house = open_house(load_settings())
    unit_code = unit_code_of(house, unit)
    if moment is None:
        report = indicator_values(house.engine, period, unit_code, base)
        caption = show.published_caption(report)
    else:
        report = values_as_known(house.engine, period, unit_code, moment)
        caption = f"按 {report.as_of} 所知"
    if output == "json":
        print_json(asdict(report))
    elif output == "csv":
        rows = [{k: v for k, v in row.items() if k != "breakdown"} for row in asdict(report)["indicators"]]
        writer = csv.DictWriter(sys.stdout, rows[0].keys() if rows else ["id"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        show.indicator_table(report, period, house.register, caption, show.console(), with_parts=with_parts)


def show_trace(indicator: str, period_text: str, unit: str, part: str | None, *, as_json: bool) -> None:
    """Every row behind a value, or behind one part of it (``sector=construction``)."""
    period = Period.parse(period_text)
    house = open_house(load_settings())
    dimension, _, member = (part or "").partition("=")
    found = trace(house.engine, indicator, period, unit_code_of(house, unit), (dimension, member))
    if as_json:
        print_json(asdict(found))
    else:
        show.trace_table(found, period, house.register, show.console())


def month_of(text: str) -> Period:
    """The month that is written as 2021-03.

    Raises:
        PeriodError: it is no month.
    """
    period = Period.parse(text)
    if period.kind != "month":
        raise PeriodError(f"「{text}」不是月份，请写成 2021-03")
    return period


def form_of(text: str) -> str:
    """The id of a form that is given by its code or its id: F06 or training.

    Raises:
        FormError: there is no such form.
    """
    wanted = text.strip().casefold()
    for form in load_forms().values():
        if wanted in (form.code.casefold(), form.id):
            return form.id
    codes = "、".join(form.code for form in load_forms().values())
    raise FormError(f"没有报表「{text}」，请写编号或标识，现有 {codes}")


def unit_code_of(house: House, text: str) -> str:
    """The code of a unit that is given by its code or its name.

    Raises:
        UnitError: there is no such unit.
    """
    return unit_code_in(house.register, text)


def unit_code_in(register: Register, text: str) -> str:
    """The same, where no warehouse is opened.

    Raises:
        UnitError: there is no such unit.
    """
    code = register.find(text)
    if code is None:
        raise UnitError(f"找不到单位「{text}」，请写单位代码或全称")
    return code


def print_json(value: object) -> None:
    """What a program reads: JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_json_value))  # noqa: T201 -- the output itself


def _json_value(value: object) -> object:
    """Decimals as numbers, times in ISO form."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    number = float(str(value))
    return int(number) if number.is_integer() else number

"""Figures of a summary, made up by a test: what it does not say has come, and is nought."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemas.period import Period
from tasks.summary.figures import Figures
from warehouse.register import wanted_indicator
from warehouse.trace import WHOLE, Trace
from warehouse.trace_rows import TraceRow
from warehouse.values import Part, Report, Value

HALF = Period.parse("2021-H1")
JUNE = date(2021, 6, 1)


def figures(*values: Value, accidents: tuple[Mapping[str, object], ...] = (), last_month: date = JUNE) -> Figures:
    """Those values as published on 20 July 2021; the accidents are the rows behind ACC01."""
    rows = tuple(accident_row(place, cells) for place, cells in enumerate(accidents, start=3))

    def traced(code: str, when: Period) -> Trace:
        found = rows if code == "ACC01" and when == HALF else ()
        return Trace(code, when.label, "340404", WHOLE, None, found)

    report = Report(HALF.label, "340404", "2021-07-20T02:00:00+08:00", 3, values)
    return Figures(HALF, "谢家集区", report, last_month, traced)


def accident_row(row: int, values: Mapping[str, object]) -> TraceRow:
    place = ("accident", "340404004", "2021-03", "/inbox/三月.xlsx", "事故登记表", row)
    return TraceRow(*place, cells=dict.fromkeys(values, "O"), values=values, numerator=1, denominator=None)


def value(code: str, number: float | None, **said: Any) -> Value:  # noqa: ANN401 -- of any field
    """A value of an indicator; ``silent`` are units that have not reported."""
    indicator = wanted_indicator(code)
    silent: tuple[str, ...] = said.pop("silent", ())
    ordinary = {
        "id": indicator.id,
        "code": code,
        "name": indicator.name,
        "unit": indicator.unit,
        "value": number,
        "numerator": number,
        "denominator": None,
        "year_ago": None,
        "change": None,
        "change_rate": None,
        "previous": None,
        "reports_expected": 6 + len(silent),
        "reports_received": 6,
        "reports_on_time": 6,
        "silent_units": silent,
        "year_ago_missing": 0,
        "wording": "",
        "decimals": indicator.decimals,
        "breakdown": (),
    }
    return Value(**{**ordinary, **said})


def part(member: str, numerator: int, denominator: int) -> Part:
    """A level of the officers' training."""
    return Part("level", member, member, numerator, denominator, 100 * numerator / denominator)

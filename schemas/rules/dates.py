"""Rules over days and times: their order, their month, and what lies between them."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd

from schemas.calendar import working_days
from schemas.form import Rule, Span, load_codes
from schemas.rules.check import Check, known
from schemas.unit import Register


def _not_before(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame[rule.other]) | ~known(frame, rule.column, str(rule.other))


def _not_after_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] < frame["month"] + pd.offsets.MonthBegin(1)) | ~known(frame, rule.column, "month")


def _not_before_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame["month"]) | ~known(frame, rule.column, "month")


def _within(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    span = pd.Timedelta(days=rule.days or 0, hours=rule.hours or 0)
    elapsed = frame[rule.column] - frame[rule.other]
    return (elapsed <= span) | elapsed.isna()


def _within_workdays(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """Not after so many working days from the day in ``other``; years without a table of holidays are not judged."""
    calendar = np.array(working_days(), dtype="datetime64[s]")
    first, last = (np.datetime64(day, "s") for day in (calendar[0], calendar[-1]))
    done, began = (frame[name] for name in (rule.column, str(rule.other)))
    between = np.searchsorted(calendar, done, side="left") - np.searchsorted(calendar, began, side="right")
    is_late = pd.Series(between >= (rule.days or 0), index=frame.index)
    return ~(is_late & done.between(first, last) & began.between(first, last))


def _in_force(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """A code of a dated list is in force: on the day in ``other``, or else at some time of the report's month.

    ``days`` is the lead by which a span may begin earlier.
    """
    first = frame[rule.other] if rule.other else frame["month"]
    last = first + (pd.Timedelta(0) if rule.other else pd.offsets.MonthEnd(1))
    asked = pd.DataFrame({"code": frame[rule.column], "first": first, "last": last})
    distinct = asked.dropna().drop_duplicates()
    dated, lead = load_codes(str(rule.codes)).valid, timedelta(days=rule.days or 0)
    right = [
        code not in dated or any(_meets(span, begin.date(), end.date() + lead) for span in dated[code])
        for code, begin, end in distinct.itertuples(index=False)
    ]
    answers = asked.merge(distinct.assign(right=right), how="left", validate="many_to_one")
    return answers["right"].set_axis(frame.index).astype("boolean")


def _meets(span: Span, first: date, last: date) -> bool:
    """Whether a span has one of the days from ``first`` to ``last``."""
    return (span.start is None or span.start <= last) and (span.end is None or first < span.end)


def _yearly_between(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """The day lies between two days of the year (``06-10``, ``06-20``), both included."""
    first, last = sorted(rule.values)
    day = frame[rule.column].dt.strftime("%m-%d").astype("string")
    right: pd.Series = (day >= first) & (day <= last)
    return right


def _filled_past(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """Where the month ended after the day in ``other``, the cell is filled."""
    is_past = frame[rule.other] < frame["month"] + pd.offsets.MonthBegin(1)
    return frame[rule.column].notna() | ~is_past


def _hours_fit_days(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    started_on, ended_on = (frame[name] for name in rule.columns)
    return frame[rule.column] <= ((ended_on - started_on).dt.days + 1).astype("Float64") * (rule.value or 0)


def _contains_date_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """A number such as SG3404042021030901: after prefix and division code come eight digits of the day."""
    written = frame[rule.column].astype("string").str.extract(r"^[A-Z]{2}\d{6}(\d{8})", expand=False)
    right: pd.Series = written == frame[rule.other].dt.strftime("%Y%m%d")
    return right | written.isna() | frame[rule.other].isna()


def _named_day_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """A name such as “3·9” or “3.9”: month and day of the accident. A bare 1.5 (万吨) is none."""
    names = frame[rule.column].astype("string")
    day = names.str.extract(r"(\d{1,2})\s*[·・•]\s*(\d{1,2})")
    day = day.fillna(names.str.extract(r"[“\"‘「](\d{1,2})\.(\d{1,2})[”\"’」]")).astype("Float64")
    when = frame[rule.other].dt
    right: pd.Series = (day[0] == when.month) & (day[1] == when.day)
    return right | day[0].isna() | frame[rule.other].isna()


DATE_RULES: Mapping[str, Check] = {
    "not_before": _not_before,
    "not_after_month": _not_after_month,
    "not_before_month": _not_before_month,
    "within": _within,
    "within_workdays": _within_workdays,
    "in_force": _in_force,
    "yearly_between": _yearly_between,
    "filled_past": _filled_past,
    "hours_fit_days": _hours_fit_days,
    "contains_date_of": _contains_date_of,
    "named_day_of": _named_day_of,
}

"""Rules over days and times: their order, their month, and what lies between them."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, known
from schemas.unit import Register


def _not_before(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame[rule.other]) | ~known(frame, rule.column, str(rule.other))


def _not_after_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] < frame["month"] + pd.offsets.MonthBegin(1)) | ~known(frame, rule.column, "month")


def _not_before_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame["month"]) | ~known(frame, rule.column, "month")


def _not_older_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    month_end = frame["month"] + pd.offsets.MonthBegin(1)
    return (month_end - frame[rule.column] <= pd.Timedelta(days=rule.days or 0)) | ~known(frame, rule.column, "month")


def _within(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    span = pd.Timedelta(days=rule.days or 0, hours=rule.hours or 0)
    elapsed = frame[rule.column] - frame[rule.other]
    return (elapsed <= span) | elapsed.isna()


def _hours_fit_days(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    started_on, ended_on = (frame[name] for name in rule.columns)
    return frame[rule.column] <= ((ended_on - started_on).dt.days + 1).astype("Float64") * (rule.value or 0)


def _contains_date_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """A number such as SG3404042021030901: after prefix and division code come eight digits of the day."""
    written = frame[rule.column].astype("string").str.extract(r"^[A-Z]{2}\d{6}(\d{8})", expand=False)
    right: pd.Series = written == frame[rule.other].dt.strftime("%Y%m%d")
    return right | written.isna() | frame[rule.other].isna()


def _named_day_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """A name such as “3·9”: month and day of the accident."""
    day = frame[rule.column].astype("string").str.extract(r"(\d{1,2})\s*[·.・•]\s*(\d{1,2})").astype("Float64")
    when = frame[rule.other].dt
    right: pd.Series = (day[0] == when.month) & (day[1] == when.day)
    return right | day[0].isna() | frame[rule.other].isna()


DATE_RULES: Mapping[str, Check] = {
    "not_before": _not_before,
    "not_after_month": _not_after_month,
    "not_before_month": _not_before_month,
    "not_older_than": _not_older_than,
    "within": _within,
    "hours_fit_days": _hours_fit_days,
    "contains_date_of": _contains_date_of,
    "named_day_of": _named_day_of,
}

"""Rules over the state of things as a report gives it: how it stands on the last day of the report's month."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, known
from schemas.unit import Register


def _not_older_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """The day lies at most so many ``months`` and ``days`` before the last day of the month."""
    oldest = _last_day(frame) - pd.DateOffset(months=rule.months or 0, days=rule.days or 0)
    return (frame[rule.column] >= oldest) | ~known(frame, rule.column, "month")


def _lasts_through_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """The day, up to which something is good or due, is the last one of the month or later."""
    return (frame[rule.column] >= _last_day(frame)) | ~known(frame, rule.column, "month")


def _concerns_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """One of the days in ``columns`` is not before the month: what began earlier may have ended in it."""
    is_in = frame[list(rule.columns)].ge(frame["month"], axis=0).any(axis=1)
    return is_in | ~known(frame, rule.column, "month")


def _sum_at_least(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """``columns`` add up to so much; rows with a blank among them are not judged."""
    return (frame[list(rule.columns)].sum(axis=1) >= rule.value) | ~known(frame, *rule.columns)


def _last_day(frame: pd.DataFrame) -> pd.Series:
    return frame["month"] + pd.offsets.MonthEnd(0)


STATE_RULES: Mapping[str, Check] = {
    "not_older_than": _not_older_than,
    "lasts_through_month": _lasts_through_month,
    "concerns_month": _concerns_month,
    "sum_at_least": _sum_at_least,
}

"""Rules that look at the rows of one submission together, and mark one of them."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, known
from schemas.unit import Register


def _unique(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """No two rows are alike in ``columns`` and ``others``; only in ``others`` is a blank like another blank."""
    is_repeated = frame.duplicated(["submission_no", *rule.columns, *rule.others])
    return ~(is_repeated & known(frame, *rule.columns))


def _group_includes(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """One of the rows of the group holds one of the values; only the group's first row is marked."""
    group = ["submission_no", rule.column]
    has = frame[rule.other].isin(rule.values).groupby([frame[name] for name in group]).transform("any")
    return has.astype("boolean") | frame.duplicated(group)


def _far_apart(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """Between rows alike in ``columns`` lies more than the span, by the time in ``other``; the later one is marked."""
    group = ["submission_no", *rule.columns]
    alike = frame[known(frame, *rule.columns, str(rule.other))].sort_values(str(rule.other), kind="stable")
    gap = alike[str(rule.other)] - alike.groupby(group, sort=False)[str(rule.other)].shift()
    is_far = gap.isna() | (gap > pd.Timedelta(days=rule.days or 0, hours=rule.hours or 0))
    return is_far.reindex(frame.index, fill_value=True)


GROUP_RULES: Mapping[str, Check] = {
    "unique": _unique,
    "group_includes": _group_includes,
    "far_apart": _far_apart,
}

"""The kinds of row rules that a form may name: a closed list, each a function from typed columns to "is it right?".

A kind stands in the module of what it looks at, and is known once that module's mapping names it.
A cell without a value never breaks a rule (except ``filled``): required columns are the business of the column.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, holds_any
from schemas.rules.dates import DATE_RULES
from schemas.rules.groups import GROUP_RULES
from schemas.rules.numbers import NUMBER_RULES
from schemas.rules.state import STATE_RULES
from schemas.rules.submissions import SUBMISSION_RULES
from schemas.rules.values import VALUE_RULES
from schemas.unit import Register

__all__ = ["ROW_RULES", "RULE_KINDS", "SUBMISSION_RULES", "is_right"]

ROW_RULES: Mapping[str, Check] = {**DATE_RULES, **NUMBER_RULES, **VALUE_RULES, **GROUP_RULES, **STATE_RULES}
_Rows = np.ndarray[Any, np.dtype[np.bool_]]
RULE_KINDS = frozenset(ROW_RULES) | frozenset(SUBMISSION_RULES)


def is_right(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """For each row whether the rule holds; rows to which it does not apply are right."""
    is_excepted = ~_applies(frame, rule)
    if is_excepted.all():
        return pd.Series(data=True, index=frame.index)
    right = ROW_RULES[rule.kind](frame, rule, register)
    return pd.Series(right.fillna(value=True).to_numpy(bool) | is_excepted, index=frame.index)


def _applies(frame: pd.DataFrame, rule: Rule) -> _Rows:
    applies = np.ones(len(frame), dtype=bool)
    for name, values in rule.when.items():
        applies &= holds_any(frame[name], values).to_numpy(bool)
    for name, values in rule.unless.items():
        applies &= ~holds_any(frame[name], values).to_numpy(bool)
    for name, least in rule.when_at_least.items():
        applies &= (frame[name].fillna(0) >= least).to_numpy(bool)
    for name in rule.when_zero:
        applies &= (frame[name].fillna(0) == 0).to_numpy(bool)
    if rule.when_filled:
        applies &= np.logical_or.reduce([frame[name].notna() for name in rule.when_filled])
    return applies & _applies_here(frame, rule)


def _applies_here(frame: pd.DataFrame, rule: Rule) -> _Rows:
    applies = np.ones(len(frame), dtype=bool)
    if rule.unless_filled:
        applies &= frame[rule.unless_filled].isna().to_numpy()
    if rule.unit_levels:
        applies &= frame["unit_level"].isin(rule.unit_levels).to_numpy()
    if rule.in_months:
        applies &= frame["month"].dt.month.isin(rule.in_months).to_numpy()
    if rule.since and rule.other:
        applies &= (frame[rule.other] >= pd.Timestamp(rule.since)).to_numpy(bool)
    return applies

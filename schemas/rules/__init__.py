"""The kinds of row rules that a form may name: a closed list, each a function from typed columns to "is it right?".

A kind stands in the module of what it looks at, and is known once that module's mapping names it.
A cell without a value never breaks a rule (except ``filled``): required columns are the business of the column.
"""

from collections.abc import Mapping

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
RULE_KINDS = frozenset(ROW_RULES) | frozenset(SUBMISSION_RULES)


def is_right(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """For each row whether the rule holds; rows to which it does not apply are right."""
    right = ROW_RULES[rule.kind](frame, rule, register)
    return right.fillna(value=True).astype(bool) | ~_applies(frame, rule)


def _applies(frame: pd.DataFrame, rule: Rule) -> pd.Series:
    applies = pd.Series(data=True, index=frame.index)
    for name, values in rule.when.items():
        applies &= holds_any(frame[name], values)
    for name, values in rule.unless.items():
        applies &= ~holds_any(frame[name], values)
    for name, least in rule.when_at_least.items():
        applies &= frame[name].fillna(0) >= least
    for name in rule.when_zero:
        applies &= frame[name].fillna(0) == 0
    if rule.when_filled:
        applies &= frame[list(rule.when_filled)].notna().any(axis=1)
    return applies & _applies_here(frame, rule)


def _applies_here(frame: pd.DataFrame, rule: Rule) -> pd.Series:
    applies = pd.Series(data=True, index=frame.index)
    if rule.unless_filled:
        applies &= frame[rule.unless_filled].isna()
    if rule.unit_levels:
        applies &= frame["unit_level"].isin(rule.unit_levels)
    if rule.in_months:
        applies &= frame["month"].dt.month.isin(rule.in_months)
    if rule.since and rule.other:
        applies &= frame[rule.other] >= pd.Timestamp(rule.since)
    return applies

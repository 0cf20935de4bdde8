"""Rules over what a cell says: that it is filled, its codes, its text, its places."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, holds_any, known
from schemas.unit import Register


def _filled(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].notna()


def _blank(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].isna()


def _differs_from(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """Two texts are not the same, however they are spaced."""
    here, there = (frame[name].astype("string").str.replace(" ", "") for name in (rule.column, str(rule.other)))
    return here != there


def _one_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].isin(rule.values) | frame[rule.column].isna()


def _none_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return ~frame[rule.column].isin(rule.values)


def _includes(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return holds_any(frame[rule.column], rule.values) | frame[rule.column].isna()


def _fits(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """The value is one of those that ``pairs`` lists for the value of the other column, if it lists any."""
    beside, here = frame[rule.other].astype("string"), frame[rule.column].astype("string")
    allowed = [f"{key}|{value}" for key, values in rule.pairs.items() for value in values]
    return (beside + "|" + here).isin(allowed) | ~beside.isin(list(rule.pairs)) | here.isna()


def _is_own_unit(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] == frame["unit_code"]) | ~known(frame, rule.column, "unit_code")


def _place_is_named(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    pairs = frame[[rule.column, str(rule.other)]].dropna().drop_duplicates()
    named = {(code, name): register.is_named(code, name) for code, name in pairs.itertuples(index=False)}
    found = [named.get(pair, True) for pair in zip(frame[rule.column], frame[rule.other], strict=True)]
    return pd.Series(found, index=frame.index)


VALUE_RULES: Mapping[str, Check] = {
    "filled": _filled,
    "blank": _blank,
    "differs_from": _differs_from,
    "fits": _fits,
    "one_of": _one_of,
    "none_of": _none_of,
    "includes": _includes,
    "is_own_unit": _is_own_unit,
    "place_is_named": _place_is_named,
}

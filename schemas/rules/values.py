"""Rules over what a cell says: that it is filled, its codes, its text, its places."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import Check, known
from schemas.unit import Register


def _filled(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].notna()


def _one_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].isin(rule.values) | frame[rule.column].isna()


def _none_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return ~frame[rule.column].isin(rule.values)


def _includes(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    wanted = set(rule.values)
    return frame[rule.column].map(lambda codes: bool(wanted & set(codes)), na_action="ignore")


def _is_own_unit(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] == frame["unit_code"]) | ~known(frame, rule.column, "unit_code")


def _place_is_named(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    pairs = frame[[rule.column, str(rule.other)]].dropna().drop_duplicates()
    named = {(code, name): register.is_named(code, name) for code, name in pairs.itertuples(index=False)}
    found = [named.get(pair, True) for pair in zip(frame[rule.column], frame[rule.other], strict=True)]
    return pd.Series(found, index=frame.index)


VALUE_RULES: Mapping[str, Check] = {
    "filled": _filled,
    "one_of": _one_of,
    "none_of": _none_of,
    "includes": _includes,
    "is_own_unit": _is_own_unit,
    "place_is_named": _place_is_named,
}

"""Rules over counts and amounts."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Mapping

import pandas as pd

from schemas.form import Rule
from schemas.grade import accident_grade
from schemas.rules.check import Check, known
from schemas.unit import Register


def _at_least(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] >= rule.value


def _at_most(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] <= rule.value


def _not_more_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] <= frame[rule.other]


def _not_less_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] >= frame[rule.other]


def _at_most_times(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """At most so many times another number."""
    return frame[rule.column] <= frame[rule.other] * (rule.value or 0)


def _sums_agree(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """What ``columns`` add up to is what ``others`` add up to; rows with a blank among them are not judged."""
    here, there = (frame[list(names)].sum(axis=1) for names in (rule.columns, rule.others))
    return (here == there) | ~known(frame, *rule.columns, *rule.others)


def _accident_grade(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    deaths, missing, serious, loss = rule.columns
    grade = accident_grade(frame[deaths].fillna(0) + frame[missing].fillna(0), frame[serious], frame[loss])
    return (frame[rule.column] == pd.Series(grade, index=frame.index).astype(str)) | frame[rule.column].isna()


NUMBER_RULES: Mapping[str, Check] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "not_more_than": _not_more_than,
    "not_less_than": _not_less_than,
    "at_most_times": _at_most_times,
    "sums_agree": _sums_agree,
    "accident_grade": _accident_grade,
}

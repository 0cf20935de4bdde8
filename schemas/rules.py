"""The kinds of row rules that a form may name: a closed list, each a function from typed columns to "is it right?".

A cell without a value never breaks a rule (except ``filled``): required columns are the business of the column.
"""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Callable, Mapping

import pandas as pd

from schemas.form import Rule
from schemas.grade import accident_grade
from schemas.unit import Register

Check = Callable[[pd.DataFrame, Rule, Register], pd.Series]


def is_right(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """For each row whether the rule holds; rows to which it does not apply are right."""
    right = ROW_RULES[rule.kind](frame, rule, register)
    return right.fillna(value=True).astype(bool) | ~_applies(frame, rule)


def _applies(frame: pd.DataFrame, rule: Rule) -> pd.Series:
    applies = pd.Series(data=True, index=frame.index)
    for name, values in rule.when.items():
        applies &= frame[name].astype(object).map(str).str.lower().isin([value.lower() for value in values])
    for name, least in rule.when_at_least.items():
        applies &= frame[name].fillna(0) >= least
    for name in rule.when_zero:
        applies &= frame[name].fillna(0) == 0
    if rule.unless_filled:
        applies &= frame[rule.unless_filled].isna()
    if rule.unit_levels:
        applies &= frame["unit_level"].isin(rule.unit_levels)
    return applies.astype(bool)


def _known(frame: pd.DataFrame, *names: str) -> pd.Series:
    return frame[list(names)].notna().all(axis=1)


def _unique(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return ~(frame.duplicated(["submission_no", *rule.columns]) & _known(frame, *rule.columns))


def _filled(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].notna()


def _not_before(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame[rule.other]) | ~_known(frame, rule.column, str(rule.other))


def _not_after_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] < frame["month"] + pd.offsets.MonthBegin(1)) | ~_known(frame, rule.column, "month")


def _not_before_month(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] >= frame["month"]) | ~_known(frame, rule.column, "month")


def _not_older_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    month_end = frame["month"] + pd.offsets.MonthBegin(1)
    return (month_end - frame[rule.column] <= pd.Timedelta(days=rule.days or 0)) | ~_known(frame, rule.column, "month")


def _within(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    span = pd.Timedelta(days=rule.days or 0, hours=rule.hours or 0)
    elapsed = frame[rule.column] - frame[rule.other]
    return (elapsed <= span) | elapsed.isna()


def _at_least(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] >= rule.value


def _at_most(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] <= rule.value


def _not_more_than(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column] <= frame[rule.other]


def _one_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return frame[rule.column].isin(rule.values) | frame[rule.column].isna()


def _none_of(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return ~frame[rule.column].isin(rule.values)


def _includes(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    wanted = set(rule.values)
    return frame[rule.column].map(lambda codes: bool(wanted & set(codes)), na_action="ignore")


def _is_own_unit(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    return (frame[rule.column] == frame["unit_code"]) | ~_known(frame, rule.column, "unit_code")


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


def _accident_grade(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    deaths, missing, serious, loss = rule.columns
    grade = accident_grade(frame[deaths].fillna(0) + frame[missing].fillna(0), frame[serious], frame[loss])
    return (frame[rule.column] == pd.Series(grade, index=frame.index).astype(str)) | frame[rule.column].isna()


def _hours_fit_days(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    started_on, ended_on = (frame[name] for name in rule.columns)
    return frame[rule.column] <= ((ended_on - started_on).dt.days + 1).astype("Float64") * (rule.value or 0)


def _place_is_named(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    pairs = frame[[rule.column, str(rule.other)]].dropna().drop_duplicates()
    named = {(code, name): register.is_named(code, name) for code, name in pairs.itertuples(index=False)}
    found = [named.get(pair, True) for pair in zip(frame[rule.column], frame[rule.other], strict=True)]
    return pd.Series(found, index=frame.index)


def _group_includes(frame: pd.DataFrame, rule: Rule, register: Register) -> pd.Series:
    """One of the rows of the group holds one of the values; only the group's first row is marked."""
    group = ["submission_no", rule.column]
    has = frame[rule.other].isin(rule.values).groupby([frame[name] for name in group]).transform("any")
    return has.astype("boolean") | frame.duplicated(group)


ROW_RULES: Mapping[str, Check] = {
    "unique": _unique,
    "filled": _filled,
    "not_before": _not_before,
    "not_after_month": _not_after_month,
    "not_before_month": _not_before_month,
    "not_older_than": _not_older_than,
    "within": _within,
    "at_least": _at_least,
    "at_most": _at_most,
    "not_more_than": _not_more_than,
    "one_of": _one_of,
    "none_of": _none_of,
    "includes": _includes,
    "is_own_unit": _is_own_unit,
    "contains_date_of": _contains_date_of,
    "named_day_of": _named_day_of,
    "accident_grade": _accident_grade,
    "hours_fit_days": _hours_fit_days,
    "place_is_named": _place_is_named,
    "group_includes": _group_includes,
}


def missing_places(frame: pd.DataFrame, rule: Rule, register: Register) -> dict[int, list[str]]:
    """``every_place``: for each submission the names of the unit's places that no row names, where some are missing."""
    listed = (
        frame[_known(frame, "unit_code", "month")]
        .groupby("submission_no")
        .agg(unit_code=("unit_code", "first"), month=("month", "first"), places=(rule.column, set))
    )
    absent = {
        int(number): sorted(register.places_of(unit, month.date()) - places)
        for number, unit, month, places in listed.itertuples()
    }
    return {number: [register.units[code].name for code in codes] for number, codes in absent.items() if codes}


SUBMISSION_RULES = {"every_place": missing_places}
RULE_KINDS = frozenset(ROW_RULES) | frozenset(SUBMISSION_RULES)

"""Rules that say what a submission lacks: they have no row to point at."""
# ruff: noqa: ARG001 -- rules share one signature

from collections.abc import Callable, Mapping

import pandas as pd

from schemas.form import Rule
from schemas.rules.check import known
from schemas.unit import Register

# For each submission that breaks the rule the names that its message ends with.
SubmissionCheck = Callable[[pd.DataFrame, Rule, Register], dict[int, list[str]]]


def missing_places(frame: pd.DataFrame, rule: Rule, register: Register) -> dict[int, list[str]]:
    """``every_place``: for each submission the names of the unit's places that no row names, where some are missing."""
    listed = (
        frame[known(frame, "unit_code", "month")]
        .groupby("submission_no")
        .agg(unit_code=("unit_code", "first"), month=("month", "first"), places=(rule.column, set))
    )
    absent = {
        int(number): sorted(register.places_of(unit, month.date()) - places)
        for number, unit, month, places in listed.itertuples()
    }
    return {number: [register.units[code].name for code in codes] for number, codes in absent.items() if codes}


def too_much_on_one_day(frame: pd.DataFrame, rule: Rule, register: Register) -> dict[int, list[str]]:
    """``rarely_same_day``: submissions in which ``column`` is the day of ``other`` in more than ``value`` of the rows.

    Submissions of ``rows`` rows or fewer are not judged: there it can be so.
    """
    is_same = (frame[rule.column] == frame[rule.other]).astype(bool)
    counts = is_same.groupby(frame["submission_no"]).agg(["sum", "size"])
    suspect = counts[(counts["size"] > (rule.rows or 0)) & (counts["sum"] > counts["size"] * (rule.value or 0))]
    return {int(number): [f"{size} 行中有 {same} 行"] for number, same, size in suspect.itertuples()}


SUBMISSION_RULES: Mapping[str, SubmissionCheck] = {
    "every_place": missing_places,
    "rarely_same_day": too_much_on_one_day,
}

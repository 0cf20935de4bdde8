"""Frames held to their suites by Great Expectations, and its answers in our words.

As its import takes seconds, this module is imported by ``warehouse.gate`` when an audit runs, and by nothing else.
"""

import functools
import logging
from collections.abc import Iterator, Mapping
from typing import Any, cast

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.result_format import ResultFormat
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import (
    ExpectColumnPairValuesToBeEqual,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.expectation import Expectation

from warehouse.expectations import form_suite, suites
from warehouse.gate_findings import Checked, Finding, Severity
from warehouse.gate_forms import PREFIX

# It tells of every temporary folder that it makes; nobody who runs a night wants to know.
logging.getLogger("great_expectations").setLevel(logging.WARNING)
EXAMPLES = 3


def check(frames: Mapping[str, pd.DataFrame]) -> Iterator[Checked]:
    """Hold each frame to its suite: the one written by hand, or that of its form table."""
    by_hand = suites()
    for name, frame in frames.items():
        suite = by_hand[name] if name in by_hand else form_suite(name.removeprefix(PREFIX))
        # A figure that no line has breaks nothing, and Great Expectations does not like it.
        tried: list[Expectation] = []
        idle: list[Expectation] = []
        for expectation in suite.expectations:
            (tried if _has_figures(frame, expectation) else idle).append(expectation)
        yield from (Checked(suite.title, _rule(each), _severity(each), 0) for each in idle)
        if tried:
            batch = _any_frame().get_batch({"dataframe": frame})
            result = batch.validate(ExpectationSuite(name, expectations=tried), result_format=ResultFormat.BOOLEAN_ONLY)
            yield from (_checked(suite.title, frame, answer) for answer in result.results)


@functools.cache
def _any_frame() -> BatchDefinition[Any]:
    """What makes a batch of a frame: one for all of them, as each that is added writes the whole configuration anew."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("audit")
        .add_dataframe_asset("frame")
        .add_batch_definition_whole_dataframe("all")
    )


def _has_figures(frame: pd.DataFrame, expectation: Any) -> bool:  # noqa: ANN401 -- whichever column it has
    if isinstance(expectation, ExpectColumnValuesToNotBeNull):
        return not frame.empty
    column = expectation.column_A if isinstance(expectation, ExpectColumnPairValuesToBeEqual) else expectation.column
    return bool(frame[column].notna().any())


def _rule(expectation: Expectation) -> str:
    return str((expectation.meta or {})["rule"])


def _severity(expectation: Expectation) -> Severity:
    return cast("Severity", expectation.severity.value)


def _checked(title: str, frame: pd.DataFrame, result: Any) -> Checked:  # noqa: ANN401 -- a result of Great Expectations
    config = result.expectation_config
    rule, severity = config.meta["rule"], cast("Severity", str(config.severity.value))
    if result.success:
        return Checked(title, rule, severity, len(frame))
    wrong = frame[_is_wrong(frame, config)]
    count, places = len(wrong), wrong["place"].tolist()
    figure = config.kwargs.get("column")
    if f"{figure}_at" in frame.columns:
        lines = wrong.to_dict("records")
        places = [f"{line['place']} {at}".strip() for line in lines for at in line[f"{figure}_at"] or ("",)]
        count = int(wrong[figure].sum())
    # What could not be tried is not met.
    examples = tuple(dict.fromkeys(map(str, places)))[:EXAMPLES] or (f"无法检查（{result.exception_info}）",)
    return Checked(title, rule, severity, len(frame), Finding(severity, rule, max(count, 1), examples))


def _is_wrong(frame: pd.DataFrame, config: Any) -> "pd.Series[bool]":  # noqa: ANN401 -- of Great Expectations
    """The lines that do not meet an expectation which the frame as a whole does not meet."""
    kwargs = config.kwargs
    if "column_A" in kwargs:
        return pd.Series(frame[kwargs["column_A"]] != frame[kwargs["column_B"]])
    figures: pd.Series = frame[kwargs["column"]]
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if low is None and high is None:
        return figures.isna()
    is_low = figures < low if low is not None else pd.Series(data=False, index=frame.index)
    is_high = figures > high if high is not None else pd.Series(data=False, index=frame.index)
    return is_low | is_high

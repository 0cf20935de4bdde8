"""What is expected of a candidate and of the rows behind it, said to Great Expectations, and what it answers.

Its import takes seconds, so this module is imported by ``warehouse.gate`` when an audit runs, and by nothing else.
"""

import functools
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.result_format import ResultFormat
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.core.expect_column_max_to_be_between import ExpectColumnMaxToBeBetween
from great_expectations.expectations.core.expect_column_min_to_be_between import ExpectColumnMinToBeBetween
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import (
    ExpectColumnPairValuesToBeEqual,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from schemas.form import Column, tables
from warehouse.gate_findings import Checked, Finding, Severity
from warehouse.gate_forms import PREFIX, described, unique_rules

# It tells of every temporary folder that it makes; nobody who runs a night wants to know.
logging.getLogger("great_expectations").setLevel(logging.WARNING)
EXAMPLES = 3
# A report may have so many times its usual rows, or so small a part of them.
VOLUME = 3


@dataclass(frozen=True)
class Suite:
    """Expectations of one frame under a Chinese title."""

    title: str
    expectations: tuple[Expectation, ...]


def suites() -> Mapping[str, Suite]:
    """The suites that are written by hand, by the name of their frame."""
    return {
        "indicator": Suite(
            "指标值",
            (
                _none("negative", "指标值不为负"),
                _none("beyond", "比率的分子不大于分母"),
                _none("undeclared", "分组成员都在代码表中，没有姓名等其他内容"),
                _none("overcounted", "按时份数不多于已报份数，已报份数不多于应报份数"),
                _none("adrift", "指标、单位和期间都在名录中"),
            ),
        ),
        "part": Suite(
            "分组与合计",
            (_none("more", "各分组之和不大于合计"), _none("fewer", "每行必有分组的，各分组之和等于合计")),
        ),
        "balance": Suite(
            "全区与各单位",
            (
                _expect(ExpectColumnValuesToNotBeNull, "全区各指标、各期间都有值", column="districts"),
                _equal("of_district", "of_rows", "全区数等于全部来源行之和，没有一行落在单位名录之外"),
                _equal("of_district", "of_units", "全区数等于各单位之和"),
            ),
        ),
        "month": Suite("各月与各期间", (_none("uneven", "季、半年、年和年初至今的数等于各月之和"),)),
        "accounted": Suite(
            "应报单位",
            (
                _none("uncounted", "每个应报单位的每张报表都计入应报份数，没有单位无声消失"),
                _none("unheard", "收到的报表都计入已报份数"),
            ),
        ),
        "jump": Suite(
            "与上次发布比较",
            (
                _none("unexplained", "变动超过界限的指标值都有报送、撤回、放行或回填可查"),
                _none("redefined", "程序、口径或单位名录更新后，指标值变动不超过界限", "warning"),
            ),
        ),
        "volume": Suite(
            "报送数量",
            (
                _expect(
                    ExpectColumnValuesToBeBetween,
                    "每份报表的行数在前六个月中位数的三分之一至三倍之间",
                    "warning",
                    column="ratio",
                    min_value=1 / VOLUME,
                    max_value=VOLUME,
                ),
            ),
        ),
        "reference": Suite(
            "数据引用",
            (
                _none("orphaned", "每一行都属于一份登记在册的报送"),
                _none("unequal", "每份报送的行数与入库的行数相同"),
            ),
        ),
        "personal": Suite(
            "个人信息",
            (
                _none("is_personal", "对外数据没有整列显示个人信息"),
                _none("persons", "对外数据的文字不与敏感列的内容相同", "warning"),
                _none("numbers", "对外数据的文字中没有手机号码和身份证号码", "warning"),
            ),
        ),
    }


def form_suite(table_id: str) -> Suite:
    """The suite that follows from the definition of a form table: what a report must not have brought in."""
    _, table = tables()[table_id]
    title = described(table_id)
    own = [
        *(each for name, column in table.columns.items() for each in _of_column(title, name, column)),
        *(_none(name, f"{title}：{rule.message}") for name, rule in unique_rules(table)),
    ]
    return Suite(title, tuple(own))


def _of_column(title: str, name: str, column: Column) -> Iterator[Expectation]:
    where = f"{title}「{column.label}」"
    if column.required:
        yield _none(f"{name}__missing", f"{where}不为空")
    if column.codes:
        yield _none(f"{name}__unknown", f"{where}在代码表中")
    if column.minimum is not None:
        yield _expect(
            ExpectColumnMinToBeBetween,
            f"{where}不小于 {column.minimum:g}",
            column=f"{name}__least",
            min_value=column.minimum,
        )
    if column.maximum is not None:
        yield _most(f"{name}__most", f"{where}不大于 {column.maximum:g}", column.maximum)
    if column.max_length is not None:
        yield _most(f"{name}__longest", f"{where}不超过 {column.max_length} 字", column.max_length)


def _expect(kind: type[Expectation], rule: str, severity: Severity = "critical", **what: Any) -> Expectation:  # noqa: ANN401 -- of an expectation
    return kind(description=rule, severity=FailureSeverity(severity), meta={"rule": rule}, **what)


def _most(column: str, rule: str, most: float, severity: Severity = "critical") -> Expectation:
    return _expect(ExpectColumnMaxToBeBetween, rule, severity, column=column, max_value=most)


def _none(column: str, rule: str, severity: Severity = "critical") -> Expectation:
    """A figure that counts what is wrong is 0 everywhere."""
    return _most(column, rule, 0, severity)


def _equal(column: str, other: str, rule: str) -> Expectation:
    return _expect(ExpectColumnPairValuesToBeEqual, rule, column_A=column, column_B=other)


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

"""What is expected of a candidate and of the rows behind it, said to Great Expectations.

As its import takes seconds, this module is imported when an audit runs, by ``warehouse.gate_judge`` and nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
from warehouse.gate_findings import Severity
from warehouse.gate_forms import described, unique_rules

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
    if column.max_length is not None and column.at_rest == "plain":
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

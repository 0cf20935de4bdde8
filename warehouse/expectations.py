"""What is expected of a candidate, said to Great Expectations.

Its import takes seconds, so this module is imported by ``warehouse.gate`` when an audit runs, and by nothing else.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
    ExpectColumnPairValuesAToBeGreaterThanB,
)
from great_expectations.expectations.core.expect_column_pair_values_to_be_equal import (
    ExpectColumnPairValuesToBeEqual,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull

# It tells of every temporary folder that it makes; nobody who runs a night wants to know.
logging.getLogger("great_expectations").setLevel(logging.WARNING)
KEY = ("indicator_id", "unit_code", "period_kind", "start_on", "end_on")
EXAMPLES = 3


def suites() -> Mapping[str, ExpectationSuite]:
    """The expectations of each frame; the rule that each stands for is in its meta."""
    values = [
        *(ExpectColumnValuesToNotBeNull(column=name, meta={"rule": f"{name} 不为空"}) for name in KEY),
        ExpectColumnValuesToBeBetween(column="value", min_value=0, meta={"rule": "指标值不为负"}),
        ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="whole",
            column_B="part",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            meta={"rule": "比率的分子不大于分母"},
        ),
    ]
    balance = [
        ExpectColumnValuesToNotBeNull(column="districts", meta={"rule": "全区各指标、各期间都有值"}),
        ExpectColumnPairValuesToBeEqual(
            column_A="of_district",
            column_B="of_rows",
            meta={"rule": "全区数等于全部来源行之和，没有一行落在单位名录之外"},
        ),
        ExpectColumnPairValuesToBeEqual(
            column_A="of_district", column_B="of_units", meta={"rule": "全区数等于各单位之和"}
        ),
    ]
    return {
        "value": ExpectationSuite("value", expectations=values),
        "balance": ExpectationSuite("balance", expectations=balance),
    }


def failures(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """One line for each expectation that is not met: the rule, how often, and where for example.

    Args:
        frames: a frame for each suite, with a column ``place`` that says where a row stands.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("candidate")
    told = {"result_format": "SUMMARY", "unexpected_index_column_names": ["place"]}
    for name, suite in suites().items():
        whole = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe(name)
        result = whole.get_batch({"dataframe": frames[name]}).validate(suite, result_format=told)
        yield from (_explain(each) for each in result.results if not each.success)


def _explain(result: Any) -> str:  # noqa: ANN401 -- a result of Great Expectations
    found, rule = result.result, result.expectation_config.meta["rule"]
    if "unexpected_count" not in found:
        return f"{rule}：无法检查（{result.exception_info}）"
    places = dict.fromkeys(str(each["place"]) for each in found.get("partial_unexpected_index_list") or [])
    return f"{rule}：{found['unexpected_count']} 处不符，例如 {'；'.join(list(places)[:EXAMPLES])}"

from collections.abc import Mapping

import pandas as pd
import pytest

from warehouse.gate import check

VALUES = {
    "indicator_id": "deaths", "unit_code": "340404", "period_kind": "month", "start_on": "2021-03-01",
    "end_on": "2021-04-01", "place": "死亡人数 谢家集区", "value": 1.0, "part": 3.0, "whole": 4.0,
}  # fmt: skip
BALANCE = {"place": "死亡人数", "districts": 1.0, "of_district": 3.0, "of_units": 3.0, "of_rows": 3.0}


def failures_of(**changed: object) -> list[str]:
    """What the audit says of one ordinary value, with these cells changed."""

    def frame(cells: Mapping[str, object]) -> pd.DataFrame:
        return pd.DataFrame({name: changed.get(name, usual) for name, usual in cells.items()}, index=[0])

    return check({"value": frame(VALUES), "balance": frame(BALANCE)})


def test_an_ordinary_value_passes_the_audit() -> None:
    assert failures_of() == []
    assert failures_of(part=None, whole=None, value=None) == []


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"unit_code": None}, "unit_code 不为空"),
        ({"value": -1.0}, "指标值不为负"),
        ({"part": 5.0}, "比率的分子不大于分母"),
        ({"districts": None}, "全区各指标、各期间都有值"),
        ({"of_rows": 4.0}, "没有一行落在单位名录之外"),
        ({"of_units": 2.0}, "全区数等于各单位之和"),
    ],
)
def test_the_audit_names_the_rule_and_the_place(changed: dict[str, object], rule: str) -> None:
    (failure,) = failures_of(**changed)
    assert rule in failure
    assert "1 处不符，例如 死亡人数" in failure

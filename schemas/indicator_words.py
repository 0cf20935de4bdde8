"""How the settings of an indicator are said in Chinese."""

from collections.abc import Iterable

BETTER = {"lower": "越低越好", "higher": "越高越好", "none": "不分好坏"}
OVER_TIME = {"sum": "各月累加", "window": "按期间重新计算", "end": "取期末"}
OVER_UNITS = {"sum": "各单位累加", "distinct": "各单位去重", "min": "取各单位最小值", "max": "取各单位最大值"}
COMPARE = {"year_ago": "同比", "previous": "环比", "to_date": "累计"}
FORMULA = {"sum": "合计", "ratio": "分子÷分母", "all": "分子等于分母为是"}


def rolls_up(over_time: str, over_units: str, value: str) -> str:
    """How months and units make the whole; of a ratio the numerator and the denominator each do."""
    apart = "" if value == "sum" else "，分子分母分别汇总后再算"
    return f"{OVER_TIME[over_time]}，{OVER_UNITS[over_units]}{apart}"


def formula(value: str, factor: object) -> str:
    """How the value follows from what is added up."""
    return FORMULA[value] + ("" if factor == 1 else f"×{factor}")


def compared(compare: Iterable[str]) -> str:
    """With what it is compared; a dash where with nothing."""
    return "、".join(COMPARE[each] for each in compare) or "—"

"""Every slot that a template may have, and what it says: named ones, and groups with one for each indicator."""

from collections.abc import Callable, Mapping

from schemas.indicator import Indicator
from schemas.period import add_months
from schemas.wording import PERCENT, display_value
from tasks.summary.figures import Figures, a_year_ago, bare, compared, parts_of_whole, with_unit
from tasks.summary.slot import Slot

COUNTED = "起数"
_LEVELS = {"district": "区", "township": "乡镇（街道）", "village": "村（社区）"}


def _count(code: str) -> Callable[[Figures], Slot]:
    return lambda figures: _number(figures, code)


def _change(code: str) -> Callable[[Figures], Slot]:
    """As the bureau words it: 持平, 下降1人; the sentence before says with what it is compared."""

    def slot(figures: Figures) -> Slot:
        text = compared(figures.find(code), "下降").removeprefix("同比")
        return Slot(text, (code,), figures.mark(code), has_base=True)

    return slot


def _accident_list(figures: Figures) -> Slot:
    names = [str(row.values["accident_name"]) for row in figures.trace("ACC01", figures.period).rows]
    return Slot("、".join(names) or "无", ("ACC01",), figures.mark("ACC01"))


def _casualties(figures: Figures) -> Slot:
    """未造成人员伤亡 only where every unit has reported and nobody is dead, missing or injured."""
    codes = ("ACC02", "ACC04", "ACC01")
    deaths, injured = (value.value if (value := figures.find(code)) else None for code in codes[:2])
    missing = sum(_whole(row.values.get("missing_persons")) for row in figures.trace("ACC01", figures.period).rows)
    mark = figures.mark(*codes)
    if deaths is None or injured is None:
        return Slot("人员伤亡暂无数据", codes, mark)
    counts = ((deaths, "死亡"), (missing, "下落不明"), (injured, "受伤"))
    if harmed := [f"{count}人{how}" for count, how in counts if count]:
        return Slot(f"造成{'、'.join(harmed)}", codes, mark)
    return Slot("未接报人员伤亡" if mark else "未造成人员伤亡", codes, mark)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _coverage(figures: Figures) -> Slot:
    """全覆盖 only where the data prove it: at least one officer trained in every unit of each of the three levels."""
    codes, mark = ("OFF03", "OFF02"), figures.mark("OFF03")
    whole, levels = figures.find("OFF03"), figures.find("OFF02")
    if whole is not None and whole.value == 1:
        return Slot("区、乡镇（街道）和村（社区）三级信息员培训全覆盖", codes, mark)
    parts = [
        f"{_LEVELS.get(part.member, part.label)}{display_value(part.value, PERCENT, 1)}"
        f"（{part.numerator}/{part.denominator}）"
        for part in (levels.breakdown if levels else ())
        if part.value is not None
    ]
    return Slot(f"信息员培训覆盖率{'、'.join(parts)}" if parts else "信息员培训覆盖率暂无数据", codes, mark)


NAMED: Mapping[str, Callable[[Figures], Slot]] = {
    "acc_count": _count("ACC01"),
    "acc_list": _accident_list,
    "casualty_phrase": _casualties,
    "acc_yoy": _change("ACC01"),
    "deaths_yoy": _change("ACC02"),
    "training_sessions": _count("TRN01"),
    "officer_coverage_phrase": _coverage,
    "communities_applied": _count("COM01"),
    "gas_leaks_municipal": _count("INC02"),
}


def _value(figures: Figures, indicator: Indicator) -> Slot:
    value = figures.find(indicator.code)
    figure = value.value if value else None
    return Slot(with_unit(value), (indicator.code,), figures.mark(indicator.code), figure=figure)


def _number(figures: Figures, code: str) -> Slot:
    value = figures.find(code)
    measure, figure = (value.unit, value.value) if value else ("", None)
    return Slot(bare(value), (code,), figures.mark(code), measure, figure)


def _last(figures: Figures, indicator: Indicator) -> Slot:
    value = figures.find(indicator.code)
    return Slot(a_year_ago(value), (indicator.code,), figure=value.year_ago if value else None, has_base=True)


def _year_on_year(figures: Figures, indicator: Indicator) -> Slot:
    code = indicator.code
    return Slot(compared(figures.find(code)), (code,), figures.mark(code), has_base=True)


def _share(figures: Figures, indicator: Indicator) -> Slot:
    code = indicator.code
    return Slot(parts_of_whole(figures.find(code)), (code,), figures.mark(code))


def _occurred(figures: Figures, indicator: Indicator) -> Slot:
    """发生…1起; 未发生… only where every unit has reported."""
    value, what = figures.find(indicator.code), indicator.name.removesuffix(COUNTED)
    figure, mark = value.value if value else None, figures.mark(indicator.code)
    if figure is None:
        text = f"{what}暂无数据"
    elif figure == 0:
        text = f"{'未接报' if mark else '未发生'}{what}"
    else:
        text = f"发生{what}{with_unit(value)}"
    return Slot(text, (indicator.code,), mark, figure=figure)


GROUPS: Mapping[str, Callable[[Figures, Indicator], Slot]] = {
    "value": _value,
    "number": lambda figures, indicator: _number(figures, indicator.code),
    "last": _last,
    "yoy": _year_on_year,
    "share": _share,
    "occurred": _occurred,
}


def refusal(group: str, indicator: Indicator) -> str:
    """Why an indicator has no slot in a group; empty where it has one."""
    if group == "yoy" and "year_ago" not in indicator.compare:
        return f"{indicator.code} {indicator.name}不作同比"
    if group == "share" and indicator.value == "sum":
        return f"{indicator.code} {indicator.name}不是比率，没有分子分母"
    if group == "occurred" and not indicator.name.endswith(COUNTED):
        return f"occurred 只用于名称以“{COUNTED}”结尾的指标"
    return ""


def _reach(figures: Figures) -> str:
    """Said where the period is not over in the data; empty where it is."""
    if figures.last_month == add_months(figures.period.end_on, -1):
        return ""
    return f"{figures.period.title}的数据目前只到{figures.last_month.year}年{figures.last_month.month}月"


def _silence(figures: Figures) -> str:
    names = list(figures.silent_units())
    if not names:
        return "应报的报表均已报送"
    return f"{'、'.join(names)}有应报未报的报表，注“未报”和“*”的数字为暂定"


# Words about the whole, without a comment.
PLAIN: Mapping[str, Callable[[Figures], str]] = {
    "unit_name": lambda figures: figures.unit_name,
    "period_title": lambda figures: figures.period.title,
    "as_of": lambda figures: figures.day,
    "publication": lambda figures: str(figures.report.publication),
    "coverage_note": _reach,
    "silent_note": _silence,
}

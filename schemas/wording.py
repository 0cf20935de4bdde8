"""Figures as official bulletins word them: half-up rounding, and comparison with the same period last year (同比)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Number = Decimal | int | float
# The word for an absolute decrease and the one for an increase that goes with it; percentages always 上升 and 下降.
Verb = Literal["减少", "下降"]
_INCREASE: dict[Verb, str] = {"减少": "增加", "下降": "上升"}
# Below this base a percentage says nothing: one accident more is 「上升100%」.
SMALL_BASE = 10
YES_NO = "是/否"
PERCENT = "%"


def round_half_up(number: Number, decimals: int) -> Decimal:
    """The number rounded as offices round: 12.25 is 12.3, where Python's ``round`` gives 12.2."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def display_value(value: Number | None, unit: str, decimals: int) -> str:
    """A value with its unit as a table shows it; a dash where there is none."""
    if value is None:
        return "—"
    if unit == YES_NO:
        return "是" if value else "否"
    return f"{round_half_up(value, decimals)}{unit}"


def percentage(current: Number, base: Number) -> str:
    """The relative change with one decimal, 上升16.7% or 下降18.2%; empty on a base of 0 and where it rounds to 0."""
    if not base:
        return ""
    rate = (Decimal(str(current)) - Decimal(str(base))) / abs(Decimal(str(base))) * 100
    shown = round_half_up(rate, 1)
    return f"{'上升' if shown > 0 else '下降'}{abs(shown)}%" if shown else ""


def comparison(
    current: Number | None, base: Number | None, unit: str, decimals: int = 0, absolute_verb: Verb = "减少"
) -> str:
    """How a value compares with that of the same period last year, in one phrase.

    The decision table of the domain catalogue (7.2): an absolute difference always, a percentage only on a base of at
    least ten; none on a base of 0, which is named; percentages differ in percentage points; a missing base is no 0.
    """
    if current is None:
        return "本期无数据，暂不比较"
    if unit == YES_NO:
        return display_value(current, unit, decimals)
    if base is None:
        return "去年同期数据缺失，暂不比较"
    difference = round_half_up(Decimal(str(current)) - Decimal(str(base)), decimals)
    if not difference:
        return "同比持平"
    if unit == PERCENT:
        return f"同比{'上升' if difference > 0 else '下降'}{_plain(difference)}个百分点"
    verb = _INCREASE[absolute_verb] if difference > 0 else absolute_verb
    return f"同比{verb}{_plain(difference)}{unit}{_footing(current, base)}"


def _footing(current: Number, base: Number) -> str:
    """What follows the absolute difference: that the base is 0, or the percentage where it says something."""
    if not base:
        return "（去年同期为0）"
    relative = percentage(current, base) if current and base >= SMALL_BASE else ""
    return f"，{relative}" if relative else ""


def silence(missing: int, base_missing: int = 0) -> str:
    """A note on reports that never came, this year and last; empty when all came."""
    now = [f"{missing}家次未报"] if missing else []
    before = [f"去年同期{base_missing}家次未报"] if base_missing else []
    return f"（{'，'.join(now + before)}）" if now or before else ""


def _plain(number: Decimal) -> str:
    """The size of a difference without idle zeros: 7.20 is 7.2."""
    return f"{abs(number).normalize():f}"

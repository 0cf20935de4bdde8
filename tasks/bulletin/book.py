"""What the sections of a bulletin are composed from: the values of one publication, looked up and worded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

from schemas.calendar import SHANGHAI
from schemas.indicator import REPORTS, Indicator
from schemas.period import Period
from schemas.wording import PERCENT, SMALL_BASE, YES_NO, comparison, display_value, percentage, round_half_up
from tasks.bulletin.document import Figure, Source
from warehouse.behind import Spot
from warehouse.edition import Edition, Stored
from warehouse.listings import FiveElements
from warehouse.trace_rows import TraceRow

Base = Literal["year_ago", "previous"]
# It owes no report of this, and nothing happened there.
NOT_OWED = "／"
NO_BASE = "…"


@dataclass(frozen=True)
class Book:
    """Everything that a bulletin tells, read from one publication.

    ``names`` are those of the month. ``places`` are the townships and parks of the table by township, ``reporters`` all
    that report, both in order. ``rows`` are those behind the values that are listed one by one.
    """

    edition: Edition
    period: Period
    unit_code: str
    names: Mapping[str, str]
    places: tuple[str, ...]
    reporters: tuple[str, ...]
    indicators: Mapping[str, Indicator]
    values: Mapping[Spot, Stored]
    rows: Mapping[Spot, tuple[TraceRow, ...]]
    incidents: tuple[TraceRow, ...]
    elements: Mapping[str, FiveElements]

    @property
    def published_at(self) -> datetime:
        """When the publication was made, in Shanghai."""
        return self.edition.published_at.astimezone(SHANGHAI)

    @cached_property
    def to_date(self) -> Period:
        """From January to the month."""
        return Period.of("year_to_date", self.period.start_on)

    @property
    def unit_name(self) -> str:
        """The name of the unit in the month."""
        return self.names[self.unit_code]

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code of the catalogue."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Indicator]:
        return {each.code: each for each in self.indicators.values()}

    def spot(
        self, code: str, period: Period | None = None, unit_code: str | None = None, part: tuple[str, str] = ("", "")
    ) -> Spot:
        """Where a value stands; of the month and the unit, unless told otherwise."""
        return Spot(self.indicator(code).id, period or self.period, unit_code or self.unit_code, *part)

    def stored(self, spot: Spot) -> Stored | None:
        """The value there, if there is one."""
        return self.values.get(spot)

    def source(self, spot: Spot, rows: tuple[TraceRow, ...] | None = None) -> Source:
        """A value named in full; ``rows`` are those of its rows that are meant."""
        indicator = self.indicators[spot.indicator]
        member = indicator.members(spot.dimension).get(spot.member, "") if spot.dimension else ""
        names = (self.names[spot.unit_code], spot.period.title, f"{indicator.code} {indicator.name}", member)
        return Source(" · ".join(filter(None, names)), spot, rows)

    def figure(self, spot: Spot, *, with_unit: bool = False) -> Figure:
        """A value as it is printed: 未报 where nobody reported, a star where somebody did not."""
        indicator, stored = self.indicators[spot.indicator], self.stored(spot)
        if stored is None:
            return Figure(NOT_OWED)
        sources = (self.source(spot),)
        if stored.value is None and stored.missing and not stored.reports_received:
            return Figure("未报", sources=sources)
        text = display_value(stored.value, indicator.unit if with_unit else _yes_no(indicator), indicator.decimals)
        # What is missing is what indicators on reporting tell of.
        is_open = stored.missing > 0 and indicator.source != REPORTS
        return Figure(text, stored.value, indicator.decimals, sources, mark="*" if is_open else "")

    def part(self, spot: Spot) -> Figure:
        """As ``figure``, of a member of a breakdown: 0 where the whole is known and nothing is told of the member."""
        whole = self.stored(Spot(spot.indicator, spot.period, spot.unit_code))
        if self.stored(spot) or whole is None or whole.value is None:
            return self.figure(spot)
        decimals = self.indicators[spot.indicator].decimals
        return Figure(f"{0:.{decimals}f}", 0, decimals, (self.source(spot),))

    def change(self, spot: Spot, base: Base) -> Figure:
        """The difference to a year ago or to the period before as a table shows it; domain catalogue 7.2."""
        indicator, stored = self.indicators[spot.indicator], self.stored(spot)
        if stored is None or base not in indicator.compare:
            return Figure("")
        current, before = stored.value, getattr(stored, base)
        if current is None or before is None:
            return Figure("—" if current is None else NO_BASE)
        difference = round_half_up(current - before, indicator.decimals)
        return Figure(
            _signed(difference, before, current, indicator),
            difference,
            indicator.decimals,
            self._both(spot, base),
            "本期减去年同期" if base == "year_ago" else "本期减上期",
        )

    def phrase(self, spot: Spot) -> Figure:
        """The comparison with a year ago in words: 同比减少1起."""
        indicator, stored = self.indicators[spot.indicator], self.stored(spot)
        if stored is None:
            return Figure("暂无可比数据")
        words = comparison(stored.value, stored.year_ago, indicator.unit, indicator.decimals)
        change = None if None in (stored.value, stored.year_ago) else self.change(spot, "year_ago").amount
        return Figure(words, change, indicator.decimals, self._both(spot, "year_ago"), "本期减去年同期")

    def _both(self, spot: Spot, base: Base) -> tuple[Source, ...]:
        before = spot.period.a_year_ago() if base == "year_ago" else spot.period.before()
        now = self.source(spot)
        if before is None:
            return (now,)
        return now, self.source(Spot(spot.indicator, before, spot.unit_code, spot.dimension, spot.member))


def _yes_no(indicator: Indicator) -> str:
    """Of a table's numbers only 是 and 否 need their unit to be printed."""
    return YES_NO if indicator.unit == YES_NO else ""


def _signed(difference: Decimal, before: Decimal, current: Decimal, indicator: Indicator) -> str:
    if not difference:
        return "持平"
    sign = "+" if difference > 0 else "−"
    plain = f"{abs(difference).normalize():f}"
    if indicator.unit == PERCENT:
        return f"{sign}{plain}个百分点"
    if not before:
        return f"{sign}{plain}（基数0）"
    rate = percentage(current, before) if current and before >= SMALL_BASE else ""
    return f"{sign}{plain}（{rate.replace('上升', '+').replace('下降', '−')}）" if rate else f"{sign}{plain}"

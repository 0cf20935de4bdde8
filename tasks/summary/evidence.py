"""The text of a comment: what a figure is, of when it is, and the cells that it comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from schemas.form import tables
from schemas.indicator import Indicator
from schemas.period import Period
from schemas.unit import DISTRICT, Register
from tasks.summary.figures import Figures, a_year_ago, with_unit
from tasks.summary.problem import SummaryError
from tasks.summary.slot import Slot
from tasks.traced import cells_text, unit_name
from warehouse.register import wanted_indicator
from warehouse.sources import columns_used
from warehouse.trace import Trace
from warehouse.trace_rows import TraceRow

MOST_ROWS = 20
_LONGEST_CELLS = 300
# The first statement of a definition says what counts; the rest says what does not.
_FIRST_PART = re.compile(r"[^；。]*")


@dataclass(frozen=True)
class Evidence:
    """What the comments of a summary are written from."""

    figures: Figures
    register: Register

    def comment(self, slot: Slot) -> str:
        """All that stands behind a slot, one line a fact.

        Raises:
            SummaryError: a night published while the summary was being written: its rows are of other figures.
        """
        lines = [line for code in slot.codes for line in self._indicator(code, slot)]
        report = self.figures.report
        when = f"数据截至{self.figures.as_of:%Y-%m-%d %H:%M}，第{report.publication}次发布"
        return "\n".join([*lines, when])

    def _indicator(self, code: str, slot: Slot) -> Iterator[str]:
        indicator, value, period = wanted_indicator(code), self.figures.find(code), self.figures.period
        yield f"{code} {indicator.name}：{with_unit(value)}（{period.title}）"
        yield f"口径：{_FIRST_PART.match(indicator.definition)[0]}"  # type: ignore[index]
        if value is None:
            return
        yield f"已报/应报 {value.reports_received}/{value.reports_expected}"
        if value.silent_units:
            yield f"未报：{'、'.join(value.silent_units)}"
        if self.figures.trace(code, period).value != value.value:
            raise SummaryError("写总结时发布了新的一次数据，请再运行一次")
        yield from self._rows(indicator, period)
        if slot.has_base:
            yield f"去年同期（{period.a_year_ago().title}）：{a_year_ago(value)}"
            yield from self._base_rows(indicator, value.year_ago)

    def _rows(self, indicator: Indicator, period: Period) -> Iterator[str]:
        found = self.figures.trace(indicator.code, period)
        if not found.rows:
            yield "没有计入的行"
        for number, row in enumerate(found.rows[:MOST_ROWS], start=1):
            yield f"{number}. {self._row(indicator, row, period)}"
        if len(found.rows) > MOST_ROWS:
            yield f"其余{len(found.rows) - MOST_ROWS}行见 {_command(indicator, found)}"

    def _base_rows(self, indicator: Indicator, base: int | float | None) -> Iterator[str]:
        """None where the base is that of units as they are now, which the rows of then do not add up to."""
        before = self.figures.period.a_year_ago()
        if base is None:
            return
        if self.figures.trace(indicator.code, before).value == base:
            yield from self._rows(indicator, before)
        else:
            yield f"去年同期数按现行单位折算，当时的行见 huizong trace {indicator.code} {before.label}"

    def _row(self, indicator: Indicator, row: TraceRow, period: Period) -> str:
        who = unit_name(row, period, self.register)
        if row.form is None:
            return f"{who}：没有报送行"
        if row.file is None:
            return f"{who} {row.month}：未报"
        place = f"“{row.sheet}”第{row.row}行" if row.row else ""
        told = f"{who} {row.month} {PurePath(row.file).name}{place}"
        cells = cells_text(row, _columns(indicator, row.form)) if row.row else ""
        return f"{told}：{_cut(cells)}" if cells else told


def _columns(indicator: Indicator, table: str) -> frozenset[str]:
    """The columns by which the rows count, and the one that names a row."""
    first = next(iter(tables()[table][1].columns))
    return frozenset({first, *columns_used(indicator).get(table, ())})


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELLS else f"{text[: _LONGEST_CELLS - 1]}…"


def _command(indicator: Indicator, found: Trace) -> str:
    unit = "" if found.unit_code == DISTRICT else f" --unit {found.unit_code}"
    return f"huizong trace {indicator.code} {found.period}{unit}"

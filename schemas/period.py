"""Periods of reporting: month, quarter, half-year, year and year to date, half-open in days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Kind = Literal["month", "quarter", "half_year", "year", "year_to_date"]
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class PeriodError(ValueError):
    """The text names no period; the message says how one is written."""


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies that many months after the day's month."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A period from ``start_on`` up to but not including ``end_on``."""

    kind: Kind
    start_on: date
    end_on: date

    @classmethod
    def of(cls, kind: Kind, month: date) -> Self:
        """The period of that kind that contains the month; a year to date ends with it."""
        if kind == "year_to_date":
            return cls(kind, date(month.year, 1, 1), add_months(month, 1))
        length = _MONTHS[kind]
        start = date(month.year, (month.month - 1) // length * length + 1, 1)
        return cls(kind, start, add_months(start, length))

    @classmethod
    def parse(cls, text: str) -> Self:
        """A period from 2021-03, 2021-Q1, 2021-H1, 2021 or 2021-03-ytd.

        Raises:
            PeriodError: the text is none of these.
        """
        match = re.fullmatch(
            r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])(?P<ytd>-ytd)?))?",
            text.strip(),
            re.IGNORECASE,
        )
        if not match or int(match["year"]) == 0:
            raise PeriodError(f"期间「{text}」看不懂，请写成 2021-03、2021-Q1、2021-H1、2021 或 2021-03-ytd")
        year = int(match["year"])
        if match["quarter"]:
            return cls.of("quarter", date(year, int(match["quarter"]) * 3, 1))
        if match["half"]:
            return cls.of("half_year", date(year, int(match["half"]) * 6, 1))
        if match["month"]:
            return cls.of("year_to_date" if match["ytd"] else "month", date(year, int(match["month"]), 1))
        return cls.of("year", date(year, 1, 1))

    @property
    def label(self) -> str:
        """The period as the command line writes it."""
        year, month = self.start_on.year, self.start_on.month
        last = add_months(self.end_on, -1)
        return {
            "month": f"{year}-{month:02d}",
            "quarter": f"{year}-Q{(month + 2) // 3}",
            "half_year": f"{year}-H{(month + 5) // 6}",
            "year": f"{year}",
            "year_to_date": f"{last.year}-{last.month:02d}-ytd",
        }[self.kind]

    @property
    def title(self) -> str:
        """The period as a Chinese reader expects it."""
        year, month = self.start_on.year, self.start_on.month
        last = add_months(self.end_on, -1)
        return {
            "month": f"{year}年{month}月",
            "quarter": f"{year}年第{(month + 2) // 3}季度",
            "half_year": f"{year}年{'上' if month == 1 else '下'}半年",
            "year": f"{year}年",
            "year_to_date": f"{year}年1—{last.month}月",
        }[self.kind]

    def a_year_ago(self) -> "Period":
        """The same window one year earlier (同比)."""
        return Period(self.kind, add_months(self.start_on, -12), add_months(self.end_on, -12))

    def before(self) -> "Period | None":
        """The period just before (环比); None for a year to date, which is never compared so."""
        if self.kind == "year_to_date":
            return None
        return Period.of(self.kind, add_months(self.start_on, -1))

    def months(self) -> list[date]:
        """The first days of its months."""
        count = (self.end_on.year - self.start_on.year) * 12 + self.end_on.month - self.start_on.month
        return [add_months(self.start_on, step) for step in range(count)]


def periods_of(months: Iterable[date]) -> list[Period]:
    """Every period that contains one of the months; years to date end with one of them."""
    kinds: tuple[Kind, ...] = ("month", "quarter", "half_year", "year", "year_to_date")
    return sorted({Period.of(kind, month) for month in months for kind in kinds})

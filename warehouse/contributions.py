"""The rows behind an indicator: its SELECT as a subquery, to be added up or listed."""

from typing import Any

import sqlalchemy as sa

from schemas.indicator import Indicator

_ROW = {
    "source_id": sa.BigInteger,
    "unit_code": sa.Text,
    "on_date": sa.Date,
    "numerator": sa.Numeric,
    "denominator": sa.Numeric,
}
_WINDOW = {"period_kind": sa.Text, "start_on": sa.Date, "end_on": sa.Date}


def columns_of(indicator: Indicator) -> list[str]:
    """The columns that the SELECT of an indicator has to give."""
    window = _WINDOW if indicator.over_time == "window" else {}
    return [*_ROW, *window, *([indicator.breakdown] if indicator.breakdown else [])]


def contributions(indicator: Indicator) -> sa.Subquery:
    """The contributing rows of an indicator, one over a window for every row of the relation ``period``."""
    types = {**_ROW, **_WINDOW}
    columns: list[sa.ColumnClause[Any]] = [sa.column(name, types.get(name, sa.Text)) for name in columns_of(indicator)]
    return sa.text(indicator.sql).columns(*columns).subquery("contribution")

"""The temporary tables in which values are computed, from sums of contributing rows to the candidate."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from warehouse import mart
from warehouse.temporary import temp_table

_KEY: Mapping[str, type[sa.types.TypeEngine[Any]]] = {"period_kind": sa.Text, "start_on": sa.Date, "end_on": sa.Date}


def _key() -> list[sa.Column[object]]:
    return [sa.Column(name, kind, nullable=False) for name, kind in _KEY.items()]


def _sums() -> list[sa.Column[object]]:
    """What is added up; ``evidence`` counts the rows that somebody reported."""
    return [
        sa.Column("numerator", sa.Numeric),
        sa.Column("denominator", sa.Numeric),
        sa.Column("evidence", sa.BigInteger, nullable=False),
    ]


def _share() -> list[sa.Column[object]]:
    """Whose sum it is: an indicator's, in a unit, of all rows or of one member of the breakdown."""
    names = ("indicator_id", "unit_code", "dimension", "member")
    return [sa.Column(name, sa.Text, nullable=name == "unit_code") for name in names]


computed_month = temp_table("computed_month", sa.Column("month", sa.Date, primary_key=True))
period = temp_table(
    "period",
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("start_on", sa.Date, primary_key=True),
    sa.Column("end_on", sa.Date, primary_key=True),
    # The day after the last that is known of it, for what stands at its end.
    sa.Column("until_on", sa.Date, nullable=False),
)
indicator_setting = temp_table(
    "indicator_setting",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    sa.Column("value_kind", sa.Text, nullable=False),
    sa.Column("factor", sa.Numeric, nullable=False),
    sa.Column("is_share", sa.Boolean, nullable=False),
    sa.Column("is_end", sa.Boolean, nullable=False),
    sa.Column("over_units", sa.Text, nullable=False),
)
indicator_form = temp_table(
    "indicator_form",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, primary_key=True),
)
# The indicators whose sums may differ from the kept ones, from which day on, and the first month not known then.
touched = temp_table(
    "touched",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("fresh_from", sa.Date),
)
# Sums of contributing rows by their own unit: of months, and of whole periods where months do not add up.
month_sum = temp_table("month_sum", *_share(), sa.Column("month", sa.Date, nullable=False), *_sums())
period_sum = temp_table("period_sum", *_share(), *_key(), *_sums())
# What does not add up over units, by every unit above.
gathered = temp_table("gathered", *_share(), *_key(), *_sums())
# The periods of each indicator that are computed: those that are wanted, and those that these are compared with.
needed = temp_table(
    "needed",
    sa.Column("indicator_id", sa.Text, primary_key=True),
    *(sa.Column(name, kind, primary_key=True) for name, kind in _KEY.items()),
    sa.Column("is_wanted", sa.Boolean, nullable=False),
)
# The sums by every unit above, by period.
total = temp_table("total", *_share(), *_key(), *_sums())
candidate = temp_table(
    "candidate",
    *(sa.Column(column.name, column.type, nullable=not column.primary_key) for column in mart.VALUE),
)
# The places at which the candidate is not what is published; made when the two are compared.
difference = sa.Table(
    "difference",
    sa.MetaData(),
    *(sa.Column(name, mart.published_value.c[name].type, nullable=False) for name in mart.KEY),
    sa.Column("was_there", sa.Boolean, nullable=False),
    sa.Column("is_there", sa.Boolean, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)

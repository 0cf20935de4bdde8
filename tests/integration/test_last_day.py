"""What is valid until the last day of a period is valid at its end: 有效期至 names a day that still counts."""

import pytest

from tests.integration.builders import Row, report
from tests.integration.facts import STREET, plan, supply
from tests.integration.published import publish_all, value_of
from warehouse.engine import Engine


@pytest.mark.parametrize(("until", "rate"), [("2021-03-30", 0), ("2021-03-31", 100), ("2021-04-01", 100)])
@pytest.mark.parametrize("indicator", ["PLN02", "SUP01"])
def test_a_plan_and_supplies_are_valid_on_the_day_until_which_they_are(
    engine: Engine, indicator: str, until: str, rate: int
) -> None:
    rows: dict[str, tuple[str, str, Row]] = {
        "PLN02": ("plan_drill", "plan", plan(filed_on="2020-04-01", valid_until=until)),
        "SUP01": ("team_supply", "supply", supply("救生衣", 60.0, quota=50.0, expires_on=until)),
    }
    form, table, row = rows[indicator]
    publish_all(engine, report(form, STREET, "2021-03", tables={table: [row]}))
    assert value_of(engine, indicator, "2021-03").value == rate

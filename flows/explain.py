"""``huizong explain``: one indicator in full, or the page of all of them."""

import sys
from dataclasses import asdict

from flows import show
from flows.commands import print_json, unit_code_of
from flows.house import open_house
from flows.pages import indicators_page_now
from flows.settings import SettingsError, load_settings
from flows.show_explain import explanation_page
from warehouse.explain import explain
from warehouse.register import use_own_indicators


def show_indicator(indicator: str, unit: str, *, as_json: bool) -> None:
    """What an indicator is and the last values of a unit."""
    house = open_house(load_settings())
    found = explain(house.engine, indicator, unit_code_of(house, unit))
    if as_json:
        print_json(asdict(found))
    else:
        explanation_page(found, house.register, show.console())


def show_page(*, as_json: bool) -> None:
    """The page of all indicators, the office's own among them; it needs no warehouse.

    Raises:
        SettingsError: JSON is asked for, which is of one indicator.
    """
    if as_json:
        raise SettingsError("--json 只说明一个指标，请写出指标的标识或编号")
    use_own_indicators(load_settings().own_indicators)
    sys.stdout.write(indicators_page_now())

"""``huizong changes``: what is published now compared with a bulletin, and why it differs."""

from dataclasses import asdict

from flows import show
from flows.commands import print_json, unit_code_of
from flows.house import open_house
from flows.settings import load_settings
from flows.show_changes import changes_table
from schemas.period import Period
from warehouse.changes import changes


def show_changes(period_text: str, since: int | None, unit: str | None, *, as_json: bool) -> None:
    """Every value of a period that differs between a publication and the latest one."""
    period = Period.parse(period_text)
    house = open_house(load_settings())
    found = changes(house.engine, period, since, unit_code_of(house, unit) if unit else None)
    if as_json:
        print_json(asdict(found))
    else:
        changes_table(found, period, show.console())

"""Which columns and views an indicator reads, told from its SELECT."""

import pytest

from schemas.form import tables
from schemas.indicator import REPORTS, Indicator
from warehouse.register import load_indicators
from warehouse.sources import columns_used, counted_views

EVERY = list(load_indicators().values())


def of(code: str) -> Indicator:
    return next(each for each in EVERY if each.code == code)


@pytest.mark.parametrize(
    ("code", "table", "columns"),
    [
        ("ENF13", "inspection", ("check_type", "visits")),
        ("HAZ04", "hazard", ("hazard_no", "found_on", "verified_on")),
        ("INC02", "incident", ("incident_no", "occurred_at", "town_code", "incident_type", "cause_code")),
        ("OFF02", "officer", ("place_code", "last_trained_on")),
        ("CMP02", "hazard", ("hazard_no", "found_on", "campaign_code")),
    ],
)
def test_columns_are_those_that_the_select_or_its_view_decides_by(
    code: str, table: str, columns: tuple[str, ...]
) -> None:
    assert columns_used(of(code)) == {table: columns}


def test_what_decides_whether_an_accident_counts_is_used_by_every_count_of_accidents() -> None:
    used = set(columns_used(of("ACC01"))["accident"])
    assert {"stage", "is_production", "override_reason", "direct_loss_wan", "entered_at"} <= used
    assert not {"place", "received_at", "uscc"} & used


def test_each_of_two_forms_has_its_own_columns() -> None:
    assert columns_used(of("ENF12")) == {"inspection": ("visits",), "penalty": ("decision_no", "decided_on")}


def test_indicators_of_reports_use_no_column_of_a_form() -> None:
    assert all(not columns_used(each) for each in EVERY if each.source == REPORTS)


def test_every_source_is_used_and_every_breakdown_is_a_column_that_is_used() -> None:
    for each in EVERY:
        if each.source != REPORTS and each.code not in ("OFF02", "OFF03"):
            used = columns_used(each)
            assert set(used) == set(each.source)
            assert all(set(each.breakdown) & set(tables()[table][1].columns) <= set(used[table]) for table in used)


def test_a_view_says_which_of_its_rows_count() -> None:
    (words,) = counted_views(of("ACC01")).values()
    assert words.startswith("Accidents that count in the statistics, one row each")


def test_every_view_that_an_indicator_reads_is_described() -> None:
    assert all(all(counted_views(each).values()) for each in EVERY)

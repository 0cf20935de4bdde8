import pytest

from schemas.period import Period
from tests.integration.builders import build_batch, report
from tests.integration.facts import BUREAU, DISTRICT, HOUSING, STREET, TOWN, accident, officer, training
from tests.integration.published import publish_all, value_of
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.load import load
from warehouse.publish import publish
from warehouse.trace import Trace, trace


def traced(engine: Engine, indicator: str, period: str, unit_code: str = DISTRICT) -> Trace:
    return trace(engine, indicator, Period.parse(period), unit_code)


def test_a_death_leads_to_its_file_sheet_row_and_cell(engine: Engine) -> None:
    publish_all(
        engine,
        report(
            "accident", STREET, "2020-05", accident("2020-05-04"), accident("2020-05-16", deaths=1), name="五月.xlsx"
        ),
    )
    found = traced(engine, "deaths", "2020-H1")
    (row,) = found.rows
    assert (found.indicator, found.period, found.unit_code, found.value) == ("deaths", "2020-H1", DISTRICT, 1)
    assert (row.form, row.unit_code, row.month, row.file) == ("accident", STREET, "2020-05", "/inbox/五月.xlsx")
    assert (row.sheet, row.row, row.cells["accident_no"], row.cells["deaths"]) == ("生产安全事故登记表", 4, "A", "O")
    assert (row.values["deaths"], row.values["direct_loss_wan"], row.numerator, row.denominator) == (1, 128, 1, None)


def test_the_report_that_counts_is_the_one_that_is_listed(engine: Engine) -> None:
    publish_all(
        engine,
        report("accident", STREET, "2021-03", accident("2021-03-09")),
        report("accident", HOUSING, "2021-03", accident("2021-03-09", reporter_role="industry")),
    )
    assert [row.unit_code for row in traced(engine, "ACC01", "2021-03", STREET).rows] == [HOUSING]


def test_a_row_lies_in_the_period_in_which_it_counts_whenever_it_was_reported(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", BUREAU, "2021-03", training("2021-03-05")),
        report("training", BUREAU, "2021-04", training("2021-03-30"), training("2021-04-05")),
    )
    assert [row.month for row in traced(engine, "TRN02", "2021-03").rows] == ["2021-03", "2021-04"]
    assert [row.month for row in traced(engine, "TRN02", "2021-04").rows] == ["2021-04"]


def test_a_unit_is_traced_without_its_neighbours(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", STREET, "2021-03", training("2021-03-05")),
        report("training", TOWN, "2021-03", training("2021-03-06")),
    )
    assert [row.unit_code for row in traced(engine, "TRN02", "2021-03", TOWN).rows] == [TOWN]


def test_names_and_phones_are_never_shown(engine: Engine) -> None:
    publish_all(engine, report("officer_community", STREET, "2021-03", officer(STREET, "2021-03-11")))
    (row,) = (row for row in traced(engine, "OFF02", "2021-03", STREET).rows if row.form)
    assert row.values["place_code"] == STREET
    assert not {"name", "phone"} & (row.values.keys() | row.cells.keys())


def test_a_place_without_training_is_listed_without_a_source(engine: Engine) -> None:
    publish_all(engine, report("officer_community", STREET, "2021-03", officer(STREET, "2020-03-11")))
    (row,) = traced(engine, "OFF02", "2021-03", STREET).rows
    assert (row.unit_code, row.numerator, row.denominator) == (STREET, 0, 1)
    assert (row.form, row.month, row.file, row.sheet, row.row, row.cells, row.values) == (None,) * 5 + ({}, {})


def test_an_indicator_is_named_by_its_id_or_its_code_in_any_case(engine: Engine) -> None:
    assert {traced(engine, name, "2021-03").indicator for name in ("deaths", "Deaths", "ACC02", "acc02")} == {"deaths"}


def test_an_unknown_indicator_is_refused_with_those_there_are(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match=r"没有指标「ACC99」.*ACC02 deaths"):
        traced(engine, "ACC99", "2021-03")


def test_a_published_number_leads_to_the_rows_it_was_made_from_even_when_newer_ones_are_here(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05"), name="v1.xlsx"))
    corrected = report("training", BUREAU, "2021-03", training("2021-03-06"), training("2021-03-07"), version=2)
    load(engine, build_batch(corrected))
    found = traced(engine, "TRN02", "2021-03")
    assert (found.value, [row.file for row in found.rows]) == (1, ["/inbox/v1.xlsx"])
    publish(engine, "test")
    assert len(traced(engine, "TRN02", "2021-03").rows) == value_of(engine, "TRN02", "2021-03").value == 2


def test_before_the_first_publication_there_is_no_value(engine: Engine) -> None:
    load(engine, build_batch(report("training", BUREAU, "2021-03", training("2021-03-05"))))
    found = traced(engine, "TRN02", "2021-03")
    assert (found.value, len(found.rows)) == (None, 1)

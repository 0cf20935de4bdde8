"""What is asked of a backfill is held to sense, in Chinese, before anything is opened."""

from datetime import date

import pytest
from pydantic import ValidationError

from flows.backfill_request import BackfillRequest


@pytest.mark.parametrize("written", ["2021-03", "2021-03-31", date(2021, 3, 9)])
def test_any_day_of_a_month_is_the_month(written: object) -> None:
    request = BackfillRequest.model_validate({"from_month": written, "to_month": written})

    assert (request.from_month, request.to_month) == (date(2021, 3, 1), date(2021, 3, 1))


@pytest.mark.parametrize("written", ["F06", "f06", "training", "F06 安全教育培训台账"])
def test_a_form_is_known_by_its_code_its_id_and_as_the_page_lists_it(written: str) -> None:
    request = BackfillRequest.model_validate({"from_month": "2021-03", "to_month": "2021-03", "form": written})

    assert request.form_id == "training"


def test_without_more_a_request_is_a_preview_of_all() -> None:
    request = BackfillRequest.model_validate({"from_month": "2021-03", "to_month": "2021-03"})

    assert (request.dry_run, request.form_id, request.unit, request.reopen) == (True, None, "", False)


MARCH = {"from_month": "2021-03", "to_month": "2021-03"}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({}, "请写明起止月份"),
        ({"from_month": "2021-03"}, "请写明起止月份"),
        ({**MARCH, "from_month": "三月"}, "「三月」不是月份，请写成 2021-03"),
        ({**MARCH, "from_month": "2021-Q1"}, "「2021-Q1」不是月份，请写成 2021-03"),
        ({**MARCH, "from_month": "2021-04"}, "起始月份 2021-04 晚于截止月份 2021-03"),
        ({**MARCH, "form": "F99"}, "没有报表「F99」"),
        ({**MARCH, "reopen": True, "reason": " "}, "须写明理由"),
        ({**MARCH, "resume": 3}, "请都不填"),
    ],
)
def test_what_makes_no_sense_is_said(said: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        BackfillRequest.model_validate(said)

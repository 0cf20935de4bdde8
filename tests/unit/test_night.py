"""What a night is asked on Prefect's page, and what it tells there."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from prefect.utilities.callables import parameter_schema
from pydantic import ValidationError
from rich.console import Console

from flows.artifacts import summary
from flows.night import NightReport, NightRequest
from flows.nightly import nightly
from flows.show import night_report
from schemas.unit import load_register
from tasks.visit import Down, Waiting
from warehouse.runs import Brought

STREET = "340404001"
QUIET = NightReport(
    files=0,
    accepted=0,
    rejected=0,
    identical=0,
    held=0,
    unreadable=0,
    rows=0,
    values=12,
    changed=0,
    publication=None,
    missed=(),
    unfinished=(),
)
SPRING = tuple(date(2021, month, 1) for month in (2, 3, 4, 6))
SENT_BACK = Brought(STREET, "training", SPRING, SPRING[:3], 1, 3, 0, 0, 0, 2, 0)


def test_the_form_asks_for_a_day_in_chinese_and_for_nothing_secret() -> None:
    schema = parameter_schema(nightly).model_dump()
    assert list(schema["properties"]) == ["request"]
    asked = schema["definitions"]["NightRequest"]["properties"]
    assert list(asked) == ["today"]
    assert asked["today"]["title"] == "当作哪一天运行"
    assert {"format": "date", "type": "string"} in asked["today"]["anyOf"]


def test_what_is_not_asked_is_refused() -> None:
    with pytest.raises(ValidationError, match="inbox"):
        NightRequest.model_validate({"inbox": "sftp://user:secret@host/"})


def test_a_night_without_news_says_that_nothing_was_audited() -> None:
    told = summary(QUIET, [], load_register())
    assert "指标没有变化（12 个值），没有需要审核的" in told
    assert "退回" not in told.partition("## ")[2]


def test_what_went_back_is_told_by_unit_form_and_month() -> None:
    told = summary(replace(QUIET, files=1, rejected=1), [SENT_BACK], load_register())
    assert "| 谢家集街道 | F06 安全教育培训台账 | 2021-02 至 2021-04 | 3 | 2 |" in told


def test_a_report_without_unit_and_month_is_told_as_such() -> None:
    nobody = Brought(None, "training", (), (), 0, 1, 0, 0, 0, 1, 0)
    assert "| （单位不明） | F06 安全教育培训台账 | （月份不明） | 1 | 1 |" in summary(
        replace(QUIET, files=1, rejected=1), [nobody], load_register()
    )


def test_nights_that_were_made_up_for_are_told_in_the_time_of_shanghai() -> None:
    began = datetime(2021, 4, 6, 18, 0, 5, tzinfo=UTC)
    night = replace(QUIET, missed=(date(2021, 4, 7), date(2021, 4, 8)), unfinished=(began,))
    assert ["04-07、04-08" in night.made_up[0], "04-07 02:00" in night.made_up[1]] == [True, True]
    assert all(said in summary(night, [], load_register()) for said in night.made_up)
    assert night.as_json()["missed"] == ["2021-04-07", "2021-04-08"]


def test_sources_that_were_down_and_files_that_wait_are_told() -> None:
    night = replace(
        QUIET,
        sources_down=(Down("sftp://office@host/inbox", "连接超时"),),
        waiting=tuple(Waiting(f"/inbox/{number}.xlsx", "正在写入") for number in range(12)),
    )
    told = summary(night, [], load_register())
    assert "- 来源未收：sftp://office@host/inbox：连接超时" in told
    assert "/inbox/9.xlsx（正在写入）等 12 个" in told
    assert (QUIET.needs_somebody, night.needs_somebody) == (False, True)
    assert night.as_json()["sources_down"] == ({"source": "sftp://office@host/inbox", "reason": "连接超时"},)
    shown = Console(width=300, record=True, file=StringIO(), force_terminal=True)
    night_report(night, shown)
    assert "\x1b[31m来源未收：sftp://office@host/inbox：连接超时。" in shown.export_text(styles=True)

"""``huizong explain``: what an indicator is, where it comes from, and what it was last."""

import json
from pathlib import Path

import pytest

from tests.integration.builders import report
from tests.integration.facts import DISTRICT, STREET, TOWN, accident, training
from tests.integration.huizong import huizong
from tests.integration.published import publish_all
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.explain import explain


def test_the_last_month_year_to_date_and_half_year_of_a_unit_are_told(engine: Engine) -> None:
    publish_all(
        engine,
        report("training", TOWN, "2021-03", training("2021-03-05")),
        report("training", TOWN, "2021-04", training("2021-04-05"), training("2021-04-06")),
        report("training", STREET, "2021-04", training("2021-04-07")),
    )
    found = explain(engine, "TRN02", TOWN)
    assert [(value.period, value.value) for value in found.values] == [
        ("2021-04", 2),
        ("2021-04-ytd", 3),
        ("2021-H1", 3),
    ]
    assert found.values[0].reports_received == 1
    assert found.as_of


def test_a_definition_comes_with_its_columns_its_view_and_its_regulations(engine: Engine) -> None:
    found = explain(engine, "deaths", DISTRICT)
    (source,) = found.sources
    assert (found.code, found.formula, found.factor, source.form_code) == ("ACC02", "sum", 1, "F01")
    assert source.columns["deaths"] == "死亡人数"
    assert found.definition.startswith("发生日期在期内、列入统计的事故的死亡人数")
    assert "one row each" in found.counted["form.counted_accident"]
    assert {"国务院令第493号第三条", "安监总厅统计〔2016〕80号第五条"} <= set(found.regulations)
    assert found.sql.startswith("SELECT")


def test_a_breakdown_has_the_labels_of_the_form_and_reports_have_no_source(engine: Engine) -> None:
    (level,) = explain(engine, "OFF02", DISTRICT).breakdown
    rate = explain(engine, "SUB02", DISTRICT)
    assert (level.label, dict(level.members)["village"]) == ("行政层级", "村社区")
    assert (rate.sources, rate.breakdown[0].members["accident"]) == ((), "生产安全事故登记表")


def test_an_indicator_that_was_left_out_says_why_and_an_unknown_one_which_there_are(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match=r"ENF02 检查覆盖率没有计算：.*统一社会信用代码"):
        explain(engine, "enf02", DISTRICT)
    with pytest.raises(WarehouseError, match=r"没有指标「ACC99」.*ACC02 deaths"):
        explain(engine, "ACC99", DISTRICT)


def test_the_command_prints_what_there_is_before_anything_was_published(tmp_path: Path, warehouse_url: str) -> None:
    done = huizong(tmp_path / "home", "explain", "HAZ04", HUIZONG_WAREHOUSE_URL=warehouse_url)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "HAZ04 隐患整改率",
        "分母为排查日期在期内的隐患",
        "form.counted_hazard",
        "F05",
        "hazard_no",
        "还没有发布过",
    ):
        assert words in done.stdout
    for english in ("A cohort", "one row each"):
        assert english not in done.stdout


def test_the_command_prints_the_last_values_and_the_same_as_json(
    tmp_path: Path, engine: Engine, warehouse_url: str
) -> None:
    publish_all(engine, report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1)))
    settings = {"HUIZONG_WAREHOUSE_URL": warehouse_url}
    page = huizong(tmp_path / "home", "explain", "ACC02", "--unit", STREET, **settings)
    told = huizong(tmp_path / "home", "explain", "ACC02", "--unit", STREET, "--json", **settings)
    assert "2021年3月" in page.stdout
    month = json.loads(told.stdout)["values"][0]
    assert (month["period"], month["value"]) == ("2021-03", 1)


def test_an_unknown_indicator_is_wrong_use(tmp_path: Path, warehouse_url: str) -> None:
    done = huizong(tmp_path / "home", "explain", "ACC99", HUIZONG_WAREHOUSE_URL=warehouse_url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("没有指标「ACC99」")

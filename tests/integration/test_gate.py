"""What the gate stops and what it lets pass with a warning; whatever it stops, the mart shows yesterday."""

import os
import re
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from schemas.unit import Register
from tests.integration.builders import Report, build_batch, report
from tests.integration.conftest import own_database
from tests.integration.facts import (
    BUREAU,
    STREET,
    TOWN,
    accident,
    community,
    hazard,
    officer,
    team,
    training,
)
from tests.integration.published import publish_all, value_of
from warehouse import mart
from warehouse import tables as t
from warehouse.acts import Act, withdraw
from warehouse.engine import Engine, open_engine
from warehouse.gate import GateFailed
from warehouse.gate_findings import Finding, findings_of
from warehouse.load import load
from warehouse.publish import publish
from warehouse.register import use_own_indicators
from warehouse.setup import prepare

OWN = """-- id: own_count
-- code: OWN01
-- name: 自定指标
-- name_en: Own count
-- definition: 按本单位口径统计的数。
-- unit: 处
-- better: none
-- over_time: sum
-- source: {source}
-- breakdown: {breakdown}

SELECT
    source_id,
    unit_code,
    {day} AS on_date,
    1 AS numerator,
    NULL::bigint AS denominator,
    {member} AS {breakdown}
FROM form.{source}
"""


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text(statement))


def definition(engine: Engine, view: str) -> str:
    with engine.connect() as connection:
        text: str = connection.execute(sa.text(f"SELECT pg_get_viewdef('{view}'::regclass)")).scalar_one()
    return text.rstrip().removesuffix(";")


def mart_now(engine: Engine) -> list[tuple[object, ...]]:
    """All that a dashboard reads of values and publications."""
    with engine.connect() as connection:
        values = connection.execute(sa.select(mart.indicator_value)).all()
        publications = connection.execute(sa.select(mart.publication)).all()
    return sorted((tuple(row) for row in (*values, *publications)), key=repr)


@pytest.fixture(scope="module")
def yesterday(server_url: str, template: str) -> Iterator[str]:
    """A database with a publication, to be copied."""
    held = [training(f"2021-03-0{day}", day) for day in range(1, 4)]
    for url in own_database(server_url, template):
        engine = open_engine(url)
        publish_all(
            engine,
            report("training", BUREAU, "2021-03", *held),
            report("training", TOWN, "2021-03", held[0]),
            report("hazard", STREET, "2021-03", hazard("2021-03-02", responsible="欧阳某某")),
        )
        engine.dispose()
        yield str(sa.make_url(url).database)


@pytest.fixture
def stopped(server_url: str, yesterday: str) -> Iterator[Engine]:
    """A warehouse in which the next publication is stopped: afterwards the mart shows yesterday's."""
    for url in own_database(server_url, yesterday):
        engine = open_engine(url)
        before = mart_now(engine)
        yield engine
        assert mart_now(engine) == before
        engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of an office's own indicators, which this process forgets afterwards."""
    yield tmp_path
    use_own_indicators(tmp_path / "missing")


def add_own(engine: Engine, register: Register, folder: Path, **said: str) -> None:
    (folder / "own.sql").write_text(OWN.format(**said), encoding="utf-8")
    use_own_indicators(folder)
    prepare(engine, register)


def another(day: int = 9) -> Report:
    """A small report of the street, so that a publication is due."""
    return report("training", STREET, "2021-03", training(f"2021-03-{day:02d}", day))


def test_a_broken_total_is_stopped(stopped: Engine, register: Register, folder: Path) -> None:
    lost = "nullif(category, 'safety_knowledge')"
    add_own(stopped, register, folder, source="training", breakdown="category", day="ended_on", member=lost)

    with pytest.raises(GateFailed, match=r"每行必有分组的，各分组之和等于合计：.*自定指标 category"):
        publish_all(stopped, another())


def test_a_row_outside_the_register_is_stopped(stopped: Engine) -> None:
    lost = {"officer": [officer(STREET, None)], "community": [community("349999999999", "2021-03-18")]}

    with pytest.raises(GateFailed, match=r"没有一行落在单位名录之外.*综合减灾示范社区申报数"):
        publish_all(stopped, report("officer_community", STREET, "2021-03", tables=lost))


def test_a_unit_that_is_silently_left_out_is_stopped(stopped: Engine) -> None:
    known = definition(stopped, "core.known_obligation")
    run(stopped, f"CREATE OR REPLACE VIEW core.known_obligation AS SELECT * FROM ({known}) AS k"
        f" WHERE NOT (unit_code = '{TOWN}' AND form = 'training')")  # fmt: skip

    with pytest.raises(GateFailed, match=r"没有单位无声消失：.*唐山镇 2021-03"):
        publish_all(stopped, another())


def test_a_personal_name_in_the_mart_is_stopped_and_not_repeated(
    stopped: Engine, register: Register, folder: Path, tmp_path: Path
) -> None:
    add_own(stopped, register, folder, source="hazard", breakdown="level", day="found_on", member="responsible")
    load(stopped, build_batch(another()))

    with pytest.raises(GateFailed, match=r"没有姓名等其他内容：.*自定指标") as failure:
        publish(stopped, "test", site=tmp_path / "data_docs")

    pages = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "data_docs").iterdir())
    assert "没有姓名等其他内容" in pages
    assert "欧阳某某" not in pages + str(failure.value)


def test_a_column_of_names_in_a_view_of_the_mart_is_stopped(stopped: Engine) -> None:
    run(stopped, "CREATE VIEW mart.contact AS SELECT responsible AS who FROM form.hazard")
    load(stopped, build_batch(report("hazard", TOWN, "2021-03", hazard("2021-03-03", 2, responsible="司马某某"))))

    with pytest.raises(GateFailed, match=r"没有整列显示个人信息：1 处不符，例如 mart.contact who"):
        publish(stopped, "test")


def break_trainings(engine: Engine) -> None:
    """Count every training of a town five times: a slip of whoever edits a view in the database."""
    counted = definition(engine, "form.counted_training")
    run(engine, f"CREATE OR REPLACE VIEW form.counted_training AS SELECT c.* FROM ({counted}) AS c"
        f" CROSS JOIN generate_series(1, CASE WHEN c.unit_code = '{TOWN}' THEN 5 ELSE 1 END)")  # fmt: skip


def test_a_jump_that_no_report_explains_is_stopped(stopped: Engine) -> None:
    break_trainings(stopped)

    with pytest.raises(GateFailed, match=r"都有报送、撤回、放行或回填可查：.*唐山镇 2021-03"):
        publish_all(stopped, another())


def test_a_jump_that_a_report_or_an_act_explains_passes(engine: Engine) -> None:
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-01")))
    many = [training(f"2021-03-{day:02d}", day) for day in range(1, 9)]
    publish_all(engine, report("training", TOWN, "2021-03", *many, version=2))
    assert value_of(engine, "TRN02", "2021-03", TOWN).value == 8

    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-09")))
    withdraw(engine, "training", TOWN, date(2021, 3, 1), Act(who="王科长", why="报错了单位"))
    publish(engine, "test")
    assert value_of(engine, "TRN02", "2021-03").value == 1


def test_a_jump_that_a_report_of_another_unit_explains_passes(engine: Engine) -> None:
    ours = accident("2021-03-09", deaths=3, reporter_role="locality")
    publish_all(engine, report("accident", STREET, "2021-03", ours))
    theirs = accident("2021-03-09", deaths=0, stage="verified", reporter_role="industry")
    publish_all(engine, report("accident", BUREAU, "2021-03", theirs))

    assert value_of(engine, "ACC02", "2021-03").value == 0


def test_a_jump_of_what_is_counted_from_the_first_month_passes_when_an_earlier_one_comes(engine: Engine) -> None:
    publish_all(engine, report("accident", STREET, "2021-03"))
    publish_all(engine, report("training", TOWN, "2021-01", training("2021-01-05")))

    assert value_of(engine, "ACC08", "2021-03", STREET).value == 31 + 28 + 31


def test_a_jump_after_another_definition_is_a_warning(engine: Engine) -> None:
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-01")))
    break_trainings(engine)
    run(engine, "UPDATE core.setup SET fingerprint = 'of another program'")

    published = publish_all(engine, another())

    (finding,) = published.findings
    assert (finding.severity, finding.rule) == ("warning", "程序、口径或单位名录更新后，指标值变动不超过界限")


def test_a_row_that_a_form_does_not_allow_is_stopped(stopped: Engine) -> None:
    wrong = training("2021-03-10", participants=-3, category="party", title=None)

    with pytest.raises(GateFailed) as failure:
        publish_all(stopped, report("training", STREET, "2021-03", wrong, wrong))

    said = str(failure.value)
    for rule in ("「培训名称」不为空", "「培训类别」在代码表中", "「参训人次」不小于 0", "重复"):
        assert re.search(f"F06 .*{rule}.*：\\d 处不符，例如 谢三村街道 2021-03", said), (rule, said)


def test_rows_that_went_astray_are_stopped(stopped: Engine) -> None:
    load(stopped, build_batch(another()))
    run(stopped, "DELETE FROM form_data.training WHERE training_no LIKE 'PX20210309%'")

    with pytest.raises(GateFailed, match=r"每份报送的行数与入库的行数相同：1 处不符，例如 报送 谢三村街道 2021-03"):
        publish(stopped, "test")


def test_an_odd_volume_is_a_warning_that_is_kept_with_its_publication(engine: Engine) -> None:
    with engine.connect() as connection:
        owed = sa.select(t.obligation.c.unit_code).where(t.obligation.c.form == "team_supply")
        owing = connection.execute(owed).scalars().all()

    def listed(month: str, count: int) -> list[Report]:
        """The teams of every unit that owes them, as many each."""
        teams = {"team": [team(str(number)) for number in range(count)], "supply": []}
        return [report("team_supply", unit, month, tables=teams) for unit in owing]

    publish_all(engine, *(each for month in range(1, 5) for each in listed(f"2021-0{month}", 2)))
    published = publish_all(engine, *listed("2021-05", 9))

    odd = Finding(
        "warning", "每份报表的行数在前六个月中位数的三分之一至三倍之间", 1, ("F09 应急队伍与物资储备表 2021-05",)
    )
    assert published.findings == (odd,)
    with engine.connect() as connection:
        assert findings_of(connection, published.publication_id or 0) == (odd,)
        assert findings_of(connection, 1) == ()


def test_a_number_in_a_text_of_the_mart_is_a_warning_that_does_not_repeat_it(engine: Engine) -> None:
    published = publish_all(
        engine, report("accident", STREET, "2021-03", accident("2021-03-09", place="菜市场，联系 13900001111"))
    )

    odd = Finding("warning", "对外数据的文字中没有手机号码和身份证号码", 1, ("mart.accident place",))
    assert published.findings == (odd,)


def test_the_pages_show_every_audit_ask_no_server_and_hold_no_password(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(sa.make_url(warehouse_url).set(password="planted").render_as_string(hide_password=False))
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)
    site = tmp_path / "data_docs"
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-01")), site=site)
    break_trainings(engine)
    with pytest.raises(GateFailed, match=f"逐条结果见 {site}"):
        publish_all(engine, another(), site=site)
    engine.dispose()

    index = (site / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="([^"]+)"', index)
    assert sorted(linked) == sorted(page.name for page in site.glob("2*.html"))
    assert [name.rpartition("-")[2] for name in linked] == ["stopped.html", "passed.html"]
    pages = "".join(page.read_text(encoding="utf-8") for page in site.iterdir())
    assert "F06 安全教育培训台账「参训人次」不小于 0" in pages
    assert "planted" not in pages
    assert not re.search(r"<(script|link|img|iframe)|https?://|@import|url\(", pages)
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def _refuse(*_asked: object, **_with: object) -> None:
    raise OSError("an audit looks for no server")

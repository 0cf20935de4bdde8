"""A template for a unit and a month begins with what that unit has reported, and with nobody else's."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from flows.house import House
from flows.settings import Settings
from flows.template_command import write_templates
from flows.templates import prefilled
from schemas.form import FormError, load_forms
from schemas.period import PeriodError
from schemas.unit import Register, UnitError
from tasks.aside import OutputError
from tasks.handout import HandoutError
from tests.integration.builders import Report, build_batch, report
from tests.integration.facts import FIRM_CODE, STREET, TOWN, closed, enterprise, hazard, officer, plan, supply, team
from tests.integration.huizong import huizong, new_home
from tests.template_books import read_of
from tests.workbooks import checked, found
from warehouse.acts import Act, withdraw
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.prefill import rows_to_begin_with

MARCH = date(2021, 3, 1)
ACT = Act(who="管理员", why="如所述")


def begun(engine: Engine, form: str, month: date = MARCH, unit: str = STREET) -> dict[str, list[object]]:
    """The keys of the rows with which the tables of a form begin."""
    rows = rows_to_begin_with(engine, load_forms()[form], unit, month)
    keys = {table.id: table.key[0] for table in load_forms()[form].tables.values()}
    return {table_id: [row[keys[table_id]] for row in listed] for table_id, listed in rows.items()}


def tell(engine: Engine, *reports: Report) -> None:
    load(engine, build_batch(*reports))


def numbers(*rows: int) -> list[object]:
    return [hazard("2021-01-05", number)["hazard_no"] for number in rows]


def test_open_hazards_of_the_last_known_month_are_carried_over(engine: Engine) -> None:
    jan = [hazard("2021-01-05", 1), hazard("2021-01-05", 2), closed(hazard("2021-01-05", 3), "2021-01-20")]
    feb = [closed(hazard("2021-01-05", 1), "2021-02-03"), hazard("2021-01-05", 2)]
    tell(engine, report("hazard", STREET, "2021-01", *jan))
    assert begun(engine, "hazard") == {"hazard": numbers(1, 2)}, "February is not known"

    tell(engine, report("hazard", STREET, "2021-02", *feb))
    assert begun(engine, "hazard") == {"hazard": numbers(2)}
    assert begun(engine, "hazard", date(2021, 2, 1)) == {"hazard": numbers(1, 2)}
    assert begun(engine, "hazard", date(2021, 1, 1)) == {"hazard": []}
    assert begun(engine, "hazard", unit=TOWN) == {"hazard": []}


def test_what_was_rejected_or_withdrawn_is_not_carried_over(engine: Engine) -> None:
    tell(engine, report("hazard", STREET, "2021-01", hazard("2021-01-05", 1)))
    tell(engine, report("hazard", STREET, "2021-02", hazard("2021-01-05", 2), errors=["日期不对"]))
    assert begun(engine, "hazard") == {"hazard": numbers(1)}

    withdraw(engine, "hazard", STREET, date(2021, 1, 1), ACT)
    assert begun(engine, "hazard") == {"hazard": []}


def test_snapshots_are_carried_over_as_they_are_in_force_and_other_tables_begin_empty(engine: Engine) -> None:
    vests = supply("救生衣", 60.0)
    tell(
        engine,
        report("team_supply", STREET, "2021-01", tables={"team": [team("1")], "supply": [vests]}),
        report("plan_drill", STREET, "2021-01", tables={"plan": [plan()], "drill": []}),
        report("risk", STREET, "2021-01", enterprise(FIRM_CODE)),
        report(
            "officer_community", STREET, "2021-01", tables={"officer": [officer(STREET, "2021-01-11")], "community": []}
        ),
    )
    tell(engine, report("team_supply", STREET, "2021-02", states={"team": "unchanged", "supply": "unchanged"}))

    assert begun(engine, "team_supply") == {
        "team": [team("1")["team_no"]],
        "supply": [vests["warehouse"]],
    }
    assert begun(engine, "plan_drill") == {"plan": [plan()["plan_no"]]}
    assert begun(engine, "risk") == {"risk": [FIRM_CODE]}
    assert begun(engine, "officer_community") == {"officer": [STREET], "community": []}
    assert begun(engine, "accident") == {}


def test_a_template_that_was_begun_is_read_back_as_what_was_reported(
    engine: Engine, register: Register, tmp_path: Path
) -> None:
    told = hazard("2021-02-05", 1, key_field=["dust", "confined_space"], funds_wan=1.25, responsible="王某某")
    tell(engine, report("hazard", STREET, "2021-02", told))

    made = prefilled(House(Settings(home=tmp_path), register, engine), "hazard", STREET, MARCH)

    batch = checked(tmp_path, made.content, name=made.name)
    table = load_forms()["hazard"].tables["hazard"]
    assert [code for code, _ in found(batch) if code.startswith("E")] == []
    (row,) = read_of(batch, 0, table)
    (kept,) = rows_to_begin_with(engine, load_forms()["hazard"], STREET, MARCH)["hazard"]
    assert row == kept
    assert row["responsible"] == "王某某"


def test_the_command_writes_what_a_unit_owes_begun_with_its_own_rows(engine: Engine, warehouse_url: str) -> None:
    tell(engine, report("hazard", STREET, "2021-02", hazard("2021-02-05", 1)))
    asked = ("--unit", "谢三村街道", "--month", "2021-03")

    with new_home() as home:
        out = home.parent / "templates"
        done = huizong(home, "template", "--out", str(out), *asked, HUIZONG_WAREHOUSE_URL=warehouse_url)
        names = sorted(path.name for path in out.iterdir())
        begun_with = openpyxl.load_workbook(io.BytesIO((out / "340404004_F05_202103_v1.xlsx").read_bytes()))

    assert done.returncode == 0, done.stderr
    assert "共 12 个模板" in done.stdout
    assert len(names) == 12
    assert all(name.startswith("340404004_F") for name in names)
    assert begun_with["隐患台账"]["A4"].value == hazard("2021-02-05", 1)["hazard_no"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it, not even a folder."""
    monkeypatch.setenv("HUIZONG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HUIZONG_WAREHOUSE_URL", raising=False)
    return tmp_path / "home"


def test_no_warehouse_is_made_for_a_template(home: Path, tmp_path: Path) -> None:
    write_templates(["F05", "training", "f05"], tmp_path / "out", STREET, "2021-03")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "340404004_F05_202103_v1.xlsx",
        "340404004_F06_202103_v1.xlsx",
    ]
    assert not home.exists()


def test_what_somebody_may_have_filled_in_is_not_written_over(home: Path, tmp_path: Path) -> None:
    write_templates(["F06"], tmp_path, STREET, "2021-03")
    kept = tmp_path / "340404004_F06_202103_v1.xlsx"
    write_templates(["F06"], tmp_path, STREET, "2021-03")
    kept.write_bytes(kept.read_bytes() + b"\0")
    before = kept.read_bytes()

    with pytest.raises(HandoutError, match=r"340404004_F06_202103_v1.xlsx 已经存在，内容不同.*请换一个文件夹"):
        write_templates(["F05", "F06", "F07"], tmp_path, STREET, "2021-03")
    assert [path.name for path in tmp_path.iterdir()] == [kept.name], "all or nothing"
    assert kept.read_bytes() == before
    assert not home.exists()


def test_a_folder_that_is_a_file_is_said_so(home: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="写不了"):
        write_templates(["F05"], tmp_path / "out", None, None)
    assert not home.exists()


@pytest.mark.parametrize(
    ("forms", "unit", "month", "said"),
    [
        (["F99"], None, None, "没有报表「F99」"),
        ([], "不存在", None, "找不到单位「不存在」"),
        ([], "谢家集区", None, "没有应报的报表，请写明要哪几张"),
        ([], None, "2021-H1", "不是月份"),
        (["F05"], STREET, "2019-12", "自2020年1月1日起才设立"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(
    home: Path, tmp_path: Path, forms: list[str], unit: str | None, month: str | None, said: str
) -> None:
    with pytest.raises((FormError, PeriodError, UnitError), match=said):
        write_templates(forms, tmp_path / "out", unit, month)
    assert not (tmp_path / "out").exists()
    assert not home.exists()

"""Adding an indicator is one new file: the example of docs/indicators.md, in the folder of an office."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.pages import DOCS
from schemas.indicator import IndicatorError
from schemas.unit import Register
from tests.integration.builders import report
from tests.integration.facts import TOWN, training
from tests.integration.huizong import answer, huizong, new_home
from tests.integration.published import publish_all, value_of
from tests.workbooks import TRAINING, grid, xlsx
from warehouse import mart
from warehouse.engine import Engine
from warehouse.register import use_own_indicators
from warehouse.setup import prepare

(EXAMPLE,) = re.findall(r"```sql\n(.*?)```", (DOCS / "indicators.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """The home of an office with one file more, after a night with two trainings, of which one is large."""
    with new_home() as home:
        (home / "indicators").mkdir(parents=True)
        (home / "indicators" / "large.sql").write_text(EXAMPLE, encoding="utf-8")
        (home / "inbox").mkdir()
        large = {**TRAINING, "training_no": "PX-02", "participants": 120}
        (home / "inbox" / "trainings.xlsx").write_bytes(xlsx(台账=grid("training", TRAINING, large)))
        answer(home, "run")
        yield home


@pytest.mark.slow
def test_it_is_published_with_the_others(home: Path) -> None:
    values = {line["code"]: line["value"] for line in answer(home, "indicators", "2021-03")["indicators"]}
    assert (values["OWN01"], values["TRN02"]) == (1, 2)


@pytest.mark.slow
def test_its_number_leads_to_its_row(home: Path) -> None:
    (row,) = answer(home, "trace", "OWN01", "2021-03")["rows"]
    assert (row["values"]["training_no"], row["numerator"]) == ("PX-02", 1)


@pytest.mark.slow
def test_it_is_explained_with_its_last_values(home: Path) -> None:
    found = answer(home, "explain", "large_trainings")
    assert found["definition"] == "培训结束日期在期内、参训100人次及以上的培训，同一单位同一培训编号计1场次。"
    assert [value["value"] for value in found["values"]] == [1, 1, 1]


@pytest.mark.slow
def test_it_stands_in_the_page_of_indicators(home: Path) -> None:
    page = huizong(home, "explain").stdout
    assert "## 本单位自定 (OWN)" in page
    assert "| OWN01 | 百人以上培训场次<br>" in page


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder of an office, which this process forgets afterwards."""
    yield tmp_path
    use_own_indicators(tmp_path / "missing")


def codes(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(sa.select(mart.indicator.c.code)).scalars())


def test_it_is_in_the_register_of_the_mart_as_long_as_its_file_is_there(
    engine: Engine, register: Register, folder: Path
) -> None:
    file = folder / "large.sql"
    file.write_text(EXAMPLE, encoding="utf-8")
    use_own_indicators(folder)
    prepare(engine, register)
    with_file = codes(engine)
    file.unlink()
    use_own_indicators(folder)
    prepare(engine, register)
    assert with_file - codes(engine) == {"OWN01"}


def test_it_is_computed_for_the_months_that_were_published_before(
    engine: Engine, register: Register, folder: Path
) -> None:
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-05", participants=100)))
    (folder / "large.sql").write_text(EXAMPLE, encoding="utf-8")
    use_own_indicators(folder)
    prepare(engine, register)
    publish_all(engine)
    assert value_of(engine, "OWN01", "2021-H1").value == 1


def test_what_is_taken_out_of_the_folder_is_no_longer_published(
    engine: Engine, register: Register, folder: Path
) -> None:
    file = folder / "large.sql"
    file.write_text(EXAMPLE, encoding="utf-8")
    use_own_indicators(folder)
    prepare(engine, register)
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-05", participants=100)))
    file.unlink()
    use_own_indicators(folder)
    prepare(engine, register)
    publish_all(engine)
    with engine.connect() as connection:
        left = connection.execute(sa.select(mart.indicator_value.c.indicator_id).distinct()).scalars().all()
    assert "trainings" in left
    assert "large_trainings" not in left


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("participants >= 100", "visitors >= 100", 'OWN01 large_trainings: SELECT: column "visitors" does not exist'),
        ("    unit_code,\n", "", "OWN01 large_trainings: SELECT: .*unit_code"),
        ("1 AS numerator", "'many' AS numerator", "OWN01 large_trainings: SELECT: .*sum"),
        ("form.counted_training", "form.nothing", "OWN01 large_trainings: SELECT: .*form.nothing"),
    ],
)
def test_a_select_that_cannot_be_computed_is_refused_before_the_night(
    engine: Engine, register: Register, folder: Path, written: str, instead: str, complaint: str
) -> None:
    assert written in EXAMPLE
    (folder / "large.sql").write_text(EXAMPLE.replace(written, instead), encoding="utf-8")
    use_own_indicators(folder)
    with pytest.raises(IndicatorError, match=complaint):
        prepare(engine, register)
    assert "OWN01" not in codes(engine)

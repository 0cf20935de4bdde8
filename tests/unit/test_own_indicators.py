"""Indicators of the office's own folder beside those of the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.indicator import IndicatorError
from tests.unit.test_indicator import text_of
from warehouse.register import find_indicator, load_indicators, own_indicators, use_own_indicators


@pytest.fixture(autouse=True)
def nothing_of_our_own_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    use_own_indicators(tmp_path / "missing")


def test_a_file_in_the_folder_is_one_more_indicator_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "any_name.sql").write_text(text_of(code="OWN07"), encoding="utf-8")
    built_in = list(load_indicators())
    use_own_indicators(tmp_path)
    assert list(load_indicators()) == [*built_in, "trainings_completed"]
    assert find_indicator("own07") in own_indicators()


def test_an_editor_may_put_its_mark_first(tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(text_of(code="OWN01"), encoding="utf-8-sig")
    use_own_indicators(tmp_path)
    assert find_indicator("OWN01")


def test_it_may_use_the_rows_of_an_indicator_of_the_program(tmp_path: Path) -> None:
    text = text_of(
        sql="\n-- All of them.", code="OWN01", over_time="window", source="officer", rows="officer_training_coverage"
    )
    (tmp_path / "own.sql").write_text(text, encoding="utf-8")
    use_own_indicators(tmp_path)
    (own,) = own_indicators()
    assert own.select == load_indicators()["officer_training_coverage"].select
    assert own.note.startswith("All of them. Every place")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (text_of(code="OWN01", id="deaths"), "id: deaths: two files have it"),
        (text_of(code="ACC02"), "code: ACC02: two files have it"),
        (text_of(code="OWN01", unit=None), r"own.sql: unit"),
        (text_of(code="OWN01", sql="", rows="nobody"), "trainings_completed: rows: nobody"),
    ],
)
def test_a_wrong_file_is_refused_and_the_others_stay_as_they_were(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "own.sql").write_text(text, encoding="utf-8")
    with pytest.raises(IndicatorError, match=complaint):
        use_own_indicators(tmp_path)
    assert own_indicators() == ()


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(text_of(code="OWN01"), encoding="gb18030")
    with pytest.raises(IndicatorError, match=r"own.sql: save it as UTF-8"):
        use_own_indicators(tmp_path)

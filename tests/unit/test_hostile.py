"""Files that are meant to do harm: each is refused for what it is, or does none; the honest ones beside it are read."""

import pytest

from tests.hostile import CORPUS, Hostile, Outcome, outcome


@pytest.fixture(scope="module")
def found() -> Outcome:
    return outcome()


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda each: each.what)
def test_a_hostile_file_is_told_for_what_it_is(hostile: Hostile, found: Outcome) -> None:
    codes = found.codes[hostile.what]
    assert hostile.code in codes if hostile.code else not codes


def test_every_file_has_an_answer_and_no_honest_report_is_lost(found: Outcome) -> None:
    assert found.unanswered == 0
    assert found.honest == len(CORPUS)

"""Marked copies are made by a process of their own; of what ends it the list of issues goes back alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.limits import Limits
from tasks.pool import pool
from tasks.returned.guarded import Copying, annotate_guarded
from tasks.returned.own import TITLE
from tasks.returned.verdict import Verdict
from tests.returned import issues_of, opened, returned
from tests.workbooks import HEAD, TRAINING, grid, xlsx

WRONG = xlsx(培训=grid("training", {**TRAINING, "participants": "约30"}, head=HEAD))
ENOUGH, TOO_LITTLE = Limits(processes=1), Limits(processes=1, seconds=0.000_1)


@pytest.fixture(scope="module", autouse=True)
def processes() -> Iterator[None]:
    yield
    for limits in (ENOUGH, TOO_LITTLE):
        pool(limits).close()


def test_another_process_makes_the_copy_that_this_one_would(tmp_path: Path) -> None:
    batch, copy = returned(tmp_path, WRONG)
    verdict = Verdict({"rejected": ["training"]})
    copying = Copying(WRONG, issues_of(batch), batch.submissions["layout"].tolist(), verdict)
    assert annotate_guarded(copying, ENOUGH) == copy


def test_of_a_workbook_that_takes_too_much_the_list_goes_back(tmp_path: Path) -> None:
    batch, _ = returned(tmp_path, WRONG)
    copy = annotate_guarded(Copying(WRONG, issues_of(batch), [], Verdict()), TOO_LITTLE)
    assert opened(copy.content).sheetnames == [TITLE]

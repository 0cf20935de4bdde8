"""What the rules across forms, months and units find in a night, and where."""

import pytest
import sqlalchemy as sa

from tests.integration.builders import build_batch
from tests.integration.stories import STORIES
from tests.integration.stories.story import Spot, Story
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.tables import issue, submission


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_a_rule_finds_what_breaks_it_and_nothing_else(engine: Engine, story: Story) -> None:
    for night in story.nights[:-1]:
        assert load(engine, build_batch(*night)).rejected == 0
    before = spots(engine, story.code)

    loaded = load(engine, build_batch(*story.nights[-1]))

    assert spots(engine, story.code)[len(before) :] == sorted(story.found, key=str)
    assert loaded.rejected == len({form for form, _, _ in story.found} if story.code.startswith("E") else ())


def spots(engine: Engine, code: str) -> list[Spot]:
    """Form, row and field of the issues of a code: those of one night together, in order."""
    found = (
        sa.select(submission.c.form, issue.c.row, issue.c.field)
        .join(submission, submission.c.submission_id == issue.c.submission_id)
        .where(issue.c.code == code)
        .order_by(submission.c.recorded_from, submission.c.form, issue.c.row, issue.c.field)
    )
    with engine.connect() as connection:
        return [tuple(line) for line in connection.execute(found)]

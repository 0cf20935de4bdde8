"""One district over half a year, and the bulletin on its last month: made once, for tests that only read."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from schemas.period import Period
from schemas.unit import DISTRICT, Register
from tasks.bulletin.book import Book
from tasks.bulletin.compose import compose, read_book
from tasks.bulletin.document import Bulletin, Section
from tasks.bulletin.traces import Traces, spots_of, traces_of
from tests.integration.bulletin.story import publish_story
from tests.integration.conftest import own_warehouse
from warehouse.behind import rows_of_values
from warehouse.edition import latest_edition
from warehouse.engine import Engine
from warehouse.register import load_indicators
from warehouse.revised import revised_since_bulletins

JUNE = Period.parse("2021-06")


@dataclass(frozen=True)
class Made:
    """A bulletin with what it was made of."""

    book: Book
    bulletin: Bulletin
    traces: Traces

    def part(self, title: str) -> Section:
        """The part with this title."""
        return next(section for section in self.bulletin.sections if section.title == title)


@pytest.fixture(scope="package")
def story(server_url: str, register: Register) -> Iterator[Engine]:
    """A warehouse in which the story was played and published."""
    with own_warehouse(server_url, register) as engine:
        publish_story(engine)
        yield engine


@pytest.fixture(scope="package")
def made(story: Engine, register: Register) -> Made:
    """The bulletin on June of the district."""
    return make(story, register, DISTRICT)


def make(engine: Engine, register: Register, unit_code: str) -> Made:
    """The bulletin on June as it can be made now."""
    with latest_edition(engine) as (connection, edition):
        book = read_book(connection, edition, register, JUNE, unit_code)
        bulletin = compose(book, revised_since_bulletins(connection, edition, JUNE, unit_code), ["一处提醒"])
        rows = rows_of_values(connection, spots_of(bulletin))
    return Made(book, bulletin, traces_of(bulletin, rows, load_indicators(), book.names))

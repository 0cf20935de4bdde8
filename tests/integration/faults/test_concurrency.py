"""Several at once: two nights, and readers while it is published."""

import time

import pytest

from tests.integration.builders import build_batch, report
from tests.integration.facts import BUREAU, training
from tests.integration.faults.night import Night
from tests.integration.faults.office import Offices
from tests.integration.faults.readers import reading
from tests.integration.published import publish_all
from tests.records import write
from warehouse.engine import Engine
from warehouse.load import load
from warehouse.publish import publish

LAST = 3


@pytest.mark.slow
@pytest.mark.parametrize("step", ["collect", "load", "return", "publish", "bulletin"])
def test_two_nights_at_once_leave_what_one_leaves(past: Offices, step: str) -> None:
    with past.copy() as alone, past.copy() as office:
        assert alone.night() is None
        with Night(office.place) as first, Night(office.place) as second:
            for night in (first, second):
                night.before(step)
            for night in (first, second):
                night.go()
            assert (first.end(), second.end()) == (None, None)

        assert office.state() == alone.state()


@pytest.mark.slow
def test_fifty_readers_see_the_old_or_the_new_publication_and_never_a_mixture(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    with reading(engine, 50) as readers:
        for version in range(2, LAST + 1):
            rows = [training("2021-03-05", number) for number in range(1, version + 1)]
            load(engine, build_batch(report("training", BUREAU, "2021-03", *rows, version=version)))
            publish(engine, "test")
        while LAST not in readers.seen and not readers.wrong:
            time.sleep(0.1)

    assert readers.wrong == []
    assert LAST in readers.seen
    write("readers", {"readers": 50, "publications": LAST, "reads": readers.reads, "mixtures": 0})

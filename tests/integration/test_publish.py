import threading
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from tests.integration.builders import build_batch, report
from tests.integration.facts import BUREAU, STREET, TOWN, community, officer, training
from tests.integration.published import publish_all, value_of
from warehouse import mart
from warehouse.engine import Engine
from warehouse.gate import GateFailed
from warehouse.load import load
from warehouse.publish import _publish, publish


def stored(engine: Engine, *columns: sa.ColumnElement[Any]) -> Sequence[Any]:
    with engine.connect() as connection:
        return connection.execute(sa.select(*columns).distinct()).all()


def checksums(engine: Engine) -> list[str]:
    statement = sa.select(mart.publication.c.checksum).order_by(mart.publication.c.publication_id)
    with engine.connect() as connection:
        return list(connection.execute(statement).scalars())


def test_nothing_reported_publishes_nothing(engine: Engine) -> None:
    published = publish(engine, "test")
    assert (published.publication_id, published.values, published.changed) == (None, 0, 0)


def test_a_publication_tells_how_many_values_it_has_and_changed(engine: Engine) -> None:
    first = publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    assert first.publication_id == 1
    assert first.values == first.changed == len(stored(engine, *mart.indicator_value.c))
    assert stored(
        engine, mart.publication.c["values"], mart.publication.c.changed, mart.publication.c.code_version
    ) == [(first.values, first.changed, "test")]


def test_publishing_again_changes_nothing_and_makes_no_publication(engine: Engine) -> None:
    first = publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    again = publish(engine, "test")
    assert (again.publication_id, again.values, again.changed) == (None, first.values, 0)
    assert len(checksums(engine)) == 1


def test_one_more_training_changes_only_the_values_that_it_touches(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    changed = publish_all(
        engine, report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06"), version=2)
    )
    # Two indicators, the bureau and the district, five kinds of period.
    assert changed.changed == 2 * 2 * 5
    assert stored(engine, mart.indicator_value.c.publication_id) == [(changed.publication_id,)]


def test_a_value_that_is_gone_counts_as_changed(engine: Engine) -> None:
    publish_all(engine, report("training", "340404D19", "2021-03", training("2021-03-05")))
    gone = publish_all(engine, report("training", "340404D19", "2021-03", version=2))
    left = stored(engine, mart.indicator_value.c.indicator_id, mart.indicator_value.c.unit_code)
    assert gone.changed > 0
    assert ("trainings", "340404D19") not in [tuple(row) for row in left]


def test_the_same_values_have_the_same_checksum(engine: Engine) -> None:
    one, two = training("2021-03-05"), training("2021-03-06")
    publish_all(engine, report("training", BUREAU, "2021-03", one))
    publish_all(engine, report("training", BUREAU, "2021-03", one, two, version=2))
    publish_all(engine, report("training", BUREAU, "2021-03", two, version=3))
    first, second, third = checksums(engine)
    assert first == third
    assert first != second


def test_a_row_outside_the_register_stops_the_publication_and_yesterdays_values_stand(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-06", training("2021-06-10")))
    before = stored(engine, *mart.indicator_value.c)
    lost = {"officer": [officer(STREET, None)], "community": [community("349999999999", "2021-06-18")]}
    with pytest.raises(GateFailed, match=r"没有一行落在单位名录之外.*综合减灾示范社区申报数"):
        publish_all(engine, report("officer_community", STREET, "2021-06", tables=lost))
    assert stored(engine, *mart.indicator_value.c) == before
    assert len(checksums(engine)) == 1


def test_readers_see_one_publication_whole_while_the_next_takes_its_place(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    load(engine, build_batch(report("training", TOWN, "2021-03", training("2021-03-06"))))
    writer = threading.Thread(target=publish, args=(engine, "test"))
    seen = [stored(engine, mart.indicator_value.c.publication_id)]
    writer.start()
    while writer.is_alive():
        seen.append(stored(engine, mart.indicator_value.c.publication_id))
    writer.join()
    seen.append(stored(engine, mart.indicator_value.c.publication_id))
    assert seen[0] == [(1,)]
    assert seen[-1] == [(2,)]
    assert {len(ids) for ids in seen} == {1}


def test_what_was_loaded_after_the_transaction_began_is_published(engine: Engine) -> None:
    with engine.begin() as waiting:
        waiting.execute(sa.select(1))
        load(engine, build_batch(report("training", BUREAU, "2021-03", training("2021-03-05"))))
        _publish(waiting, "test")
    assert value_of(engine, "TRN02", "2021-03").value == 1

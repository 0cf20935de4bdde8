import threading
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from schemas.calendar import SHANGHAI
from schemas.period import Period
from schemas.unit import Register
from tests.integration.builders import build_batch, report
from tests.integration.facts import BUREAU, DISTRICT, STREET, TOWN, community, officer, team, training
from tests.integration.published import publish_all, value_of
from warehouse import mart
from warehouse.acts import Act, withdraw
from warehouse.checksum import checksum
from warehouse.engine import Engine
from warehouse.gate import GateFailed
from warehouse.kept_sums import is_computed
from warehouse.load import load
from warehouse.publish import publish, publish_in
from warehouse.scripts import query
from warehouse.setup import prepare
from warehouse.values import Base, indicator_values


def stored(engine: Engine, *columns: sa.ColumnElement[Any]) -> Sequence[Any]:
    with engine.connect() as connection:
        return connection.execute(sa.select(*columns).distinct()).all()


def checksums(engine: Engine) -> list[str]:
    statement = sa.select(mart.publication.c.checksum).order_by(mart.publication.c.publication_id)
    with engine.connect() as connection:
        return list(connection.execute(statement).scalars())


def computed(engine: Engine) -> bool:
    with engine.connect() as connection:
        return is_computed(connection)


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


def test_what_is_published_is_computed_until_anything_is_recorded(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    assert not computed(engine), "an indicator may tell of the publication itself"
    publish(engine, "test")
    assert computed(engine)
    load(engine, build_batch(report("training", TOWN, "2021-03", errors=["错"])))
    assert not computed(engine)


def test_one_more_training_changes_only_the_values_that_it_touches(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    changed = publish_all(
        engine, report("training", BUREAU, "2021-03", training("2021-03-05"), training("2021-03-06"), version=2)
    )
    ended = mart.published_value.c.to_publication == changed.publication_id
    with engine.connect() as connection:
        touched = connection.execute(sa.select(mart.published_value.c.indicator_id).distinct().where(ended)).scalars()
        assert set(touched) == {"district_trainings", "trainings", "participants", "revisions_after_publication"}
    assert stored(engine, mart.indicator_value.c.publication_id) == [(changed.publication_id,)]


def test_a_value_that_is_gone_counts_as_changed(engine: Engine) -> None:
    publish_all(engine, report("training", "340404D19", "2021-03", training("2021-03-05")))
    gone = publish_all(engine, report("training", "340404D19", "2021-03", version=2))
    left = stored(engine, mart.indicator_value.c.indicator_id, mart.indicator_value.c.unit_code)
    assert gone.changed > 0
    assert ("trainings", "340404D19") not in [tuple(row) for row in left]


def test_the_values_of_a_month_go_with_the_last_report_that_told_of_it(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    publish_all(engine, report("training", BUREAU, "2021-04", training("2021-04-05")))
    withdraw(engine, "training", BUREAU, date(2021, 4, 1), Act(who="王科长", why="报错了月份"))
    publish(engine, "test")

    assert indicator_values(engine, Period.parse("2021-04"), DISTRICT).indicators == ()
    assert value_of(engine, "TRN02", "2021-H1").value == 1


def test_the_same_values_have_the_same_checksum(engine: Engine, empty_engine: Engine, register: Register) -> None:
    prepare(empty_engine, register)
    one, two = training("2021-03-05"), training("2021-03-06", 2)
    for each, rows in ((engine, (one, two)), (empty_engine, (two, one))):
        publish_all(each, report("training", BUREAU, "2021-03", *rows))
        publish_all(each, report("training", STREET, "2021-03", one))
    first, second = checksums(engine)
    assert first != second
    assert checksums(empty_engine) == [first, second]


def test_a_row_outside_the_register_stops_the_publication_and_yesterdays_values_stand(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-06", training("2021-06-10")))
    before = set(stored(engine, *mart.indicator_value.c))
    lost = {"officer": [officer(STREET, None)], "community": [community("349999999999", "2021-06-18")]}
    with pytest.raises(GateFailed, match=r"没有一行落在单位名录之外.*综合减灾示范社区申报数"):
        publish_all(engine, report("officer_community", STREET, "2021-06", tables=lost))
    assert set(stored(engine, *mart.indicator_value.c)) == before
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
        publish_in(waiting, "test")
    assert value_of(engine, "TRN02", "2021-03").value == 1


def test_every_publication_is_kept_with_the_values_that_it_had(engine: Engine) -> None:
    days = [training(f"2021-03-{day:02d}", day) for day in (5, 6, 7)]
    reports = [report("training", BUREAU, "2021-03", *days[:count], version=count) for count in (1, 2, 3)]
    published = [publish_all(engine, each).publication_id for each in reports]

    kept = mart.published_value.c
    of_march = (kept.indicator_id == "trainings", kept.unit_code == BUREAU, kept.period_kind == "month")
    for count, publication_id in enumerate(published, 1):
        assert publication_id
        with engine.connect() as connection:
            where = (*of_march, mart.of_publication(publication_id))
            assert connection.execute(sa.select(kept.value).where(*where)).scalars().all() == [count]


def test_a_value_that_did_not_change_is_kept_once(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-06")))

    kept = mart.published_value.c
    spans = stored(engine, kept.indicator_id, kept.from_publication, kept.to_publication)
    assert [tuple(row) for row in spans if row.indicator_id == "deaths"] == [("deaths", 1, None)]
    assert ("trainings", 1, 2) in [tuple(row) for row in spans]


@pytest.mark.parametrize("is_of_old", [True, False])
def test_after_a_checksum_of_another_form_the_next_one_is_that_of_all_values(
    engine: Engine, *, is_of_old: bool
) -> None:
    publish_all(engine, report("training", BUREAU, "2021-03", training("2021-03-05")))
    with engine.begin() as connection:
        in_order = connection.execute(query("checksum"), {"publication": 1}).scalar_one()
        changed = {"checksum": in_order if is_of_old else "sum:00"}
        connection.execute(sa.update(mart.publication).values(changed))
    publish_all(engine, report("training", TOWN, "2021-03", training("2021-03-06")))

    with engine.connect() as connection:
        again = [checksum(connection, publication_id) for publication_id in (1, 2)]
    assert [one == other for one, other in zip(again, checksums(engine), strict=True)] == [is_of_old, True]


def test_the_checksum_of_every_publication_can_be_computed_again(engine: Engine) -> None:
    for version in (1, 2, 3):
        held = [training(f"2021-03-{day:02d}", day) for day in range(1, version + 1)]
        publish_all(engine, report("training", BUREAU, "2021-03", *held, version=version))

    with engine.connect() as connection:
        again = [checksum(connection, publication_id) for publication_id in (1, 2, 3)]
    assert again == checksums(engine)
    assert len(set(again)) == 3


def test_a_night_of_an_earlier_day_is_published_for_that_day_and_at_its_moment(engine: Engine) -> None:
    night = datetime(2021, 4, 8, 2, tzinfo=SHANGHAI)
    load(engine, build_batch(report("training", BUREAU, "2021-03", training("2021-03-05"))), night)
    publish(engine, "test", night)

    ((published_at, day),) = stored(engine, mart.publication.c.published_at, mart.publication.c.day)
    assert day == date(2021, 4, 8)
    assert night < published_at < night + timedelta(seconds=1)


def test_a_value_tells_who_is_silent_and_how_many_were_on_time(engine: Engine) -> None:
    due = datetime(2021, 4, 8, 17, 30, tzinfo=SHANGHAI)
    publish_all(
        engine,
        report("accident", STREET, "2021-03", received_at=due),
        report("accident", TOWN, "2021-03", received_at=due + timedelta(seconds=1)),
    )

    assert [value_of(engine, "SUB03", "2021-03", unit).numerator for unit in (STREET, TOWN, DISTRICT)] == [1, 0, 1]
    value = value_of(engine, "ACC01", "2021-03")

    assert (value.reports_received, value.reports_on_time) == (2, 1)
    assert len(value.silent_units) == value.reports_expected - 2
    assert "谢三村街道" not in value.silent_units
    assert value_of(engine, "ACC01", "2021-03", STREET).silent_units == ()


def test_a_stock_waits_only_for_the_reports_of_the_last_month(engine: Engine) -> None:
    listed = report("team_supply", STREET, "2021-03", tables={"team": [team("1")], "supply": []})
    publish_all(
        engine, report("team_supply", STREET, "2021-01", states=dict.fromkeys(("team", "supply"), "unchanged")), listed
    )

    quarter = value_of(engine, "TEM01", "2021-Q1", STREET)

    assert (quarter.value, quarter.reports_expected, quarter.silent_units) == (1, 1, ())


def test_a_base_is_the_latest_one_or_that_of_the_bulletin_then(engine: Engine) -> None:
    publish_all(engine, report("training", BUREAU, "2020-03", training("2020-03-05")), day=date(2020, 4, 13))
    two = [training("2020-03-05"), training("2020-03-06", 2)]
    publish_all(engine, report("training", BUREAU, "2020-03", *two, version=2), day=date(2020, 6, 1))
    publish_all(engine, report("training", BUREAU, "2021-03", *(training(f"2021-03-0{n}", n) for n in (1, 2, 3))))

    def base(which: Base) -> tuple[object, object, str]:
        found = indicator_values(engine, Period.parse("2021-03"), BUREAU, which).indicators
        value = next(each for each in found if each.code == "TRN02")
        return value.year_ago, value.change, value.wording

    assert base("latest") == (2, 1, "同比增加1场次")
    assert base("published") == (1, 2, "同比增加2场次")

"""Every kind of damage is planted, and found where it is, as what it is, with what mends it; and nothing else is."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.show_verify import as_data, in_short, told
from flows.verifying import PARTS, verify
from schemas.unit import Register
from tasks.old_files import SETTLED, delete_raw, half_written
from tests.integration.backfill.past import Past, misread, past, sent_back, trainings
from tests.integration.conftest import own_database
from tests.integration.facts import STREET
from warehouse.acts import Act, close_month, release_month, withdraw
from warehouse.engine import open_engine
from warehouse.integrity import Found, Kind, Sample
from warehouse.recompute import recompute

EVERYTHING = Sample(None, "")
YESTERDAY = (datetime.now(UTC) - timedelta(days=2)).timestamp()
ACT = Act("李四", "已通报")
MARCH = date(2021, 3, 1)


def found(office: Past, *parts: str, sample: Sample = EVERYTHING) -> dict[Kind, Found]:
    """What differs by its kind; each kind once."""
    done = verify(office.house, sample, parts or tuple(PARTS))
    listed = [each for part in done.parts for each in part.found]
    by_kind = {each.kind: each for each in listed}
    assert len(by_kind) == len(listed)
    return by_kind


def change(office: Past, statement: str) -> None:
    """Somebody changes a row behind the program's back."""
    with office.engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount == 1


def kept(office: Past, place: int) -> Path:
    """Where the bytes of a file are."""
    return office.files[place].archive


@pytest.fixture(scope="module")
def origin(
    server_url: str, template: str, register: Register, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Past]]:
    """Two months of two units, corrected and published twice: a database and a home, to be copied."""
    for url in own_database(server_url, template):
        engine = open_engine(url)
        office = past(tmp_path_factory.mktemp("origin") / "home", engine, register)
        office.arrive(trainings(40, month="2021-02"))
        office.arrive(trainings(40, 50))
        office.arrive(trainings(30, unit="唐山镇"))
        office.publish()
        office.arrive(trainings(40, 60, version=2))
        office.publish()
        engine.dispose()
        assert engine.url.database
        yield engine.url.database, office


@pytest.fixture
def filled(server_url: str, origin: tuple[str, Past], tmp_path: Path) -> Iterator[Past]:
    """A copy that is the test's own; the archive has moved with its home."""
    database, office = origin
    shutil.copytree(office.house.settings.root, tmp_path / "home")
    for url in own_database(server_url, database):
        engine = open_engine(url)
        copied = past(tmp_path / "home", engine, office.house.register)
        there = copied.house.settings.archive
        copied.files = [
            replace(file, archive=there / file.archive.parent.name / file.archive.name) for file in office.files
        ]
        yield copied
        engine.dispose()


def test_where_nothing_was_done_nothing_is_found_and_nothing_is_changed(filled: Past) -> None:
    before = filled.scalar("SELECT moment FROM core.clock"), filled.submissions()
    ids = filled.scalar("SELECT last_value FROM core.submission_submission_id_seq")

    done = verify(filled.house, EVERYTHING)

    assert [(part.part, part.checked > 0, part.found) for part in done.parts] == [
        (name, True, ()) for name in ("archive", "facts", "mart", "publications")
    ]
    assert [part.checked for part in done.parts if part.part in ("archive", "facts", "publications")] == [4, 3, 2]
    assert (filled.scalar("SELECT moment FROM core.clock"), filled.submissions()) == before
    assert filled.scalar("SELECT last_value FROM core.submission_submission_id_seq") == ids


def test_an_empty_warehouse_is_whole(office: Past) -> None:
    assert found(office) == {}


def test_acts_and_what_was_never_published_are_no_damage(filled: Past) -> None:
    close_month(filled.engine, MARCH, ACT)
    filled.arrive(trainings(70, 80, version=3))
    filled.publish()
    assert found(filled) == {}
    release_month(filled.engine, MARCH, ACT)
    withdraw(filled.engine, "training", STREET, date(2021, 2, 1), ACT)
    filled.arrive(trainings(90, month="2021-04"), read=sent_back)

    assert {kind: (each.mend, each.is_damage) for kind, each in found(filled).items()} == {
        "pending": ("huizong run", False)
    }
    filled.publish()
    assert found(filled) == {}


def test_a_flipped_byte_is_found_and_is_not_read_as_what_the_unit_sent(filled: Past) -> None:
    content = kept(filled, 0).read_bytes()
    kept(filled, 0).chmod(0o644)
    kept(filled, 0).write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])

    (damage,) = found(filled).values()
    assert (damage.kind, damage.count, damage.is_damage) == ("file_changed", 1, True)
    assert damage.examples == [f"{kept(filled, 0).parent.name}/{kept(filled, 0).name}"]
    assert "从备份取回" in damage.mend
    assert filled.backfill("2021-02", "2021-02").submissions == (), "a backfill must not believe it"

    kept(filled, 0).write_bytes(content)
    assert found(filled) == {}


def test_a_file_that_is_gone_is_missing_unless_its_time_of_keeping_was_over(filled: Past) -> None:
    content = kept(filled, 0).read_bytes()
    kept(filled, 0).unlink()
    delete_raw(kept(filled, 1), datetime.now(UTC))

    for sample in (EVERYTHING, Sample(1, "seed")):
        (damage,) = found(filled, sample=sample).values()
        assert (damage.kind, damage.count) == ("file_missing", 1)

    kept(filled, 0).write_bytes(content)
    assert found(filled) == {}


def test_what_the_warehouse_does_not_know_is_found_when_no_night_can_be_at_work_on_it(filled: Past) -> None:
    folder = kept(filled, 0).parent
    stray, half = folder / f"{folder.name}{'0' * 62}.xlsx", folder / ".abc.part"
    for each in (stray, half):
        each.write_bytes(b"cut short")
    assert found(filled) == {}
    for each in (stray, half):
        os.utime(each, (YESTERDAY, YESTERDAY))

    damage = found(filled)
    assert {kind: (each.examples, each.is_damage) for kind, each in damage.items()} == {
        "file_unknown": ([f"{folder.name}/{stray.name}"], True),
        "half_written": ([f"{folder.name}/.abc.part"], False),
    }
    assert damage["half_written"].mend == "huizong housekeeping"
    assert list(half_written([filled.house.settings.archive], datetime.now(UTC) - SETTLED)) == [half]


def test_a_changed_row_is_found_and_a_backfill_mends_it(filled: Past) -> None:
    change(filled, "UPDATE form_data.training SET title = '别的' WHERE submission_id = 1")

    (damage,) = found(filled).values()
    assert (damage.kind, damage.count, damage.is_damage) == ("rows_differ", 1, True)
    assert damage.examples == ["0.xlsx：F06 340404004 2021-02，内容与原始文件不同"]
    assert damage.mend == "huizong backfill 2021-02 2021-02 --form F06"

    filled.backfill("2021-02", "2021-02", form="F06")
    assert found(filled) == {}


def test_a_changed_figure_is_found_in_the_facts_and_in_all_that_is_made_of_it(filled: Past) -> None:
    change(filled, "UPDATE form_data.training SET participants = 41 WHERE submission_id = 1")

    assert found(filled).keys() == {"rows_differ", "value_differs", "sum_stale"}

    filled.backfill("2021-02", "2021-02", form="F06")
    assert found(filled) == {}


def test_rows_that_were_taken_away_or_added_are_counted(filled: Past) -> None:
    change(filled, "DELETE FROM form_data.training WHERE submission_id = 4 AND participants = 60")
    change(filled, "UPDATE core.submission SET rows = 1 WHERE submission_id = 4")

    assert found(filled, "facts")["rows_differ"].examples == ["3.xlsx：F06 340404004 2021-03，库中 1 行，现在读出 2 行"]


def test_of_a_closed_month_it_is_said_that_it_has_to_be_reopened(filled: Past) -> None:
    close_month(filled.engine, MARCH, ACT)
    change(filled, "UPDATE form_data.training SET title = '别的' WHERE submission_id = 3")

    assert found(filled)["rows_differ"].mend == "huizong backfill 2021-03 2021-03 --form F06 --reopen --reason 理由"


def test_what_is_read_otherwise_since_its_form_changed_is_told_as_that(office: Past) -> None:
    office.arrive(trainings(40), read=misread)
    office.publish()
    assert found(office)["rows_differ"].is_damage

    change(office, "UPDATE core.definition SET changed_at = now() WHERE kind = 'form' AND name = 'training'")
    (difference,) = found(office).values()
    assert (difference.kind, difference.is_damage) == ("form_changed", False)
    assert difference.mend == "huizong backfill 2021-03 2021-03 --form F06"

    office.backfill()
    assert found(office) == {}


def test_a_changed_value_is_found_in_the_mart_and_in_its_publications(filled: Past) -> None:
    change(
        filled,
        "UPDATE mart.published_value SET value = 999 WHERE indicator_id = 'trainings' AND unit_code = '340404004' "
        "AND period_kind = 'month' AND start_on = '2021-02-01' AND to_publication IS NULL",
    )

    damage = found(filled)
    assert {kind: each.count for kind, each in damage.items()} == {"value_differs": 1, "publication_changed": 2}
    assert damage["value_differs"].examples == ["trainings 340404004 2021-02：value 已发布 999，应为 1"]
    assert damage["value_differs"].mend.endswith("huizong warehouse recompute")
    assert [each[:5] for each in damage["publication_changed"].examples] == ["第 2 版", "第 1 版"]

    filled.publish()
    assert "value_differs" in found(filled, "mart"), "an ordinary night looks only at what changed"
    recompute(filled.engine, "test")
    assert found(filled, "mart") == {}
    assert found(filled)["publication_changed"].count == 2, "what was published then is not what is there"


def test_a_changed_checksum_is_found_and_nothing_else(filled: Past) -> None:
    change(filled, "UPDATE mart.publication SET checksum = 'ab' WHERE publication_id = 1")

    assert [(kind, each.count) for kind, each in found(filled).items()] == [("publication_changed", 1)]


@pytest.mark.parametrize(
    ("statement", "example"),
    [
        (
            "UPDATE core.computed_sum SET numerator = 7 WHERE start_on = '2021-02-01' AND indicator_id = 'trainings'",
            "trainings（1 处）",
        ),
        (
            "UPDATE core.computed_report SET on_time = 7 WHERE month = '2021-02-01' AND received = 1",
            "training（1 处）",
        ),
    ],
)
def test_a_stale_kept_sum_is_found_and_computing_anew_mends_it(filled: Past, statement: str, example: str) -> None:
    change(filled, statement)

    (damage,) = found(filled).values()
    assert (damage.kind, damage.examples) == ("sum_stale", [example])

    assert recompute(filled.engine, "test").changed == 0
    assert found(filled) == {}


def test_after_the_definitions_changed_the_mart_is_not_compared_until_it_is_computed_anew(filled: Past) -> None:
    change(filled, "UPDATE core.computed_state SET fingerprint = 'of another program'")

    assert {kind: each.is_damage for kind, each in found(filled).items()} == {"all_anew": False}
    filled.publish()
    assert found(filled) == {}


def test_a_sample_is_as_large_as_asked_and_the_same_for_the_same_seed(filled: Past) -> None:
    done = verify(filled.house, Sample(1, "a"), ["archive", "facts"])
    assert [part.checked for part in done.parts] == [1, 1]

    change(filled, "UPDATE form_data.training SET title = '别的' WHERE submission_id = 1")
    seen = [bool(found(filled, "facts", sample=Sample(1, seed))) for seed in "abcde"]
    assert any(seen)
    assert not all(seen)
    assert seen == [bool(found(filled, "facts", sample=Sample(1, seed))) for seed in "abcde"]


def test_the_newest_publication_is_in_every_sample(filled: Past) -> None:
    change(filled, "UPDATE mart.publication SET checksum = 'ab' WHERE publication_id = 2")

    assert all(found(filled, "publications", sample=Sample(1, seed)) for seed in "abcdef")


def test_it_is_told_in_sentences_and_as_data(filled: Past) -> None:
    kept(filled, 0).unlink()
    done = verify(filled.house, Sample(9, "2f"), ["archive", "publications"])

    lines = list(told(done))
    assert lines[0] == "归档：核对 4 个文件，有不符"
    assert lines[-3:] == [
        "发布：核对 2 次发布，相符",
        "每类抽查最多 9；抽同样的再看：huizong verify --sample 9 --seed 2f；全部核对：huizong verify --all。",
        "有不符，请从上到下逐项处理。",
    ]
    assert in_short(done) == "原始文件缺失 1 处；查看：huizong verify --sample 9 --seed 2f"
    data = as_data(done)
    assert (data["sample"], data["seed"], data["differs"]) == (9, "2f", True)
    assert [(part["part"], part["checked"], len(part["found"])) for part in data["parts"]] == [
        ("archive", 4, 1),
        ("publications", 2, 0),
    ]

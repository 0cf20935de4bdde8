"""Who was taken out of the facts is still in the archive: no verification calls that damage, no backfill undoes it."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from flows.verifying import verify
from schemas.batch import Batch
from tests.integration.backfill.past import Past
from tests.rows import example
from tests.workbooks import grid, xlsx
from warehouse.acts import Act
from warehouse.forget import forget_people
from warehouse.integrity import Kind, Sample

NAME = "植甲丙"
HEAD = ("填报单位：谢三村街道", "所属月份：2021年3月")


@pytest.fixture
def forgotten(office: Past) -> Past:
    """An office with one report, from which everybody has been taken out."""
    office.arrive(ledger())
    assert forget(office) == 2
    return office


def ledger() -> bytes:
    return xlsx(隐患台账=grid("hazard", example("hazard", responsible=NAME, verifier=NAME), head=HEAD))


def forget(office: Past) -> int:
    return forget_people(office.engine, date(2021, 4, 1), Act("huizong", "HUIZONG_PERSONAL_MONTHS=12"))


def damage(office: Past) -> set[Kind]:
    done = verify(office.house, Sample(None, ""), ["facts"])
    assert [part.checked for part in done.parts] == [1]
    return {each.kind for part in done.parts for each in part.found}


def people(office: Past) -> list[object]:
    rows = "SELECT responsible FROM form_data.hazard ORDER BY submission_id"
    with office.engine.connect() as connection:
        return list(connection.execute(sa.text(rows)).scalars())


def misread(batch: Batch) -> Batch:
    """As a program read it that left the places out."""
    return replace(batch, tables={"hazard": batch.tables["hazard"].assign(description="别的")})


def test_who_was_forgotten_is_no_damage_and_any_other_change_is(forgotten: Past) -> None:
    assert damage(forgotten) == set()

    with forgotten.engine.begin() as connection:
        connection.execute(sa.text("UPDATE form_data.hazard SET description = '别的'"))
    assert damage(forgotten) == {"rows_differ"}


def test_a_name_that_somebody_put_in_the_place_of_another_is_damage(forgotten: Past) -> None:
    with forgotten.engine.begin() as connection:
        connection.execute(sa.text("UPDATE form_data.hazard SET responsible = '李四'"))

    assert damage(forgotten) == {"rows_differ"}


def test_a_backfill_by_an_unchanged_program_leaves_what_was_forgotten(forgotten: Past) -> None:
    assert forgotten.backfill().submissions == ()
    assert people(forgotten) == ["（已清除）3"]


def test_what_a_backfill_reads_anew_is_forgotten_by_the_next_night(office: Past) -> None:
    office.arrive(ledger(), read=misread)
    forget(office)

    (line,) = office.backfill().submissions

    assert (line.outcome, people(office)) == ("changed", ["（已清除）3", NAME])
    assert (forget(office), people(office)) == (2, ["（已清除）3", "（已清除）3"])
    assert damage(office) == set()

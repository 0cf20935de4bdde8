"""Which files the archive has to hold, a folder of it at a time, and what is in force of which file."""

from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Engine

from warehouse import tables as t
from warehouse.integrity import Sample


def archived_in(engine: Engine, folder: str) -> dict[str, str]:
    """The sha256 of every file by its name in a folder of the archive, whose own name is how the sha256 begin."""
    kept = sa.select(t.file.c.archive, t.file.c.sha256).distinct()
    # The letter is behind every digit of a sha256.
    found = kept.where(t.file.c.sha256 >= folder, t.file.c.sha256 < f"{folder}g")
    with engine.connect() as connection:
        return {PurePath(archive).name: sha256 for archive, sha256 in connection.execute(found)}


def choose_contents(engine: Engine, sample: Sample) -> set[str] | None:
    """The sha256 of the files whose bytes are looked at; None: of all."""
    if sample.size is None:
        return None
    contents = sample.of(sa.select(t.file.c.sha256).group_by(t.file.c.sha256), t.file.c.sha256)
    with engine.connect() as connection:
        return set(connection.execute(contents).scalars())


def choose_in_force(engine: Engine, sample: Sample) -> list[int]:
    """The files of the chosen reports that are in force, by their ids."""
    reports = sa.select(t.submission.c.file_id).where(t.submission.c.status == "accepted")
    with engine.connect() as connection:
        return sorted(set(connection.execute(sample.of(reports, t.submission.c.submission_id)).scalars()))


def files_of_ids(engine: Engine, file_ids: Sequence[int]) -> pd.DataFrame:
    """Lines of ``core.file`` with what reading them again takes, as ``readings.files_of`` gives them."""
    names = ("file_id", "sha256", "source", "name", "size", "received_at", "archive", "recorded_at")
    wanted = t.file.c.file_id == sa.any_(sa.literal(list(file_ids), ARRAY(sa.BigInteger)))
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(*(t.file.c[name] for name in names)).where(wanted).order_by(t.file.c.file_id)
        )
        return pd.DataFrame(rows.mappings().all(), columns=list(names), dtype=object)

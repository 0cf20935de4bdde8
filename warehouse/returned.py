"""What goes back to senders: the reports in which something is wrong and which nothing has settled since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from schemas.found import Found
from warehouse import tables as t
from warehouse.scripts import query


@dataclass(frozen=True)
class OpenWork:
    """The reports of one unit and month in one file; none where no report was found in it.

    ``forms`` and ``statuses`` (accepted, held, rejected) are those of ``submission_ids``. Issues are only ever added:
    the last of them tells one state of a report from a later one.
    """

    file_id: int
    name: str
    archive: str
    size: int
    received_at: datetime
    unit_code: str | None
    month: date | None
    submission_ids: tuple[int, ...]
    forms: tuple[str, ...]
    statuses: tuple[str, ...]
    last_issue_id: int
    errors: int
    warnings: int


@dataclass(frozen=True)
class Evidence:
    """What was found in open work, and where the tables of its reports stand (see ``schemas.batch.Batch``)."""

    issues: tuple[Found, ...]
    layouts: tuple[Mapping[str, Any], ...]


def open_work(engine: Engine) -> list[OpenWork]:
    """All of it, in the order in which the files arrived."""
    listed = ("submission_ids", "forms", "statuses")
    with engine.connect() as connection:
        rows = connection.execute(query("open_work")).mappings().all()
    return [OpenWork(**{**row, **{name: tuple(row[name]) for name in listed}}) for row in rows]


def evidence(engine: Engine, works: Sequence[OpenWork]) -> list[Evidence]:
    """What was found in each of these, by two queries for all."""
    submission_ids = [number for work in works for number in work.submission_ids]
    wanted = {"submission_ids": submission_ids, "file_ids": [work.file_id for work in works]}
    layout = sa.select(t.submission.c.submission_id, t.submission.c.layout)
    layout = layout.where(t.submission.c.submission_id == sa.any_(sa.literal(submission_ids, sa.ARRAY(sa.BigInteger))))
    with engine.connect() as connection:
        rows = connection.execute(query("issues_of_files"), wanted).mappings().all()
        layouts: dict[int, Mapping[str, Any]] = dict(connection.execute(layout).all())
    found: dict[tuple[int, int | None], list[Found]] = {}
    for row in rows:
        said = {name: value for name, value in row.items() if name not in ("file_id", "submission_id")}
        found.setdefault((row["file_id"], row["submission_id"]), []).append(Found(**said))
    return [
        Evidence(
            tuple(each for number in (*work.submission_ids, None) for each in found.get((work.file_id, number), ())),
            tuple(layouts[number] for number in work.submission_ids),
        )
        for work in works
    ]

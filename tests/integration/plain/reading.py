"""What is known of a warehouse: the batches that were loaded, and what became of each submission."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pandas as pd
import sqlalchemy as sa

from schemas.batch import Batch
from schemas.calendar import SHANGHAI
from schemas.unit import Register
from tests.integration.plain.reports import Arrival, Line, Report, World
from warehouse.engine import Engine

_SUBMISSIONS = sa.text(
    "SELECT file.sha256, file.name, submission.submission_id, submission.status,"
    " submission.recorded_to = submission.recorded_from AS is_outrun"
    " FROM core.submission INNER JOIN core.file ON submission.file_id = file.file_id ORDER BY submission_id"
)


def read_world(engine: Engine, register: Register, *nights: Batch) -> World:
    """The world of a warehouse into which these batches were loaded, each of them published."""
    became = _became(engine)
    sent = [each for night, batch in enumerate(nights) for each in _sent(batch, became, night)]
    stood: dict[tuple[str, str, date], set[int]] = defaultdict(set)
    for each in sent:
        if each["stood"]:
            stood[each["form"], each["unit"], each["month"]].add(each["night"])
    return World(
        register,
        tuple(_report(each) for each in sent if each["status"] == "accepted"),
        tuple(_arrival(each) for each in sent if each["unit"] and each["month"]),
        tuple((unit, month) for (_, unit, month), in_force in stood.items() for _ in range(len(in_force) - 1)),
    )


def _became(engine: Engine) -> Mapping[tuple[str, str], list[sa.Row[Any]]]:
    """What became of the submissions of each file, in their order."""
    with engine.connect() as connection:
        rows = connection.execute(_SUBMISSIONS).all()
    return {file: list(each) for file, each in itertools.groupby(rows, key=lambda row: (row.sha256, row.name))}


def _sent(batch: Batch, became: Mapping[tuple[str, str], list[sa.Row[Any]]], night: int) -> Iterator[dict[str, Any]]:
    """The submissions of a batch with what became of them."""
    rows = {table: _rows(frame) for table, frame in batch.tables.items()}
    outcomes = {key: iter(each) for key, each in became.items()}
    files = {file["file_no"]: file for file in batch.files.to_dict("records")}
    for told in batch.submissions.to_dict("records"):
        file = files[told["file_no"]]
        outcome = next(outcomes[file["sha256"], file["name"]])
        yield {
            "form": told["form"],
            "unit": told["unit_code"],
            "month": told["month"],
            "situation": told["situation"],
            "states": {table: part["state"] for table, part in told["layout"].items()},
            "received_at": file["received_at"].to_pydatetime().astimezone(SHANGHAI),
            "number": outcome.submission_id,
            "status": outcome.status,
            "stood": outcome.status in ("accepted", "superseded") and not outcome.is_outrun,
            "night": night,
            "rows": {table: each.get(told["submission_no"], []) for table, each in rows.items()},
        }


def _rows(frame: pd.DataFrame) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """The rows of a table by submission, as plain values."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in frame.astype(object).to_dict("records"):
        found[row["submission_no"]].append({str(name): _plain(value) for name, value in row.items()})
    return found


def _plain(value: Any) -> object:  # noqa: ANN401 -- what a cell may hold
    if isinstance(value, (list, datetime, date, str, bool)):
        return value
    if value is None or pd.isna(value):
        return None
    return Fraction(str(value)) if isinstance(value, float) else value


def _report(sent: Mapping[str, Any]) -> Report:
    place = (sent["unit"], sent["month"], sent["received_at"])
    return Report(
        sent["form"],
        sent["unit"],
        sent["month"],
        sent["situation"],
        sent["states"],
        {
            table: tuple(Line(*place, (sent["number"], row["source_row"]), row) for row in rows)
            for table, rows in sent["rows"].items()
        },
    )


def _arrival(sent: Mapping[str, Any]) -> Arrival:
    names = ("form", "unit", "month", "received_at", "number")
    return Arrival(**{name: sent[name] for name in names}, is_rejected=sent["status"] == "rejected")

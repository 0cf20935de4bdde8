"""An office with an archive, whose files were read by a program that understood some of them otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from flows.backfill_report import BackfillReport, report_of
from flows.backfill_request import BackfillRequest
from flows.backfilling import ask, months_done
from flows.house import House
from flows.settings import Settings
from schemas.batch import Batch
from schemas.unit import Register
from tasks.archive import place_of, store
from tasks.assemble import read_batch
from tasks.read import ArrivedFile
from tasks.validate import validate
from tests.integration.facts import DISTRICT, STREET, TOWN
from tests.workbooks import TRAINING, Cell, grid, xlsx
from warehouse import tables as t
from warehouse.engine import Engine
from warehouse.load import Loaded, load
from warehouse.publish import publish

TODAY = date(2021, 7, 8)
UNITS = (DISTRICT, STREET, TOWN)
Reads = Callable[[Batch], Batch]


@dataclass
class Past:
    """The house of the test, and how many files have come."""

    house: House
    files: list[ArrivedFile] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        return self.house.engine

    def arrive(self, content: bytes, *, read: Reads = lambda batch: batch, name: str = "") -> Loaded:
        """A file comes and is read: as today, or as an earlier program read it."""
        return load(self.engine, read(self.read(content, name)))

    def read(self, content: bytes, name: str = "") -> Batch:
        file = archived(self.house.settings.archive, content, name or f"{len(self.files)}.xlsx", len(self.files))
        self.files.append(file)
        return validate(read_batch([file], self.house.register, TODAY), self.house.register)

    def publish(self) -> None:
        publish(self.engine, "test")

    def backfill(self, first: str = "2021-03", last: str = "2021-03", **said: object) -> BackfillReport:
        """What a backfill did; a preview with ``dry_run``."""
        request = BackfillRequest.model_validate(
            {"from_month": first, "to_month": last, "dry_run": False, "who": "张三", **said}
        )
        asked = ask(self.house, request)
        return report_of(asked, list(months_done(self.house, asked)), self.house.register)

    def submissions(self) -> list[tuple[str, int]]:
        """Status and version of every submission in the order in which they were recorded."""
        columns = (t.submission.c.status, t.submission.c.version)
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(*columns).order_by(t.submission.c.submission_id))
            return [(row.status, row.version) for row in rows]

    def scalar(self, statement: str) -> object:
        with self.engine.connect() as connection:
            return connection.execute(sa.text(statement)).scalar()


def archived(archive: Path, content: bytes, name: str, minute: int = 0) -> ArrivedFile:
    """A file as the collector leaves it; later ones came later."""
    when = datetime(2021, 7, 6, 8, tzinfo=UTC) + timedelta(minutes=minute)
    sha256, kept = place_of(content, "报表.xlsx", archive)
    if not kept.exists():
        store(content, kept)
    return ArrivedFile(sha256, f"/inbox/{name}", name, len(content), when, kept)


def past(home: Path, engine: Engine, register: Register) -> Past:
    """An office with an empty archive."""
    return Past(House(Settings(home=home), register, engine))


def trainings(*participants: int, month: str = "2021-03", unit: str = "谢三村街道", version: int = 1) -> bytes:
    """A workbook of F06, a training for each number of participants."""
    year, number = month.split("-")
    rows = [_training(place, count, month) for place, count in enumerate(participants, 1)]
    head = [
        f"填报单位：{unit}",
        f"所属月份：{year}年{int(number)}月",
        *([f"版本：第{version}版", "更正说明：补报"] if version > 1 else []),
    ]
    return xlsx(台账=grid("training", *rows, head=head))


def _training(place: int, participants: int, month: str) -> dict[str, Cell]:
    days = {"started_on": f"{month}-08", "ended_on": f"{month}-09"}
    return {**TRAINING, **days, "training_no": f"PX-{month}-{place}", "participants": participants}


def sent_back(batch: Batch) -> Batch:
    """As a program read it that knew a rule which these reports broke."""
    issue = {"severity": "error", "code": "E-VAL-02", "sheet": "台账", "value": None, "message": "旧规则：不对"}
    lines = [{**issue, **each} for each in batch.submissions[["file_no", "submission_no"]].to_dict("records")]
    issues = pd.concat([batch.issues, pd.DataFrame(lines)], ignore_index=True).astype(batch.issues.dtypes.to_dict())
    submissions = batch.submissions.assign(status="rejected", errors=1)
    return replace(batch, submissions=submissions, issues=issues, tables={})


def misread(batch: Batch) -> Batch:
    """As a program read it that took participants for one more than there were."""
    rows = batch.tables["training"]
    return replace(batch, tables={"training": rows.assign(participants=rows["participants"] + 1)})


def let_through(right: Batch) -> Reads:
    """As a program read it that saw nothing wrong, and these rows."""

    def read(batch: Batch) -> Batch:
        issues = batch.issues[batch.issues["severity"] != "error"].reset_index(drop=True)
        kept = ("form", "unit_code", "month", "situation", "layout", "rows")
        submissions = batch.submissions.assign(
            status="accepted", errors=0, **{each: right.submissions[each] for each in kept}
        )
        return replace(batch, submissions=submissions, issues=issues, tables=right.tables)

    return read

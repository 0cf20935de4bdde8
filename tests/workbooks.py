"""Builders of small workbooks: what a test does not say is as a careful colleague would fill it in."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from schemas.batch import Batch
from schemas.form import tables
from schemas.unit import Register, load_register
from tasks.assemble import read_batch
from tasks.read import ArrivedFile
from tasks.validate import validate

Cell = str | int | float | bool | date | datetime | None
TODAY = date(2021, 4, 8)
HEAD = ("填报单位：谢三村街道", "所属月份：2021年3月")

TRAINING: Mapping[str, Cell] = {
    "training_no": "PX-01",
    "started_on": "2021-03-08",
    "ended_on": "2021-03-09",
    "title": "春季安全知识培训",
    "category": "安全知识培训",
    "mode": "集中培训",
    "organizer": "谢三村街道",
    "organizer_level": "乡镇街道级",
    "audience": "群众",
    "participants": 40,
    "hours": 8,
}
ACCIDENT: Mapping[str, Cell] = {
    "accident_no": "SG3404042021030901",
    "accident_name": "“3·9”菜市场燃气泄漏爆燃事故",
    "occurred_at": "2021-03-09 06:40",
    "received_at": "2021-03-09 06:55",
    "entered_at": "2021-03-09 16:00",
    "place": "菜市场",
    "town_code": "谢三村街道",
    "enterprise_name": "某餐饮店",
    "uscc": "91350100M000100Y43",
    "industry_section": "H",
    "industry_division": "62",
    "sector": "城镇燃气",
    "accident_type": "其他爆炸",
    "is_production": "是",
    "deaths": 0,
    "missing_persons": 0,
    "serious_injuries": 0,
    "minor_injuries": 0,
    "direct_loss_wan": 128,
    "grade": "一般",
    "cause": "软管脱落",
    "stage": "快报",
    "reporter_role": "属地",
}


def grid(table_id: str, *rows: Mapping[str, Cell], head: Sequence[Cell] = HEAD) -> list[list[Cell]]:
    """A sheet: the head in one row, the labels of the fields of the first row, the rows."""
    columns = tables()[table_id][1].columns
    fields = list(rows[0]) if rows else list(columns)
    return [
        list(head),
        [columns[name].label for name in fields],
        *([row.get(name) for name in fields] for row in rows),
    ]


def xlsx(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """An .xlsx file of sheets of cells from A1."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, place, cell)
    return buffer.getvalue()


def arrive(folder: Path, content: bytes, name: str = "报表.xlsx", received_at: datetime | None = None) -> ArrivedFile:
    """A file as collect would hand it on."""
    sha256 = hashlib.sha256(content).hexdigest()
    archive = folder / f"{sha256}{Path(name).suffix}"
    archive.write_bytes(content)
    when = received_at or datetime(2021, 4, 6, 8, tzinfo=UTC)
    return ArrivedFile(sha256, f"/inbox/{name}", name, len(content), when, archive)


def checked(folder: Path, *contents: bytes, name: str = "报表.xlsx", register: Register | None = None) -> Batch:
    """The batch of files with these contents."""
    units = register or load_register()
    files = [arrive(folder, content, name) for content in contents]
    return validate(read_batch(files, units, TODAY), units)


def found(batch: Batch) -> list[tuple[str, str | None]]:
    """Code and cell (``C5``, None where there is none) of every issue, in order."""
    issues = batch.issues.astype(object).where(batch.issues.notna(), None)
    return [
        (code, f"{column}{row}" if column and row else None)
        for code, column, row in zip(issues["code"], issues["column"], issues["row"], strict=True)
    ]

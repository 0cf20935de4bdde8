"""A spreadsheet of units and what changes of them, row by row: what is read, and every cell that is not understood."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.days import MomentError
from schemas.issue import column_letter
from schemas.moments import parse_moment
from schemas.text import heading_key, normalise, squeeze
from tasks.workbook import Row, Sheet, open_workbook

LABELS: Mapping[str, str] = {
    "code": "单位代码",
    "name": "单位名称",
    "kind": "类型",
    "parent": "上级单位代码",
    "valid_from": "启用日期",
    "valid_to": "停用日期",
    "successors": "继任单位代码",
    "aliases": "别名",
}
_HEADINGS: Mapping[str, str] = {
    **{label: field for field, label in LABELS.items()},
    "代码": "code",
    "行政区划代码": "code",
    "名称": "name",
    "单位类型": "kind",
    "类别": "kind",
    "上级代码": "parent",
    "上级单位": "parent",
    "启用时间": "valid_from",
    "设立日期": "valid_from",
    "停用时间": "valid_to",
    "撤销日期": "valid_to",
    "继任单位": "successors",
    "简称": "aliases",
}
_KINDS: Mapping[str, str] = {
    "区": "district",
    "县": "district",
    "街道": "street",
    "镇": "town",
    "乡": "township",
    "民族乡": "ethnic_township",
    "村": "village",
    "行政村": "village",
    "村委会": "village",
    "社区": "community",
    "居委会": "community",
    "园区": "park",
    "开发区": "park",
    "部门": "department",
}
_CODE = re.compile(r"\d{6}|\d{9}|\d{12}|\d{6}[PD]\d{2}")
_SEVERAL = re.compile(r"[、,;/\s]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place of the list; ``field`` is None where it is about the whole row or file."""

    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None

    @property
    def text(self) -> str:
        """Where, and what; the sheet by its name, the cell by row, letter and heading."""
        spot = f"表「{self.sheet}」" if self.sheet else ""
        spot += f"第 {self.row} 行" if self.row else ""
        spot += f" {self.column} 列" if self.column else ""
        spot += f"「{LABELS[self.field]}」" if self.field else ""
        return f"{spot}：{self.message}" if spot else self.message


@dataclass(frozen=True)
class UnitRow:
    """One row: what its cells say, None (or nothing) where they are empty; parent and successors as written."""

    sheet: str
    row: int
    columns: Mapping[str, str]
    code: str
    name: str | None
    kind: str | None
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    aliases: tuple[str, ...]

    def fault(self, field: str | None, message: str) -> Fault:
        """A fault at a cell of this row."""
        return Fault(message, self.sheet, self.row, self.columns.get(field or ""), field)


@dataclass(frozen=True)
class UnitList:
    """The rows of a file, what of it is wrong, and the headings of columns that are not read."""

    rows: tuple[UnitRow, ...]
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]


def read_unit_list(content: bytes) -> UnitList:
    """The units of a workbook (.xlsx, .xls, .ods, .csv): of every sheet that has codes and names of units.

    A row whose cells cannot all be understood is a fault and no row.
    """
    workbook = open_workbook(content)
    faults = [Fault(issue.message, issue.sheet) for issue in workbook.issues]
    tables = [(sheet, place) for sheet in workbook.sheets if (place := _heading(sheet.rows)) is not None]
    if not tables and not faults:
        faults.append(Fault("没有找到单位名录：请在一行里写明列名「单位代码」和「单位名称」"))
    rows: list[UnitRow] = []
    unread: list[str] = []
    for sheet, place in tables:
        columns = _columns(sheet.rows[place])
        unread += [text for text in _texts(sheet.rows[place]) if text and heading_key(text) not in _HEADINGS]
        for found in _rows(sheet, place, columns):
            (rows if isinstance(found, UnitRow) else faults).append(found)  # type: ignore[arg-type]
    return UnitList(tuple(rows), tuple(faults), tuple(unread))


def _heading(rows: Sequence[Row]) -> int | None:
    """The place of the first row that has both a heading of codes and one of names."""
    fields = ({_HEADINGS.get(heading_key(text)) for text in _texts(row)} for row in rows)
    return next((place for place, found in enumerate(fields) if {"code", "name"} <= found), None)


def _columns(row: Row) -> dict[str, int]:
    """The first column of each field."""
    found: dict[str, int] = {}
    for place, text in enumerate(_texts(row)):
        if field := _HEADINGS.get(heading_key(text)):
            found.setdefault(field, place)
    return found


def _texts(row: Row) -> list[str]:
    return [normalise(cell or "") for cell in row]


def _rows(sheet: Sheet, heading: int, columns: Mapping[str, int]) -> Iterator[UnitRow | Fault]:
    letters = {field: column_letter(place) for field, place in columns.items()}
    for place, row in enumerate(sheet.rows[heading + 1 :], heading + 1):
        texts = _texts(row)
        said = {field: texts[at] if at < len(texts) else "" for field, at in columns.items()}
        if any(said.values()):
            yield from _row(sheet.name, place + 1, letters, said)


def _row(sheet: str, number: int, letters: Mapping[str, str], said: Mapping[str, str]) -> Iterator[UnitRow | Fault]:
    """The row, or all its faults."""
    wrong = {field: message for field in said if (message := _wrong(field, said[field]))}
    if wrong:
        yield from (Fault(message, sheet, number, letters[field], field) for field, message in wrong.items())
        return
    yield UnitRow(
        sheet,
        number,
        letters,
        code=unit_code(said["code"]),
        name=squeeze(said["name"]) or None,
        kind=_KINDS[squeeze(said["kind"])] if said.get("kind") else None,
        parent=said.get("parent") or None,
        valid_from=_day(said.get("valid_from", "")),
        valid_to=_day(said.get("valid_to", "")),
        successors=_several(said.get("successors", "")),
        aliases=_several(said.get("aliases", "")),
    )


def _wrong(field: str, text: str) -> str | None:
    """What is wrong with a cell; None for an empty one, but the code has to be there."""
    if field == "code":
        return (
            None if _CODE.fullmatch(squeeze(text).upper()) else f"{text or '空'} 不是单位代码，请写 6、9 或 12 位代码"
        )
    if field == "kind" and text and squeeze(text) not in _KINDS:
        return f"{text} 不是单位类型，请从下列各项选填：{'、'.join(_KINDS)}"
    if field in ("valid_from", "valid_to") and text:
        try:
            _day(text)
        except MomentError:
            return f"{text} 不是有效日期，请写成 2021-04-01"
    return None


def _day(text: str) -> date | None:
    return parse_moment(text, None).at.date() if text else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _SEVERAL.split(text) if part))


def unit_code(text: str) -> str:
    """A code without the zeros that fill a shorter one up to twelve digits (340404102000 is 340404102)."""
    code = squeeze(text).upper()
    if len(code) == 12 and code.endswith("000"):
        return code[:6] if code.endswith("000000") else code[:9]
    return code

"""Bytes of a file to sheets of cell texts. The type is told by content, never by the file's ending."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from schemas.issue import Issue

MOST_CELLS = 2_000_000
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Row = list[str | None]


@dataclass(frozen=True)
class Sheet:
    """Cell texts by absolute address: ``rows[0][0]`` is A1; None where a cell is empty."""

    name: str
    rows: list[Row]
    is_visible: bool = True


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file, and what could not be read of it."""

    sheets: tuple[Sheet, ...]
    issues: tuple[Issue, ...] = ()
    is_text: bool = False


def open_workbook(content: bytes) -> Workbook:
    """The sheets of an .xlsx, .xlsm, .xlsb, .xls, .ods or delimited text file; a file that is none gives an issue."""
    if not content:
        return Workbook((), (Issue("E-FILE-02"),))
    if content.startswith((_ZIP, _OLE, *_BIFF)):
        return _open_binary(content)
    return _open_text(content)


def _open_binary(content: bytes) -> Workbook:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        return Workbook((), (Issue("E-FILE-03"),))
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            parts = [_sheet(book, meta) for meta in book.sheets_metadata if _is_worksheet(meta)]
    except python_calamine.PasswordError:
        return Workbook((), (Issue("E-FILE-03"),))
    except (KeyboardInterrupt, SystemExit):
        raise
    # calamine can panic, and a panic derives from BaseException: a file must not end the night.
    except BaseException as error:  # noqa: BLE001 -- reported as an issue of the file
        return Workbook((), (Issue("E-FILE-01", hint=_reason(error)),))
    sheets = tuple(part for part in parts if isinstance(part, Sheet))
    return Workbook(sheets, tuple(part for part in parts if isinstance(part, Issue)))


def _is_worksheet(meta: python_calamine.SheetMetadata) -> bool:
    return meta.typ == python_calamine.SheetTypeEnum.WorkSheet


def _sheet(book: python_calamine.CalamineWorkbook, meta: python_calamine.SheetMetadata) -> Sheet | Issue:
    sheet = book.get_sheet_by_name(meta.name)
    cells = sheet.total_height * sheet.total_width
    if cells > MOST_CELLS:
        hint = f"{sheet.total_height}行{sheet.total_width}列，上限{MOST_CELLS}格"
        return Issue("E-FILE-05", sheet=meta.name, value=meta.name, hint=hint)
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(meta.name, rows, meta.visible == python_calamine.SheetVisibleEnum.Visible)


def _reason(error: BaseException) -> str:
    known = {"ZipError": "压缩包不完整", "XmlError": "内容不完整", "PanicException": "内容无法解析"}
    return known.get(type(error).__name__, "无法识别的内容")


def cell_text(value: object) -> str | None:
    """A cell as text that ``schemas.cells`` reads back: whole numbers without a point, dates in ISO form."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds() / 86_400:.10g}"


def _number_text(value: float) -> str:
    """A number as a spreadsheet keeps it: 15 significant digits, written out; a rounded code shows its zeros."""
    return format(Decimal(f"{value:.15g}"), "f")


def _open_text(content: bytes) -> Workbook:
    text = _decode(content)
    if text is None:
        return Workbook((), (Issue("E-FILE-06"),), is_text=True)
    if any(char < " " and char not in "\t\r\n\f" for char in text[:4096]):
        return Workbook((), (Issue("E-FILE-01", hint="无法识别的内容"),), is_text=True)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        rows: list[Row] = [[cell or None for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        return Workbook((), (Issue("E-FILE-01", hint="文本内容无法解析"),), is_text=True)
    return Workbook((Sheet("csv", rows),), is_text=True)


def _decode(content: bytes) -> str | None:
    """Strict decoding only: a byte order mark, else UTF-8, else GB18030; a guess could turn text into other text."""
    marked = [name for mark, name in _MARKED if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None

"""Bytes of a file to sheets of cell texts. The type is told by content, never by the file's ending."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import python_calamine

from schemas.issue import Issue
from tasks.formats import xlsb, xlsx
from tasks.formats.delimited import read_delimited
from tasks.formats.notes import notes_of_parts
from tasks.formats.ods import read_ods
from tasks.formats.other import known_other, other_package
from tasks.formats.package import Package
from tasks.formats.sheet import Range, Row, Sheet, UnreadableError, Workbook
from tasks.formats.values import cell_text
from tasks.formats.xls import BARE, OLE, read_xls
from tasks.limits import USUAL, Bounds

__all__ = ["Range", "Row", "Sheet", "Workbook", "cell_text", "open_workbook"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# What goes wrong with a damaged file, in words for its sender.
_REASONS: Mapping[type[BaseException], str] = {
    BadZipFile: "压缩包不完整",
    EOFError: "压缩包不完整",
    zlib.error: "压缩包不完整",
    python_calamine.ZipError: "压缩包不完整",
    python_calamine.XmlError: "内容不完整",
    ParseError: "内容不完整",
}


def open_workbook(content: bytes, bounds: Bounds = USUAL) -> Workbook:
    """The sheets of an .xlsx, .xlsm, .xlsb, .xls, .et, .ods or delimited text file; a file that is none gives an issue.

    Merged cells are told for all but text; hidden rows and columns for all but text and Excel 4 and older, those of
    zero height or width for all but .ods; formulas that nobody computed for .xlsx, .xlsm and .ods (see
    ``tasks.formats.xls``); percentages for all but text and Excel 4 and older.
    """
    if not content:
        return Workbook((), (Issue("E-FILE-02"),))
    try:
        return _open(content, bounds)
    except UnreadableError as error:
        return Workbook((), (error.issue,))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        # Of the last the process that reads makes an issue: see ``tasks.readers``.
        raise
    # Readers of damaged files raise whatever they stumble over, and a panic of calamine derives from BaseException:
    # a file must not end the night.
    except BaseException as error:  # noqa: BLE001 -- reported as an issue of the file
        reason = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), "内容无法解析")
        return Workbook((), (Issue("E-FILE-01", hint=reason),))


def _open(content: bytes, bounds: Bounds) -> Workbook:
    if content.startswith((OLE, *BARE)):
        return read_xls(content, bounds)
    if content.startswith(_ZIP):
        return _open_package(content, bounds)
    if other := known_other(content):
        raise UnreadableError(other)
    return read_delimited(content, bounds)


def _open_package(content: bytes, bounds: Bounds) -> Workbook:
    package = Package(content, bounds)
    book = _read_package(content, package)
    return replace(book, notes=(*notes_of_parts(package.names), *book.notes))


def _read_package(content: bytes, package: Package) -> Workbook:
    if xlsx.BOOK in package.names:
        return xlsx.read_xlsx(content, package)
    if xlsb.BOOK in package.names:
        return xlsb.read_xlsb(package)
    if package.read("mimetype").startswith(_ODS):
        return read_ods(package)
    raise UnreadableError(other_package(package))

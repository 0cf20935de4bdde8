"""A workbook to bytes, the same bytes for the same workbook: no time of day is in them."""

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook as Book
from openpyxl.writer.excel import ExcelWriter

_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
_TYPES = "[Content_Types].xml"


def save(book: Book) -> bytes:
    """The bytes of an .xlsx, or of an .xlsm where it has macros."""
    parts = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(parts, "w", zipfile.ZIP_STORED)).save()
    if book.vba_archive:
        book.vba_archive.close()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(parts) as written,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out,
    ):
        # Macros are copied in the order of a set.
        for name in sorted(set(written.namelist()), key=lambda each: (each != _TYPES, each)):
            part = zipfile.ZipInfo(name, _BEGINNING)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            out.writestr(part, written.read(name))
    return packed.getvalue()


def without_time(book: Book) -> None:
    """Take the time at which a new workbook was made out of it."""
    book.properties.created = book.properties.modified = datetime(*_BEGINNING)  # noqa: DTZ001 -- a workbook has no zone

"""Builders of workbooks from their parts, for what no library writes."""

import io
import struct
import zipfile
from collections.abc import Mapping

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return buffer.getvalue()


def xlsx_of(
    rows: str, *, before: str = "", book: str = "", styles: str = "", main: str = MAIN, sheet: str = ""
) -> bytes:
    """An .xlsx with one sheet A of these row elements, or of this whole part; other elements stand before the rows."""
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{_DOCUMENT}">{book}'
                '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
            ),
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": (
                sheet or f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData></worksheet>'
            ),
        }
    )


def _relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'


def ods_of(rows: str, *, styles: str = "", before: str = "") -> bytes:
    """An .ods with one table A, of style ta1, of these elements; others stand before the table."""
    names = "".join(f' xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "style", "text"))
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f'<office:document-content{names} xmlns:calcext="{_CALCEXT}">'
                f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
                f'<table:table table:name="A" table:style-name="ta1">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )


def record(number: int, body: bytes = b"") -> bytes:
    """A record of an .xlsb."""
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    """A text with its length in front."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row_of(number: int, *, height: int = 300, is_hidden: bool = False) -> bytes:
    """The record that begins a row of an .xlsb; numbered from 0."""
    return record(0, struct.pack("<IIHBBB", number, 0, height, 0, 0x10 if is_hidden else 0, 0))


def cell_of(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    """A cell of an .xlsb."""
    return record(kind, struct.pack("<II", column, style) + value)


def xlsb_of(rows: bytes, *, before: bytes = b"", after: bytes = b"", properties: int = 0) -> bytes:
    """An .xlsb with one sheet A of these records; its strings are 甲 and 乙, its style 1 shows percentages, 2 dates."""
    formats = b"".join(record(47, struct.pack("<HHIIII", 0, number, 0, 0, 0, 0)[:16]) for number in (0, 9, 14))
    sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("A")
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
            "xl/workbook.bin": record(153, struct.pack("<II", properties, 0) + wide("")) + record(156, sheet),
            "xl/_rels/workbook.bin.rels": _relations("worksheet", "worksheets/sheet1.bin"),
            "xl/styles.bin": record(617) + formats + record(618),
            "xl/sharedStrings.bin": record(19, b"\0" + wide("甲")) + record(19, b"\0" + wide("乙")),
            "xl/worksheets/sheet1.bin": before + record(145) + rows + record(146) + after,
        }
    )

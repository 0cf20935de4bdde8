"""Small files that are meant to do harm, a builder a kind.

``python -m tests.hostile`` prints what becomes of them, as a table; given a page, writes it there between its marks.
"""

import io
import resource
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import xlsxwriter
import xlwt

from schemas.batch import Batch
from schemas.unit import load_register
from tasks.limits import Limits
from tasks.pool import Pool
from tasks.readers import read_in
from tests.raw import MAIN, cell_of, ods_of, row_of, wide, xlsb_of, xlsx_of
from tests.workbooks import HEAD, TODAY, TRAINING, arrive, grid, xlsx

DATA = Path(__file__).parent / "data"
# Enough for what is to be read, little enough for what is not to end quickly.
LIMITS = Limits(processes=1, seconds=60, megabytes=512)
BEGIN, END = "<!-- hostile:begin -->", "<!-- hostile:end -->"
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True)
class Hostile:
    """One kind: what it is, and the code of the issue that it must give; none where it is read like any other."""

    what: str
    ending: str
    build: Callable[[], bytes]
    code: str | None


@dataclass(frozen=True)
class Outcome:
    """What became of a corpus that was read together, with an honest report after each file."""

    codes: Mapping[str, list[str]]
    honest: int
    unanswered: int
    ended: int
    megabytes: int


def report(number: int = 0) -> bytes:
    """An honest report."""
    return xlsx(培训=grid("training", {**TRAINING, "training_no": f"PX-{number}"}, head=HEAD))


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name) or old.read(name))
    return buffer.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """A part of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def unfolding(megabytes: int) -> bytes:
    """A report whose styles unfold to so much, a thousandth of it as a file."""
    return with_parts(report(), {"xl/styles.xml": b" " * (megabytes << 20)})


def _understated() -> bytes:
    """A part that announces a kilobyte and unfolds to 40 MiB."""
    content = unfolding(40)
    size = struct.pack("<I", 40 << 20)
    return content.replace(size, struct.pack("<I", 1_024))


def _nested() -> bytes:
    content = bytes(1 << 20)
    for level in range(12):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for copy in range(4):
                package.writestr(f"{level}-{copy}.zip", content)
        content = buffer.getvalue()
    return content


def _defining(definitions: str, encoding: str = "utf-8") -> bytes:
    """An .xlsx whose sheet has a document type, and a cell with the entity ``x``."""
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE worksheet [{definitions}]>'
        f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    )
    return with_parts(xlsx_of(""), {_SHEET: sheet.encode(encoding)})


def _laughs() -> str:
    first = '<!ENTITY a0 "哈">'
    more = (f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return first + "".join(more) + '<!ENTITY x "&a9;">'


def _external() -> str:
    return '<!ENTITY x SYSTEM "file:///etc/passwd">'


def _ods_defining(definitions: str) -> bytes:
    content = ods_of("")
    xml = part_of(content, "content.xml")
    return with_parts(content, {"content.xml": b"<!DOCTYPE x [" + definitions.encode() + b"]>" + xml})


def _wide_xls() -> bytes:
    """Two cells that span 65,536 x 256."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    sheet.write(0, 0, "x")
    sheet.write(65_535, 255, "x")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _dimension() -> bytes:
    content = report()
    sheet = part_of(content, _SHEET)
    start, end = sheet.index(b"<dimension"), sheet.index(b"/>", sheet.index(b"<dimension"))
    return with_parts(content, {_SHEET: sheet[:start] + b'<dimension ref="A1:XFD1048576"' + sheet[end:]})


def _far() -> bytes:
    return xlsx_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def _counted() -> bytes:
    strings = f'<sst xmlns="{MAIN}" count="9999999999" uniqueCount="9999999999"><si><t>x</t></si></sst>'
    return with_parts(xlsx_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), {_STRINGS: strings.encode()})


def _repeated() -> bytes:
    """A text of a mebibyte in 4,000 cells: 4 GiB."""
    content = report()
    strings = part_of(content, _STRINGS).replace("春季安全知识培训".encode(), b"x" * (1 << 20), 1)
    text = strings[: strings.index(b"x" * 100)].count(b"<t") - 1
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{text}</v></c></row>' for n in range(1, 4_001))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(content, {_STRINGS: strings, _SHEET: sheet.encode()})


def _deep(levels: int) -> bytes:
    """Elements in elements, in a sheet that has a formula and is therefore parsed."""
    cell = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    return xlsx_of(f"{cell}<row>{'<c>' * levels}{'</c>' * levels}</row>")


def _deep_ods(levels: int) -> bytes:
    return ods_of(f"<table:table-row>{'<table:table-cell>' * levels}{'</table:table-cell>' * levels}</table:table-row>")


def _merged() -> bytes:
    """A report under a hundred thousand merged ranges as wide as a sheet."""
    content = report()
    ranges = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(10, 1_000_000, 10))
    sheet = part_of(content, _SHEET)
    merged = f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
    return with_parts(content, {_SHEET: sheet.replace(b"</sheetData>", merged)})


def _macros() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_vba_project(io.BytesIO(b"Auto_Open"), is_stream=True)
        sheet = book.add_worksheet("培训")
        for number, row in enumerate(grid("training", TRAINING, head=HEAD)):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return buffer.getvalue()


def _linked() -> bytes:
    link = f'<externalLink xmlns="{MAIN}"/>'.encode()
    return with_parts(report(), {"xl/externalLinks/externalLink1.xml": link})


def _of_sheet(name: str) -> bytes:
    """A report on a sheet of this name, with a slip."""
    content = xlsx(培训=grid("training", {**TRAINING, "participants": "约30"}, head=HEAD))
    book = part_of(content, "xl/workbook.xml").replace("培训".encode(), name.encode())
    return with_parts(content, {"xl/workbook.xml": book})


def _named(name: str) -> bytes:
    return with_parts(report(), {name: b"x"})


def _many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for number in range(100_000):
            package.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return buffer.getvalue()


def _twice() -> bytes:
    """Two sheets of one name in capitals and small letters: one for a checker, one for a reader."""
    return with_parts(report(), {_SHEET.upper(): b"<worksheet/>"})


def _zero_bytes() -> bytes:
    content = xlsb_of(row_of(0) + cell_of(6, 0, wide("a\0b")))
    return with_parts(content, {"xl/workbook.bin": part_of(content, "xl/workbook.bin")[: -len(wide("A"))] + wide("\0")})


def _rows(cell: str, rows: int, columns: int) -> bytes:
    return ods_of(
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}"{cell}</table:table-row>'
    )


def _spaces(count: int) -> bytes:
    text = f'<text:p>x<text:s text:c="{count}"/></text:p>'
    return ods_of(
        f'<table:table-row><table:table-cell office:value-type="string">{text}</table:table-cell></table:table-row>'
    )


def _long_cells(character: str) -> bytes:
    """A report in which every text is as long as Excel has them: what a pattern of ours might choke on."""
    row = {name: character * 32_000 if isinstance(value, str) else value for name, value in TRAINING.items()}
    return xlsx(培训=grid("training", row, head=HEAD))


_TEXT_CELL = ' office:value-type="string"><text:p>x</text:p></table:table-cell>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_QUADRATIC = '<!ENTITY a "' + "a" * 100_000 + '"><!ENTITY x "' + "&a;" * 10_000 + '">'

CORPUS = (
    Hostile("zip that unfolds a thousandfold (40 MiB)", ".xlsx", lambda: unfolding(40), "E-FILE-17"),
    Hostile("zip that unfolds to 260 MiB", ".xlsx", lambda: unfolding(260), "E-FILE-17"),
    Hostile("zip that announces less than it holds", ".xlsx", _understated, "E-FILE-01"),
    Hostile("zips in zips, twelve deep", ".xlsx", _nested, "E-FILE-11"),
    Hostile("100,000 zip entries", ".xlsx", _many_parts, "E-FILE-17"),
    Hostile("zip entry named ../../x", ".xlsx", lambda: _named("../../x"), "E-FILE-01"),
    Hostile("zip entry with an absolute Windows path upwards", ".xlsx", lambda: _named("c:\\..\\x"), "E-FILE-01"),
    Hostile("zip entry with a control character", ".xlsx", lambda: _named("xl/a\x07b"), "E-FILE-01"),
    Hostile("zip entry with a name of 5,000 characters", ".xlsx", lambda: _named("x" * 5_000), "E-FILE-01"),
    Hostile("two entries of one name", ".xlsx", _twice, "E-FILE-01"),
    Hostile("billion laughs in a sheet", ".xlsx", lambda: _defining(_laughs()), "E-FILE-01"),
    Hostile("billion laughs in an .ods", ".ods", lambda: _ods_defining(_laughs()), "E-FILE-01"),
    Hostile("entity of quadratic size", ".xlsx", lambda: _defining(_QUADRATIC), "E-FILE-01"),
    Hostile("external entity", ".xlsx", lambda: _defining(_external()), "E-FILE-01"),
    Hostile("external entity in UTF-16", ".xlsx", lambda: _defining(_external(), "utf-16"), "E-FILE-01"),
    Hostile("external entity in an .ods", ".ods", lambda: _ods_defining(_external()), "E-FILE-01"),
    Hostile("elements 100,000 deep", ".xlsx", lambda: _deep(100_000), "E-FILE-01"),
    Hostile("elements 100,000 deep in an .ods", ".ods", lambda: _deep_ods(100_000), "E-FILE-01"),
    Hostile("two cells that span 16.7 million", ".xls", _wide_xls, "E-FILE-05"),
    Hostile("one cell at the end of a sheet", ".xlsx", _far, "E-FILE-05"),
    Hostile("a dimension of the whole sheet around one report", ".xlsx", _dimension, None),
    Hostile("10,000,000,000 shared strings announced", ".xlsx", _counted, "E-FILE-01"),
    Hostile("a text of 1 MiB in 4,000 cells", ".xlsx", _repeated, "E-FILE-16"),
    Hostile("100,000 merged ranges under a report", ".xlsx", _merged, None),
    Hostile("a sheet with a name of 1 MiB", ".xlsx", lambda: _of_sheet("x" * (1 << 20)), "E-VAL-04"),
    Hostile("a zero byte in a text and in the name of a sheet", ".xlsb", _zero_bytes, "E-FILE-04"),
    Hostile("texts of 32,000 digits", ".xlsx", lambda: _long_cells("1"), "E-VAL-02"),
    Hostile("texts of 32,000 spaces and signs", ".xlsx", lambda: _long_cells("1 -年（"), "E-VAL-02"),
    Hostile(".ods, 2^20 x 2^14 cells repeated", ".ods", lambda: _rows(_TEXT_CELL, 1 << 20, 1 << 14), "E-FILE-05"),
    Hostile(".ods, 2^60 empty rows repeated", ".ods", lambda: _rows("/>", 1 << 60, 1 << 14), "E-FILE-04"),
    Hostile(".ods, -1 rows repeated", ".ods", lambda: _rows(_TEXT_CELL, -1, -1), "E-FILE-04"),
    Hostile(".ods, a text of 10^10 spaces", ".ods", lambda: _spaces(10**10), "E-FILE-16"),
    Hostile(".ods, a text of 10^8 spaces", ".ods", lambda: _spaces(10**8), "E-FILE-17"),
    Hostile("records of an .xlsb that are none", ".xlsb", lambda: xlsb_of(b"\xff" * 5_000), "E-FILE-01"),
    Hostile("an OLE container of noise", ".xls", lambda: _OLE + bytes(range(256)) * 40, "E-FILE-01"),
    Hostile("an .xls that is cut short", ".xls", lambda: (DATA / "libreoffice.xls").read_bytes()[:2_000], "E-FILE-01"),
    Hostile("an .xlsx that is cut short", ".xlsx", lambda: report()[:-300], "E-FILE-01"),
    Hostile("encrypted .xlsx", ".xlsx", (DATA / "protected.xlsx").read_bytes, "E-FILE-03"),
    Hostile("encrypted .xls", ".xls", (DATA / "protected.xls").read_bytes, "E-FILE-03"),
    Hostile("encrypted .ods", ".ods", (DATA / "protected.ods").read_bytes, "E-FILE-03"),
    Hostile("macros", ".xlsm", _macros, "I-FILE-19"),
    Hostile("links to other files", ".xlsx", _linked, "I-FILE-20"),
    Hostile("text of one line of 65 MiB", ".csv", lambda: b"1" * (65 << 20), "E-FILE-17"),
    Hostile("text of one line of 20 MiB", ".csv", lambda: b"a,b\n" + b"1" * (20 << 20), "E-FILE-14"),
    Hostile("text of 3,000,000 columns", ".csv", lambda: b"1," * 3_000_000, "E-FILE-05"),
    Hostile("text of quotes only", ".csv", lambda: b'"' * 2_000_001, "E-FILE-14"),
    Hostile("HTML under the ending .xls", ".xls", lambda: b"<html><script>alert(1)</script><table>", "E-FILE-11"),
    Hostile("a picture under the ending .xlsx", ".xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "E-FILE-11"),
    Hostile("a program", ".xlsx", lambda: b"MZ\x90\0" + bytes(range(256)) * 20, "E-FILE-06"),
)


def _arrivals() -> Iterator[tuple[str, bytes]]:
    for number, each in enumerate(CORPUS):
        yield f"{number}{each.ending}", each.build()
        yield f"{number}-honest.xlsx", report(number)


def outcome() -> Outcome:
    """All of them read in one chunk, an honest report after each."""
    first = datetime(2021, 4, 6, 8, tzinfo=UTC)
    processes = Pool(LIMITS)
    with tempfile.TemporaryDirectory() as folder:
        files = [
            arrive(Path(folder), content, name, first + timedelta(minutes=place))
            for place, (name, content) in enumerate(_arrivals())
        ]
        batch = read_in(processes, files, load_register(), TODAY)
    processes.close()
    codes = _codes(batch)
    return Outcome(
        codes={each.what: codes[f"{number}{each.ending}"] for number, each in enumerate(CORPUS)},
        honest=sum(not codes[f"{number}-honest.xlsx"] for number in range(len(CORPUS))),
        unanswered=len(files) - len(batch.files),
        ended=sum("E-FILE-16" in each for each in codes.values()),
        megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
    )


def _codes(batch: Batch) -> dict[str, list[str]]:
    return {
        name: batch.issues.loc[batch.issues["file_no"] == file_no, "code"].tolist()
        for file_no, name in zip(batch.files["file_no"], batch.files["name"], strict=True)
    }


def table(found: Outcome) -> str:
    """The outcome as Markdown."""
    tried = len(found.codes)
    refused = sum(any(code.startswith("E") for code in codes) for codes in found.codes.values())
    totals = {
        "tried": tried,
        "refused": refused,
        "read, as they do no harm": tried - refused,
        "reading processes ended": found.ended,
        "hung": found.unanswered,
        "honest reports lost": tried - found.honest,
        "largest memory of a process": f"{found.megabytes} MiB",
    }
    under = f"{LIMITS.seconds:g} s a file and {LIMITS.megabytes} MiB"
    lines = [
        f"{tried} hostile files in one chunk, an honest report after each, under {under}:",
        "",
        f"| {' | '.join(totals)} |",
        f"|{'---|' * len(totals)}",
        f"| {' | '.join(map(str, totals.values()))} |",
        "",
        "| file | ending | answer |",
        "|---|---|---|",
        *(
            f"| {each.what} | `{each.ending}` | {'、'.join(dict.fromkeys(found.codes[each.what])) or 'read'} |"
            for each in CORPUS
        ),
    ]
    return "\n".join(lines)


def _write(page: Path, text: str) -> None:
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    made = table(outcome())
    if len(sys.argv) > 1:
        _write(Path(sys.argv[1]), made)
    else:
        print(made)  # noqa: T201 -- the output itself

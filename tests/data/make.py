"""Makes the workbooks of this folder that a test cannot build by itself; see README.md. Run from the repository.

Needs LibreOffice (``soffice``), and for the files that LibreOffice cannot write, Gnumeric (``ssconvert``, in a Chinese
locale, whose code page it takes) and node with the package ``xlsx`` of npm.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.workbooks import ACCIDENT, TRAINING, Cell, grid

HERE = Path(__file__).parent
TRAININGS: list[dict[str, Cell]] = [
    {
        **TRAINING,
        "training_no": "0012",
        "started_on": date(2021, 3, 8),
        "ended_on": date(2021, 3, 9),
        "title": "春季安全知识培训\n（第一期）",
    },
    {**TRAINING, "training_no": "0013", "title": "隐藏的一期"},
    {**TRAINING, "training_no": "0014", "started_on": date(2021, 3, 31), "ended_on": date(2021, 3, 31), "hours": 3.5},
]
MOMENTS = {
    "occurred_at": datetime(2021, 3, 9, 6, 40),  # noqa: DTZ001 -- cells hold the wall clock
    "received_at": datetime(2021, 3, 9, 6, 55),  # noqa: DTZ001
    "entered_at": datetime(2021, 3, 9, 16, 0, 30),  # noqa: DTZ001
}
OFFICER: dict[str, Cell] = {
    "level": "乡镇街道",
    "place_code": "340404004",
    "place_name": "谢三村街道",
    "name": "甲",
    "ab_role": "A",
    "phone": "05540000000",
    "registered": True,
    "last_trained_on": date(2020, 12, 1),
    "trained_by": "区",
}
COMMUNITY: dict[str, Cell] = {
    "community_code": "340404004",
    "community_name": "谢三村街道",
    "target_level": "全国、全省",
    "year": 2021,
    "stage": "创建",
    "score": None,
}
_SHEETJS = """
const X = require('xlsx');
const [source, target, kind] = process.argv.slice(1);
X.writeFile(X.readFile(source, {cellNF: true, cellStyles: true}), target, {bookType: kind});
"""
_EXCEL_4 = """
const X = require('xlsx');
const sheet = X.utils.aoa_to_sheet([['PX-01', 40, 0.5, true], ['PX-02', 41]]);
sheet.C2 = {t: 'e', v: 0x2a};
sheet['!ref'] = 'A1:D2';
X.writeFile({SheetNames: ['A'], Sheets: {A: sheet}}, process.argv[1], {bookType: 'biff4'});
"""


def source() -> bytes:
    """The workbook that all others are conversions of: two forms, and one of two tables."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats: dict[type[date], object] = {date: book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})}
        formats[datetime] = book.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        trainings = grid("training", *TRAININGS)
        title: list[Cell] = ["安全教育培训台账"]
        write(book.add_worksheet("培训"), [title, *trainings], formats)
        sheet = book.get_worksheet_by_name("培训")
        sheet.merge_range(0, 0, 0, len(trainings[1]) - 1, title[0], book.add_format({"align": "center"}))
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write(6, 0, "合计")
        place = list(TRAINING).index("participants")
        letter = chr(ord("A") + place)
        sheet.write_formula(6, place, f"=SUM({letter}4,{letter}6)", None, 80)
        write(book.add_worksheet("事故"), grid("accident", {**ACCIDENT, **MOMENTS, "direct_loss_wan": 128.5}), formats)
        # Gnumeric garbles a name with an odd number of characters in the list of sheets that formulas refer to.
        write(book.add_worksheet("信息人员"), grid("officer", OFFICER), formats)
        write(book.add_worksheet("示范社区"), grid("community", COMMUNITY, head=()), formats)
    return buffer.getvalue()


def write(sheet: xlsxwriter.worksheet.Worksheet, rows: list[list[Cell]], formats: dict[type[date], object]) -> None:
    """Cells from A1, dates as true dates."""
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell, formats.get(type(cell)) if isinstance(cell, date) else None)


def convert(original: Path, kind: str, target: Path) -> None:
    """By LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", "--convert-to", kind, "--outdir", folder, str(original))
        shutil.copy(Path(folder) / f"{original.stem}.{kind.partition(':')[0]}", target)


def run(*command: str) -> None:
    """A program; an error of its ends this one."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """All files."""
    original = HERE / "source.xlsx"
    original.write_bytes(source())
    convert(original, "xlsx", HERE / "libreoffice.xlsx")
    convert(original, "xls:MS Excel 97", HERE / "libreoffice.xls")
    convert(original, "ods", HERE / "libreoffice.ods")
    run("ssconvert", "-T", "Gnumeric_Excel:excel_biff7", str(original), str(HERE / "gnumeric_excel95.xls"))
    run("node", "-e", _SHEETJS, str(original), str(HERE / "sheetjs.xlsb"), "xlsb")
    run("node", "-e", _EXCEL_4, str(HERE / "sheetjs_excel4.xls"))


if __name__ == "__main__":
    main()

"""Takes the pictures of the demo's half-year summary in this folder: ``python docs/pictures/summary.py [HOME]``.

HOME is that of a demo that ran; without it a demo runs first. LibreOffice (``soffice``), ``pdftoppm`` and a Chinese
font are the machine's. All data in them is synthetic.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from flows.demo.command import run_demo
from flows.house import open_house
from flows.settings import Settings
from flows.summary_report import write_summary_of
from schemas.period import Period
from schemas.unit import DISTRICT
from tests.integration.huizong import new_home

HERE = Path(__file__).parent
PERIOD = Period.parse("2021-H1")
DOTS_PER_INCH = "60"


def main() -> None:
    """Takes them all."""
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]))
        return
    with new_home() as home:
        run_demo(home)
        take(home)


def take(home: Path) -> None:
    """A picture a page, in place of those that are here."""
    for old in HERE.glob(f"summary-{PERIOD.label}-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        (document,) = write_summary_of(open_house(Settings(home=home)), PERIOD, DISTRICT, Path(folder))
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(document))
        pages = str(document.with_suffix(".pdf"))
        run("pdftoppm", "-r", DOTS_PER_INCH, "-png", pages, str(HERE / f"summary-{PERIOD.label}"))


def run(*command: str) -> None:
    """A program of the machine."""
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()

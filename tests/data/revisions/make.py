"""Writes what the program of a released revision leaves in a database; see README.md.

Runs in a folder with the files of that revision's last commit, whose program and builders it uses.
"""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

import sqlalchemy as sa

from schemas.unit import Register, build_register, load_register
from tests.integration import facts
from tests.integration.builders import Report, Said, Unreadable, build_batch, report
from tests.integration.facts import BUREAU, DISTRICT, STREET, TOWN, accident, incident, officer, training
from warehouse.engine import open_engine
from warehouse.load import load
from warehouse.publish import publish
from warehouse.runs import finish_run, start_run
from warehouse.setup import prepare

VIEWS = sa.text(
    "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.views"
    " WHERE table_schema IN ('core', 'form', 'mart') ORDER BY table_schema, table_name"
)


def first_night() -> list[Report | Unreadable]:
    """Every kind of file: good, zero, with a warning, with an error, without a place, unreadable."""
    files: list[Report | Unreadable] = [
        report("accident", STREET, "2021-02", accident("2021-02-02", serious_injuries=1)),
        report("accident", STREET, "2021-03", accident("2021-03-09", deaths=1), warnings=["说明过短"]),
        report("accident", TOWN, "2021-03"),
        report("incident", STREET, "2021-03", incident("2021-03-05"), incident("2021-03-06", 2)),
        report("training", BUREAU, "2021-03", training("2021-03-12")),
        report("training", STREET, "2021-03", errors=["日期不对"]),
        report("training", None, None, errors=["没有填报单位"]),
        report("officer_community", STREET, "2021-03", officer(STREET, "2021-02-20")),
        Unreadable("坏的.xlsx", "打不开"),
    ]
    if "states" in Said.__annotations__:
        # Later programs have an audit, which holds a row to what its form requires.
        team = facts.team("1") if hasattr(facts, "team") else {"team_no": "1", "team_name": "应急分队"}
        files.append(report("team_supply", STREET, "2021-02", tables={"team": [team], "supply": []}))
        unchanged = {"team": "unchanged", "supply": "unchanged"}
        files.append(report("team_supply", STREET, "2021-03", states=unchanged))
    return files


def second_night() -> list[Report | Unreadable]:
    """March corrected, and the trainings once more under another name."""
    return [
        report("accident", STREET, "2021-03", accident("2021-03-09", deaths=2), version=2),
        report("training", BUREAU, "2021-03", training("2021-03-12"), version=2),
    ]


def few_units() -> Register:
    """The district and three of its units: every further one adds hundreds of values that show nothing more."""
    register = load_register()
    codes = {DISTRICT, STREET, TOWN, BUREAU}
    owed = [
        each.model_copy(update={"units": tuple(code for code in each.units if code in codes)})
        for each in register.obligations
    ]
    units = [unit for code, unit in register.units.items() if code in codes]
    return build_register(units, [each for each in owed if each.units or each.kinds])


def fill(url: str) -> list[str]:
    """Two nights in an empty database; the names of the views."""
    engine = open_engine(url)
    prepare(engine, few_units())
    for day, files in ((date(2021, 4, 7), first_night()), (date(2021, 4, 8), second_night())):
        run_id = start_run(engine, day)
        loaded = load(engine, build_batch(*files))
        published = publish(engine, "released")
        finish_run(engine, run_id, {"accepted": loaded.accepted, "publication_id": published.publication_id})
    with engine.connect() as connection:
        views = list(connection.execute(VIEWS).scalars())
    engine.dispose()
    return views


def dump(url: str, *options: str) -> str:
    """Statements of pg_dump without its remarks and settings."""
    command = ["pg_dump", "--no-owner", "--no-privileges", "--no-comments", *options, url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    without_meta = re.sub(r"^(--.*|\\.*|SET .*|SELECT pg_catalog\.set_config.*)$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{2,}", "\n", without_meta).strip() + "\n"


def main(url: str, target: Path) -> None:
    """The tables of the forms, the views and the rows; the fixed tables are Alembic's."""
    views = fill(url)
    tables = dump(url, "--schema-only", "--schema=form_data")
    names = [argument for view in views for argument in ("--table", view)]
    rows = ("--data-only", "--inserts", "--rows-per-insert=200", "--exclude-table=core.alembic_version")
    left = dump(url, *rows)
    # The migration that makes the clock sets it; the one that was left takes its place.
    clock = "DELETE FROM core.clock;\n" if "INSERT INTO core.clock" in left else ""
    parts = [tables, "CREATE SCHEMA form;\n", dump(url, "--schema-only", *names), clock, left]
    target.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

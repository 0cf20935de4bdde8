"""What a load and a replay have in common: what is known of a submission, and how its rows and issues are recorded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import tables
from schemas.issue import Issue
from warehouse import tables as t
from warehouse.bulk import copy_frame
from warehouse.cross import ISSUE_COLUMNS
from warehouse.forms import DATA_SCHEMA, stored_tables
from warehouse.revise import KEY
from warehouse.scripts import query
from warehouse.seal import sealed

# What has rows: what is or was in force, and what may yet be.
LOADED = ("accepted", "superseded", "held")


def known_submissions(connection: Connection, submissions: pd.DataFrame) -> pd.DataFrame:
    """The state of every (form, unit, month) of the batch that is known; see ``revise.decide``."""
    accepted = submissions.loc[submissions["status"] == "accepted", KEY]
    given = {f"{name}s": accepted[name].tolist() for name in KEY}
    found = connection.execute(query("current_submission"), given)
    return pd.DataFrame(found.mappings().all(), columns=list(found.keys()), dtype=object)


def closed_months(connection: Connection) -> list[date]:
    """The months that are closed."""
    return list(connection.execute(sa.select(t.month.c.month).where(t.month.c.state == "closed")).scalars())


def record_rows(connection: Connection, rows: Mapping[str, pd.DataFrame], submissions: pd.DataFrame) -> None:
    """The rows of every submission that is, was or may be in force, table by table, and statistics of them."""
    loadable = submissions.loc[submissions["status"].isin(LOADED), ["submission_no", "submission_id"]]
    parts = {
        f"{DATA_SCHEMA}.{table_id}": frame.merge(loadable, on="submission_no", validate="many_to_one")
        for table_id, frame in rows.items()
    }
    added = {name: len(part) for name, part in parts.items() if len(part)}
    for name in added:
        stored = stored_tables()[name.removeprefix(f"{DATA_SCHEMA}.")]
        copy_frame(connection, stored, sealed(tables()[stored.name][1], parts[name].drop(columns="submission_no")))
    analyze(connection, added)


def delete_rows(connection: Connection, table_ids: Iterable[str], submission_ids: Sequence[int]) -> None:
    """Take back the rows of submissions that were never in force."""
    if not submission_ids:
        return
    for table_id in table_ids:
        table = stored_tables()[table_id]
        connection.execute(sa.delete(table).where(table.c.submission_id.in_(submission_ids)))


def analyze(connection: Connection, added: Mapping[str, int]) -> None:
    """Take statistics where much has just come: without them the planner of the rules takes a thousand rows for one.

    Args:
        connection: in the transaction in which it came.
        added: the number of new rows by the full name of the table.
    """
    found = connection.execute(query("outgrown"), {"names": list(added), "added": list(added.values())})
    if grown := found.scalars().all():
        connection.execute(sa.text(f"ANALYZE {', '.join(grown)}"))


def issues_read(issues: pd.DataFrame, files: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    """What the reader and the validation found, as lines of ``core.issue``."""
    issues = issues.merge(files[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    ids = submissions.set_index("submission_no")["submission_id"]
    return issues.assign(submission_id=issues["submission_no"].map(ids).astype("Int64"))


def issues_of_repeats(submissions: pd.DataFrame) -> pd.DataFrame:
    """An issue for each submission that says something else under a version that is here already."""
    repeats = submissions[submissions["repeats"].notna()]
    columns = [repeats[name] for name in ("file_id", "submission_id", "version", "repeats")]
    lines = [
        {"file_id": file_id, "submission_id": submission_id, "severity": said.severity, "code": said.code,
         "value": said.value, "message": said.message}
        for file_id, submission_id, version, needed in zip(*columns, strict=True)
        for said in (Issue("E-COV-08", value=str(version), hint=str(needed)),)
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=list(ISSUE_COLUMNS), dtype=object)

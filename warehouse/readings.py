"""What the archive says of a month today, beside what was made of it before: one line for each file and form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.batch import Batch
from warehouse.bulk import new_ids
from warehouse.revise import KEY
from warehouse.same_rows import differing
from warehouse.scripts import query
from warehouse.tables import submission

_KNOWN = (
    "id",
    "unit_code",
    "month",
    "version",
    "situation",
    "correction",
    "status",
    "layout",
    "sha256",
    "rows",
    "from",
)
# What may be in force, or come into force as it is.
_STANDING = ("accepted", "held")


@dataclass(frozen=True)
class Selection:
    """A month, and of it one form or one unit, or (None) all."""

    month: date
    form: str | None = None
    unit_code: str | None = None

    def covers(self, form: pd.Series, unit_code: pd.Series, month: pd.Series) -> pd.Series:
        """Which of these places it is about; a report without a unit is about none."""
        found = (month == self.month) & unit_code.notna()
        found &= (form == self.form) if self.form else True
        found &= (unit_code == self.unit_code) if self.unit_code else True
        return found.astype(bool)


def files_of(connection: Connection, selection: Selection, others: Collection[int]) -> pd.DataFrame:
    """The files that concern a selection and those given besides, in the order in which they arrived."""
    given = {**vars(selection), "others": sorted(others)}
    return _frame(connection.execute(query("files_of_month"), given))


def unplaced(connection: Connection) -> pd.DataFrame:
    """The files that belong to no unit or no month, in the order in which they arrived."""
    return _frame(connection.execute(query("nobodys_files")))


def readings(connection: Connection, selection: Selection, files: pd.DataFrame, batch: Batch) -> pd.DataFrame:
    """Every submission of these files that is or was about the selection, as it is read today and as it is known.

    Gives the columns of ``Batch.submissions`` with ``file_id``, those known before with ``known_`` in front, and

    - ``submission_id``: of the known submission where it stands and is read as before, else ``new_id``, a new one;
    - ``is_same``: what stands is read as before, or cannot be read any more;
    - ``is_moved``: it is about another unit or month than before;
    - ``is_out``: it is not asked again, since it was withdrawn or is held back, see ``latest_readings.sql``.

    Args:
        connection: with the writers' lock.
        selection: what is wanted.
        files: as ``files_of`` gives them.
        batch: those of them that are still in the archive, read and validated.
    """
    lines = _beside(connection, files, batch)
    is_ours = selection.covers(lines["form"], lines["unit_code"], lines["month"])
    is_ours |= selection.covers(lines["form"], lines["known_unit_code"], lines["known_month"])
    lines = lines[is_ours].sort_values(["file_id", "form"], ignore_index=True)
    return _identified(connection, _compared(connection, lines, batch))


def in_force_again(connection: Connection, files: pd.DataFrame, batch: Batch) -> pd.DataFrame:
    """What is in force of these files, as it is read today and as it is known; changes nothing and takes no lock.

    Gives and takes the same as ``readings``, but for the ids, which only what is recorded needs.
    """
    lines = _beside(connection, files, batch)
    lines = lines[lines["known_status"] == "accepted"].sort_values(["file_id", "form"], ignore_index=True)
    return _compared(connection, lines, batch)


def _beside(connection: Connection, files: pd.DataFrame, batch: Batch) -> pd.DataFrame:
    """What was read of files, beside what is known of them."""
    latest = _frame(connection.execute(query("latest_readings"), {"file_ids": files["file_id"].tolist()}))
    read = batch.files[["file_no", "sha256", "name"]].merge(files, on=["sha256", "name"], validate="one_to_one")
    drafts = batch.submissions.merge(read[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    lines = _joined(drafts, latest, is_gone=~latest["file_id"].isin(read["file_id"]))
    return lines.merge(files[["file_id", "recorded_at"]], on="file_id", validate="many_to_one")


def _joined(drafts: pd.DataFrame, latest: pd.DataFrame, is_gone: pd.Series) -> pd.DataFrame:
    """What was read, and what is known and was not read: it is not recognised any more, or its file is gone."""
    lines = drafts.astype(object).merge(latest, on=["file_id", "form"], how="left", validate="one_to_one")
    is_read = latest.set_index(["file_id", "form"]).index.isin(drafts.set_index(["file_id", "form"]).index)
    absent, is_gone = latest[~is_read], is_gone[~is_read]
    stays = is_gone & absent["known_status"].isin(_STANDING)
    names = ("unit_code", "month", "version", "situation", "correction", "layout", "rows")
    copied = {name: absent[f"known_{name}"] for name in names}
    absent = absent.assign(
        **copied,
        content_sha256=absent["known_sha256"],
        status=stays.map({True: "accepted", False: "rejected"}),
        errors=1,
        warnings=0,
        is_gone=is_gone,
    )
    both = pd.concat([lines.assign(is_gone=False), absent.astype(object)], ignore_index=True)
    both = both.astype(object).where(both.notna(), None)
    numbers = dict.fromkeys(("submission_no", "known_id", "known_rows"), "Int64")
    whole = dict.fromkeys(("file_id", "version", "rows", "errors", "warnings"), "int64")
    flags = {name: both[name].eq(other=True) for name in ("is_gone", "is_held_back")}
    return both.astype({**numbers, **whole}).assign(**flags)


def _compared(connection: Connection, lines: pd.DataFrame, batch: Batch) -> pd.DataFrame:
    """With what is as it was, what moved, and what is not asked."""
    stands = lines["known_status"].isin(_STANDING) & (lines["status"] == "accepted")
    others = differing(connection, batch.tables, lines[stands & ~lines["is_gone"]].astype({"submission_no": object}))
    is_placed = _same(lines, "unit_code") & _same(lines, "month")
    is_said = _same(lines, "version") & _same(lines, "situation") & _same(lines, "correction")
    states = lines["layout"].map(_states) == lines["known_layout"].map(_states)
    is_same = stands & is_placed & is_said & states & ~lines["known_id"].isin(others)
    is_moved = lines["known_id"].notna() & ~is_placed
    is_out = (lines["is_held_back"] & ~is_moved) | _is_withdrawn(connection, lines)
    return lines.assign(is_same=is_same | (stands & lines["is_gone"]), is_moved=is_moved, is_out=is_out)


def _is_withdrawn(connection: Connection, lines: pd.DataFrame) -> pd.Series:
    """Whether it came before all that there was of its unit and month was taken out."""
    months = [month for month in lines["month"].unique() if month is not None]
    taken = _frame(connection.execute(query("withdrawn_until"), {"months": months}))
    until = lines[KEY].merge(taken, on=KEY, how="left", validate="many_to_one")["withdrawn_at"]
    came_before = pd.to_datetime(lines["recorded_at"], utc=True) <= pd.to_datetime(until, utc=True)
    return (came_before | (lines["known_status"] == "withdrawn")).astype(bool)


def _same(lines: pd.DataFrame, name: str) -> pd.Series:
    now, before = lines[name], lines[f"known_{name}"]
    return (now == before).fillna(value=False).astype(bool) | (now.isna() & before.isna())


def _states(layout: object) -> dict[str, str]:
    """What a layout says of each table; nothing where there is none."""
    return {table: part["state"] for table, part in layout.items()} if isinstance(layout, dict) else {}


def _identified(connection: Connection, lines: pd.DataFrame) -> pd.DataFrame:
    ids = pd.Series(new_ids(connection, submission.c.submission_id, len(lines)), index=lines.index, dtype="int64")
    is_known = lines["is_same"] & (lines["known_status"] == "accepted")
    return lines.assign(new_id=ids, submission_id=ids.mask(is_known, lines["known_id"]).astype("int64"))


def _frame(found: sa.CursorResult[tuple[object, ...]]) -> pd.DataFrame:
    rows: Sequence[sa.RowMapping] = found.mappings().all()
    return pd.DataFrame(rows, columns=list(found.keys()), dtype=object)

"""A month anew from the archive: what comes out otherwise under today's forms and rules is recorded beside what was.

Nothing that is recorded changes but that it ends. What comes out the same is left alone, so that a replay by an
unchanged program does nothing, and one that is done twice does nothing the second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd
from sqlalchemy.engine import Connection

from schemas.batch import Batch
from warehouse import tables as t
from warehouse.audit import Act, record
from warehouse.bulk import copy_frame
from warehouse.cross import Finding
from warehouse.definitions import changed_rules
from warehouse.judge import judge, record_issues
from warehouse.readings import Selection, readings
from warehouse.record import analyze, closed_months, issues_of_repeats, issues_read, known_submissions, record_rows
from warehouse.revise import COMPARED, KEY, decide
from warehouse.rule_files import CrossRule, load_rules
from warehouse.scripts import query

Outcome = Literal["accepted", "changed", "moved", "rejected", "held", "superseded", "identical"]
_RECORDED = [
    *("submission_id", "file_id", *KEY, "version", "revision", "situation", "status", "content_sha256", "layout"),
    *("rows", "errors", "warnings", "recorded_from", "recorded_to", "correction", "audit_id"),
]


@dataclass(frozen=True)
class Replayed:
    """A submission that comes out otherwise.

    ``outcome``: it is ``accepted`` now, its rows or what it says of them ``changed``, it ``moved`` to another unit or
    month, or it is ``rejected`` now (``message`` is the first error). One that is ``held`` is read otherwise and waits
    on; ``superseded`` and ``identical`` ones are right now, but a later version or the same content stands.
    """

    outcome: Outcome
    form: str
    unit_code: str | None
    month: date | None
    file: str
    rows_before: int
    rows: int
    message: str | None


@dataclass(frozen=True)
class Unreplayed:
    """A submission whose file is no longer in the archive: what it is stays as it is."""

    form: str
    unit_code: str | None
    month: date | None
    status: str
    file: str


@dataclass(frozen=True)
class Replay:
    """What the replay of a month recorded, and what it could not replay."""

    changed: tuple[Replayed, ...]
    missing: tuple[Unreplayed, ...]


@dataclass(frozen=True)
class Order:
    """Whose replay it is: the backfill's number (None: a preview), and who asked for it, why."""

    backfill_id: int | None
    act: Act


def replay(connection: Connection, selection: Selection, files: pd.DataFrame, batch: Batch, order: Order) -> Replay:
    """Record what comes out otherwise of a selection.

    What stands keeps standing before what came earlier or says the same version; a higher version that was sent back
    and is right now takes its place, and where it is wrong now, what was before it, as if today's program had read all.
    The rules across forms judge what enters, and of what stands only those that changed since: what arrived in the
    meantime is no reason to send a report back.

    Args:
        connection: with the lock of the month and the writers'.
        selection: which submissions.
        files: every file that concerns it, see ``readings.files_of``.
        batch: those of them that are still in the archive, read and validated.
        order: whose it is.

    Raises:
        WarehouseError: a row does not fit its table.
    """
    lines = readings(connection, selection, files, batch)
    asks = _asks(connection, lines)
    enacted = judge(connection, lines, _Work(connection, selection, batch, order, bool(asks.changed)).enact, asks)
    written = enacted[enacted["is_written"]]
    of_lines = batch.issues["submission_no"].isin(written["submission_no"].dropna())
    of_files = batch.issues["submission_no"].isna() & batch.issues["file_no"].isin(written["file_no"])
    recorded = written.assign(submission_id=written["recorded_id"])
    if not recorded.empty:
        numbered = recorded[["file_no", "file_id"]].dropna().drop_duplicates().astype("int64")
        record_issues(
            connection,
            issues_read(batch.issues[of_lines | of_files], numbered, recorded.dropna(subset="submission_no")),
        )
        record_issues(connection, issues_of_repeats(recorded))
    names = dict(zip(files["file_id"], files["name"], strict=True))
    return Replay(_told(connection, recorded, names), _untold(lines[lines["is_gone"]], names))


@dataclass(frozen=True)
class _Work:
    """What every round of a replay needs."""

    connection: Connection
    selection: Selection
    batch: Batch
    order: Order
    has_changed_rules: bool

    def enact(self, lines: pd.DataFrame) -> pd.DataFrame:
        """Record what has to be of the lines, and give them with what became of each."""
        decided, replaced = _decide(self.connection, lines, self.selection)
        is_in_force = decided["known_status"] == "accepted"
        stays = decided["is_same"] & (decided["target"] == decided["known_status"])
        decided = decided.assign(is_written=_has_to_be_written(decided) & ~stays)
        ended = decided.loc[
            (is_in_force & ~stays & ~decided["is_out"]) | ((decided["known_status"] == "held") & decided["is_written"]),
            "known_id",
        ]
        written = decided[decided["is_written"]]
        ids = decided["new_id"].where(decided["is_written"], decided["submission_id"])
        decided = decided.assign(status=decided["target"], recorded_id=ids)
        if not written.empty or not ended.empty:
            self._record(decided[decided["is_written"]], sorted({*replaced, *ended.astype("int64")}))
        is_judged = stays & is_in_force & self.has_changed_rules
        return decided[decided["is_written"] | is_judged]

    def _record(self, written: pd.DataFrame, ended: list[int]) -> None:
        ids = written["recorded_id"].astype(object).tolist()
        detail: dict[str, object] = {"backfill": self.order.backfill_id, "submissions": ids}
        done = record(self.connection, "backfill", self.order.act, **vars(self.selection), detail=detail)
        self.connection.execute(query("supersede"), {"submission_ids": ended, "moment": done.moment})
        lines = written.assign(submission_id=written["recorded_id"], recorded_from=done.moment, audit_id=done.audit_id)
        lines["recorded_to"] = lines["recorded_from"].where(lines["status"] == "superseded")
        copy_frame(self.connection, t.submission, lines[_RECORDED])
        analyze(self.connection, {t.submission.fullname: len(lines)})
        read = lines.dropna(subset="submission_no").astype({"submission_no": "int64"})
        record_rows(self.connection, self.batch.tables, read)


@dataclass(frozen=True)
class _Asks:
    """Of what stands (with since when) only errors of rules count that changed after it was judged."""

    since: Mapping[int, datetime]
    changed: Mapping[CrossRule, datetime]

    def __call__(self, finding: Finding) -> bool:
        since = self.since.get(finding.submission_id)
        if since is None:
            return True
        return finding.rule.severity == "error" and finding.rule in self.changed and self.changed[finding.rule] >= since


def _asks(connection: Connection, lines: pd.DataFrame) -> _Asks:
    standing = lines[lines["is_same"] & (lines["known_status"] == "accepted")]
    changed = changed_rules(connection)
    rules = {rule: changed[name] for name, rule in load_rules().items() if name in changed}
    return _Asks(dict(zip(standing["known_id"], standing["known_from"], strict=True)), rules)


def _decide(connection: Connection, lines: pd.DataFrame, selection: Selection) -> tuple[pd.DataFrame, list[int]]:
    """The lines with what has to become of each (``target``, None: nothing), and the ids of what else they replace.

    Of the selection everything that ever came is here and decided anew, whatever stands first. What moves elsewhere
    arrives there as any report does.
    """
    is_asked = (lines["status"] == "accepted") & ~lines["is_out"] & (lines["known_status"] != "held")
    asked = lines.assign(is_later=~_stands(lines))[is_asked]
    asked = asked.sort_values(["is_later", "file_id"], kind="stable")
    known = known_submissions(connection, asked)
    is_whole = selection.covers(known["form"], known["unit_code"], known["month"])
    elsewhere = known[~is_whole] if len(known) else known
    closed = [month for month in closed_months(connection) if month != selection.month]
    decision = decide(
        asked.drop(columns="is_later"), elsewhere.reindex(columns=[*KEY, *COMPARED, "accepted_id", "held_id"]), closed
    )
    verdict = decision.submissions.set_index("submission_id")[["status", "revision", "repeats", "errors"]]
    found = lines["submission_id"].map(verdict["status"])
    waits = (lines["known_status"] == "held") & (lines["status"] == "accepted") & ~lines["is_out"]
    target = found.mask(waits, "held").mask((lines["status"] == "rejected") & ~lines["is_out"], "rejected")
    last = lines[KEY].merge(known[is_whole][[*KEY, "revision"]], on=KEY, how="left", validate="many_to_one")["revision"]
    is_of_selection = selection.covers(lines["form"], lines["unit_code"], lines["month"])
    revision = lines["submission_id"].map(verdict["revision"]).mask(is_of_selection, last.fillna(0).astype("int64") + 1)
    decided = lines.assign(
        target=target.astype(object).where(target.notna(), None),
        revision=revision.where(target == "accepted").astype("Int64"),
        repeats=lines["submission_id"].map(verdict["repeats"]),
        errors=lines["submission_id"].map(verdict["errors"]).fillna(lines["errors"]).astype("int64"),
    )
    return decided, decision.replaced


def _stands(lines: pd.DataFrame) -> pd.Series:
    return (lines["known_status"] == "accepted") & ~lines["is_moved"]


def _has_to_be_written(lines: pd.DataFrame) -> pd.Series:
    """Whether a line becomes something that it is not; what does not stand and is right either way is left alone."""
    before, target = lines["known_status"], lines["target"]
    is_new = before.isna() | lines["is_moved"]
    is_right = target.isin(["superseded", "identical"]) & (is_new | (before == "rejected"))
    is_wrong = (target == "rejected") & (
        before.isna() | before.isin(["accepted", "held"]) | (lines["is_moved"] & (before == "rejected"))
    )
    return target.isin(["accepted", "held"]) | is_right | is_wrong


def _told(connection: Connection, written: pd.DataFrame, names: Mapping[int, str]) -> tuple[Replayed, ...]:
    messages = {
        row.submission_id: row.message
        for row in connection.execute(
            query("first_errors"), {"submission_ids": written["recorded_id"].astype(object).tolist()}
        )
    }
    return tuple(
        Replayed(
            outcome=_outcome(line),
            form=line["form"],
            unit_code=line["unit_code"],
            month=line["month"],
            file=names[line["file_id"]],
            rows_before=int(line["known_rows"]) if line["known_status"] in ("accepted", "held") else 0,
            rows=0 if line["status"] == "rejected" else int(line["rows"]),
            message=messages.get(line["recorded_id"]),
        )
        for line in written.to_dict("records")
    )


def _outcome(line: Mapping[Any, Any]) -> Outcome:
    if line["status"] != "accepted":
        status: Outcome = line["status"]
        return status
    if line["is_moved"] and line["known_status"] == "accepted":
        return "moved"
    return "changed" if line["known_status"] == "accepted" else "accepted"


def _untold(gone: pd.DataFrame, names: Mapping[int, str]) -> tuple[Unreplayed, ...]:
    return tuple(
        Unreplayed(
            line["form"], line["known_unit_code"], line["known_month"], line["known_status"], names[line["file_id"]]
        )
        for line in gone.to_dict("records")
    )

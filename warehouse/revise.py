"""What becomes of each submission of a (form, unit, month): decided for a whole batch, without the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

KEY = ["form", "unit_code", "month"]
# What is compared, of known submissions and of new ones.
COMPARED = {"version": "Int64", "revision": "Int64", "submission_id": "Int64", "content_sha256": "object"}


@dataclass(frozen=True)
class Decision:
    """What becomes of a batch, and the ids of what it replaces.

    ``submissions`` have ``status`` and ``revision``, and ``repeats``: of one that repeats a version with other content
    the version that it would need, else missing.
    """

    submissions: pd.DataFrame
    replaced: list[int]


def decide(submissions: pd.DataFrame, known: pd.DataFrame, closed: Collection[date] = ()) -> Decision:
    """The verdict on each submission, in the order of arrival.

    A higher version than all before it replaces what is in force; for a closed month it is ``held`` instead, and
    replaces what was held before it. The same content as the newest is ``identical``, whatever its version. The newest
    version with other content is ``rejected``; a lower one is ``superseded`` at once and never was in force. Only what
    came into force has a revision.

    Args:
        submissions: as in ``Batch.submissions``, with ``submission_id``.
        known: one line a key with ``version`` (the highest), ``revision`` (the last, 0 before the first),
            ``accepted_id`` and ``held_id`` (what is in force and what is held, may be missing) and ``content_sha256``
            (of what is held, else of what is in force).
        closed: the months that are closed.
    """
    line = _in_order(submissions[submissions["status"] == "accepted"], known)
    keys = [line[name] for name in KEY]
    highest = line["version"].groupby(keys).cummax().groupby(keys).shift()
    is_higher = (line["version"] > highest).fillna(value=True).astype(bool)
    in_line = line["content_sha256"].where(is_higher).groupby(keys).ffill().groupby(keys).shift()
    is_other = line["is_new"] & (line["content_sha256"] != in_line)
    enters, is_closed = is_other & is_higher, line["month"].isin(list(closed))
    left = enters[::-1].groupby(keys).cumsum()
    is_repeat = (is_other & (line["version"] == highest)).fillna(value=False).astype(bool)
    status = pd.Series("superseded", index=line.index, dtype=object)
    status = status.mask(enters & (left == 1), "accepted").mask(enters & (left == 1) & is_closed, "held")
    status = status.mask(is_repeat, "rejected").mask(~is_other, "identical")
    revision = line["revision"].groupby(keys).transform("max").fillna(0) + enters.groupby(keys).cumsum()
    verdict = line[["submission_id"]].assign(
        status=status, revision=revision.where(enters & ~is_closed), repeats=(highest + 1).where(is_repeat)
    )
    entered = line.loc[enters, KEY].drop_duplicates()
    return Decision(
        _with_verdict(submissions, verdict[line["is_new"]]), _replaced(known.merge(entered, on=KEY), closed)
    )


def _in_order(accepted: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Known and new submissions in one frame, the known ones first."""
    parts = [known.assign(is_new=False), accepted.assign(is_new=True)]
    columns = [*KEY, *COMPARED, "is_new"]
    return pd.concat([part.reindex(columns=columns).astype(COMPARED) for part in parts], ignore_index=True)


def _replaced(known: pd.DataFrame, closed: Collection[date]) -> list[int]:
    """What stood where something entered: what was held, and where the month is open what was in force."""
    in_force = known.loc[~known["month"].isin(list(closed)), "accepted_id"]
    return [*in_force.dropna().astype("int64"), *known["held_id"].dropna().astype("int64")]


def _with_verdict(submissions: pd.DataFrame, verdict: pd.DataFrame) -> pd.DataFrame:
    """Submissions with status and revision; those that were rejected stay so, one that repeats has one error more."""
    decided = submissions.merge(verdict, on="submission_id", how="left", suffixes=("_read", ""), validate="one_to_one")
    status = decided["status"].fillna(decided["status_read"])
    errors = decided["errors"] + decided["repeats"].notna()
    return decided.assign(status=status, errors=errors).drop(columns="status_read")

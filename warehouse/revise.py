"""Which submission of a (form, unit, month) is the current one: decided for a whole batch, without the database."""

from dataclasses import dataclass

import pandas as pd

KEY = ["form", "unit_code", "month"]
# What is compared, of known submissions and of new ones.
COMPARED = {"version": "Int64", "revision": "Int64", "submission_id": "Int64", "content_sha256": "object"}


@dataclass(frozen=True)
class Decision:
    """What becomes of a batch: its submissions with ``status`` and ``revision``, and the ids that they replace."""

    submissions: pd.DataFrame
    replaced: list[int]


def decide(submissions: pd.DataFrame, known: pd.DataFrame) -> Decision:
    """The verdict on each submission, in the order of arrival.

    The last of a key becomes the current one. The same content again is ``identical``; a version lower than one that
    is already here is ``superseded`` at once and never was current, so it has no revision.

    Args:
        submissions: as in ``Batch.submissions``, with ``submission_id``.
        known: one line a key with ``version`` (the highest), ``revision`` (the last, 0 before the first), and
            ``submission_id`` and ``content_sha256`` of the current one, which may be missing.
    """
    line = _in_order(submissions[submissions["status"] == "accepted"], known)
    keys = [line[name] for name in KEY]
    is_newest = line["version"] == line["version"].groupby(keys).cummax()
    in_force = line["content_sha256"].where(is_newest).groupby(keys).ffill()
    is_identical = line["is_new"] & (line["content_sha256"] == in_force.groupby(keys).shift())
    becomes_current = line["is_new"] & is_newest & ~is_identical
    left = becomes_current[::-1].groupby(keys).cumsum()
    status = pd.Series("superseded", index=line.index, dtype=object)
    status = status.mask(becomes_current & (left == 1), "accepted").mask(is_identical, "identical")
    revision = line["revision"].groupby(keys).transform("max").fillna(0) + becomes_current.groupby(keys).cumsum()
    verdict = line[["submission_id"]].assign(status=status, revision=revision.where(becomes_current))
    is_replaced = ~line["is_new"] & becomes_current.groupby(keys).transform("any")
    return Decision(
        _with_verdict(submissions, verdict[line["is_new"]]),
        line.loc[is_replaced, "submission_id"].dropna().astype("int64").tolist(),
    )


def _in_order(accepted: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Known and new submissions in one frame, the known ones first."""
    parts = [known.assign(is_new=False), accepted.assign(is_new=True)]
    columns = [*KEY, *COMPARED, "is_new"]
    return pd.concat([part.reindex(columns=columns).astype(COMPARED) for part in parts], ignore_index=True)


def _with_verdict(submissions: pd.DataFrame, verdict: pd.DataFrame) -> pd.DataFrame:
    """Submissions with status and revision; those that were rejected stay so."""
    decided = submissions.merge(verdict, on="submission_id", how="left", suffixes=("_read", ""), validate="one_to_one")
    return decided.assign(status=decided["status"].fillna(decided["status_read"])).drop(columns="status_read")

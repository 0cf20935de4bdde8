"""Why a value changed: the reports that add something else to it than they did, and what happened to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import load_forms
from schemas.indicator import Indicator
from schemas.lineage import Era, eras
from schemas.period import Period
from warehouse.effects import ADDED, REPORT, SHARE, effects, lines_of
from warehouse.engine import know_as_of
from warehouse.lineage import known_versions
from warehouse.scripts import query
from warehouse.values import Figure, in_shanghai, number

Kind = Literal["correction", "late", "release", "withdrawal", "backfill", "superseded_elsewhere", "units"]
# What somebody did, whose reason is told; the reason of the others is the sender's.
_ACTS = ("release", "withdrawal", "backfill")
Place = tuple[str, str, str]
"""A unit, a dimension and a member of it."""


@dataclass(frozen=True)
class Cause:
    """One report that adds something else to a figure than before.

    ``of`` is the figure: value, year_ago or previous. ``kind`` tells what happened: a ``correction`` or a ``late``
    first report, a ``release`` of what was held for a closed month, a ``withdrawal``, a ``backfill`` that read the
    file again; ``superseded_elsewhere``: the report is the same, but what it says is now told by another (an
    accident's later stage); ``units``: it counts under another unit. ``numerator``, ``denominator`` and ``reports`` are
    what it adds now less what it added then. The submission, its version and file are those in force now; of a
    withdrawal those that were. ``reason`` is the sender's note or that of the act, ``who`` acted; ``stage`` names
    accidents that reached another stage.
    """

    of: str
    kind: Kind
    form: str
    form_code: str
    unit_code: str
    unit_name: str
    month: str
    submission_id: int
    version: int
    file: str
    received_at: str
    numerator: Figure
    denominator: Figure
    reports: int
    reason: str | None
    who: str | None
    stage: str | None


@dataclass(frozen=True)
class Vintage:
    """What is known at a moment: the reports in force by (form, unit, month), the trees of units, and accidents.

    ``known`` has ``REPORT`` and ``submission_id``; ``stages`` the stage of each accident in each submission with its
    place in their order (``step``).
    """

    at: datetime
    known: pd.DataFrame
    eras: Sequence[Era]
    stages: pd.DataFrame


def vintage(connection: Connection, at: datetime) -> Vintage:
    """What is known at a moment, as far as causes need it."""
    know_as_of(connection, at)
    trees = eras(known_versions(connection))
    return Vintage(at, _read(connection, "known_reports"), trees, _read(connection, "known_stages"))


def causes(
    connection: Connection,
    indicator: Indicator,
    of: str,
    period: Period,
    months_later: int,
    vintages: tuple[Vintage, Vintage],
    names: Mapping[str, str],
    dimensions: Sequence[str],
) -> Mapping[Place, Sequence[Cause]]:
    """The reports that add something else to an indicator in a period at the second moment than at the first.

    They come by place, those that add most first, of the whole ("") and of the breakdowns among ``dimensions``.
    ``names`` are of units; ``months_later`` lies the period that is
    compared with this one, 0 for a value itself.
    """
    lines = (lines_of(vintages[0].eras, months_later), lines_of(vintages[1].eras, months_later))
    differing = _differing(connection, indicator, period, vintages, lines, dimensions)
    if differing.empty:
        return {}
    differing = differing.assign(kind=_kinds(differing, vintages, _moved_units(*lines)))
    shown = differing["after_id"].fillna(differing["before_id"]).astype("int64")
    told = _submissions(connection, shown.unique().tolist())
    stages = _stages_reached(*vintages)
    found: dict[Place, list[Cause]] = {}
    for line, submission_id in zip(differing.to_dict("records"), shown, strict=True):
        about = told[submission_id]
        cause = Cause(
            of=of,
            kind=line["kind"],
            form=line["form"],
            form_code=load_forms()[line["form"]].code,
            unit_code=line["unit_code"],
            unit_name=names[line["unit_code"]],
            month=f"{line['month']:%Y-%m}",
            submission_id=submission_id,
            version=about["version"],
            file=about["file"],
            received_at=in_shanghai(about["received_at"]),
            numerator=number(line["numerator"]),
            denominator=number(line["denominator"]),
            reports=int(line["reports"]),
            reason=about["why"] if line["kind"] in _ACTS else about["correction"],
            who=about["who"] if line["kind"] in _ACTS else None,
            stage=stages.get(submission_id),
        )
        found.setdefault((line["above_code"], line["dimension"], line["member"]), []).append(cause)
    return found


def _differing(
    connection: Connection,
    indicator: Indicator,
    period: Period,
    vintages: tuple[Vintage, Vintage],
    lines: tuple[pd.DataFrame, pd.DataFrame],
    dimensions: Sequence[str],
) -> pd.DataFrame:
    """What each report adds now less what it added then, where that is anything; with its submissions of both times."""
    signed = []
    for sign, each, counted in zip((-1, 1), vintages, lines, strict=True):
        know_as_of(connection, each.at)
        added = effects(connection, indicator, period, counted, dimensions)
        signed.append(added.assign(**{name: added[name] * sign for name in ADDED}))
    total = pd.concat(signed).groupby([*SHARE, *REPORT], as_index=False)[ADDED].sum()
    total = total[(total[ADDED] != 0).any(axis="columns")]
    for name, each in zip(("before_id", "after_id"), vintages, strict=True):
        total = total.merge(each.known.rename(columns={"submission_id": name}), on=REPORT, how="left")
    # A report that nobody sent, then or now, is no cause: it became due, or is due no more.
    total = total[total[["before_id", "after_id"]].notna().any(axis="columns")]
    by_weight = total[ADDED].astype(float).abs().max(axis="columns").sort_values(ascending=False, kind="stable")
    return total.loc[by_weight.index].reset_index(drop=True)


def _kinds(differing: pd.DataFrame, vintages: tuple[Vintage, Vintage], moved: set[str]) -> pd.Series:
    before, after = (differing[name].astype("Int64") for name in ("before_id", "after_id"))
    kind = pd.Series("superseded_elsewhere", index=differing.index, dtype=object)
    kind = kind.mask((before == after).fillna(value=False).astype(bool) & differing["unit_code"].isin(moved), "units")
    kind = kind.mask((before != after).fillna(value=False).astype(bool), "correction")
    kind = kind.mask(before.isna(), "late").mask(after.isna(), "withdrawal")
    for act in ("release", "backfill"):
        let_in = vintages[1].known.loc[vintages[1].known["act"] == act, "submission_id"]
        kind = kind.mask(kind.isin(["late", "correction"]) & after.isin(let_in), act)
    taken_out = vintages[0].known.loc[vintages[0].known["is_sent_back"].astype(bool), "submission_id"]
    return kind.mask((kind == "withdrawal") & before.isin(taken_out), "backfill")


def _moved_units(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """The units of which it is now known that they count elsewhere than was known before."""
    either = pd.concat([before, after])
    return set(either.loc[~either.duplicated(keep=False), "unit_code"])


def _stages_reached(before: Vintage, after: Vintage) -> Mapping[int, str]:
    """The accidents of each submission that it brings to another stage than any report in force before."""
    known = before.stages.groupby("accident_no")["step"].max()
    reached = after.stages[after.stages["step"] > after.stages["accident_no"].map(known).fillna(-1)]
    news = reached[~reached["submission_id"].isin(before.stages["submission_id"])]
    texts = (news["accident_no"] + news["stage_name"]).groupby(news["submission_id"]).agg("、".join)
    return dict(zip(texts.index.astype(int), texts, strict=True))


def _submissions(connection: Connection, submission_ids: Sequence[int]) -> Mapping[int, sa.RowMapping]:
    rows = connection.execute(query("told_submissions"), {"submission_ids": list(submission_ids)}).mappings()
    return {row["submission_id"]: row for row in rows}


def _read(connection: Connection, name: str) -> pd.DataFrame:
    found = connection.execute(query(name))
    return pd.DataFrame(found.mappings().all(), columns=list(found.keys()), dtype=object)

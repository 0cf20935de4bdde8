"""What administrators do to reports: close a month, open it again, let held reports in, take a report out.

Every act is one transaction with a line in ``core.audit``, which the submissions that it changed point to.
"""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection, Engine

from warehouse import tables as t
from warehouse.audit import Act, record
from warehouse.engine import lock_writers
from warehouse.errors import WarehouseError
from warehouse.judge import judge
from warehouse.load import Loaded, loaded
from warehouse.scripts import query

__all__ = ["Act", "close_month", "release_month", "reopen_month", "withdraw"]

_submission = t.submission.c
_is_held = _submission.status == "held"


def close_month(engine: Engine, month: date, act: Act) -> None:
    """Close a month: what arrives for it from now on is held until it is released.

    Raises:
        WarehouseError: it is closed already.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        _set_state(connection, month, "closed", f"{month:%Y-%m} 已经封账，不用再封")
        record(connection, "close", act, month=month)


def reopen_month(engine: Engine, month: date, act: Act) -> int:
    """Open a closed month again; what is held for it stays so, and comes back as a number.

    Raises:
        WarehouseError: it is not closed.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        _set_state(connection, month, "open", f"{month:%Y-%m} 没有封账，不用解封")
        record(connection, "reopen", act, month=month)
        held = sa.select(sa.func.count()).where(_is_held, _submission.month == month)
        return connection.execute(held).scalar_one()


def release_month(
    engine: Engine, month: date, act: Act, form: str | None = None, unit_code: str | None = None
) -> Loaded:
    """Let in what is held for a month: all of it, or that of one form or unit. A closed month stays closed.

    The rules across forms, months and units judge it now; what they reject goes back as any report.

    Raises:
        WarehouseError: nothing is held.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        held = _held(connection, month, form, unit_code)
        if held.empty:
            raise WarehouseError(f"{month:%Y-%m} 没有待处理的报表（huizong status {month:%Y-%m} 列出全部）")
        ids = held["submission_id"].tolist()
        done = record(
            connection, "release", act, form=form, unit_code=unit_code, month=month, detail={"submissions": ids}
        )
        given = {"moment": done.moment, "audit_id": done.audit_id}
        enacted = judge(connection, held, lambda asked: _let_in(connection, asked, given))
    return loaded(enacted, files=0)


def withdraw(engine: Engine, form: str, unit_code: str, month: date, act: Act) -> int:
    """Take out what is in force and what is held of a (form, unit, month): as if it never came, from now on.

    As of before it is still there. The number of the submission that was in force, else of the one that was held.

    Raises:
        WarehouseError: the month is closed, or there is nothing to take out.
    """
    place = f"{month:%Y-%m} {unit_code} {form}"
    with engine.begin() as connection:
        lock_writers(connection)
        if _state(connection, month) == "closed":
            raise WarehouseError(f"{month:%Y-%m} 已经封账，请先解封：huizong month reopen {month:%Y-%m}")
        of_key = (_submission.form == form, _submission.unit_code == unit_code, _submission.month == month)
        taken = sa.select(_submission.submission_id).where(*of_key, _submission.status.in_(("accepted", "held")))
        ids = connection.execute(taken.order_by(_submission.status, _submission.submission_id)).scalars().all()
        if not ids:
            raise WarehouseError(f"{place} 没有现行的报表，无从撤回")
        detail: dict[str, object] = {"submissions": list(ids)}
        done = record(connection, "withdraw", act, form=form, unit_code=unit_code, month=month, detail=detail)
        given = {"submission_ids": list(ids), "moment": done.moment, "audit_id": done.audit_id}
        connection.execute(query("withdraw"), given)
        return int(ids[0])


def _set_state(connection: Connection, month: date, state: str, refusal: str) -> None:
    if _state(connection, month) == state:
        raise WarehouseError(refusal)
    statement = insert(t.month).values(month=month, state=state)
    connection.execute(statement.on_conflict_do_update(index_elements=[t.month.c.month], set_={"state": state}))


def _state(connection: Connection, month: date) -> str:
    found = connection.execute(sa.select(t.month.c.state).where(t.month.c.month == month)).scalar_one_or_none()
    return found or "open"


def _held(connection: Connection, month: date, form: str | None, unit_code: str | None) -> pd.DataFrame:
    """The held submissions, as ``judge`` wants those that are to come into force."""
    names = ("submission_id", "file_id", "form", "unit_code", "month", "layout", "rows", "errors")
    conditions = [_is_held, _submission.month == month]
    conditions += [_submission.form == form] if form else []
    conditions += [_submission.unit_code == unit_code] if unit_code else []
    query_ = sa.select(*(_submission[name] for name in names)).where(*conditions).order_by(_submission.submission_id)
    rows = connection.execute(query_).mappings().all()
    return pd.DataFrame(rows, columns=list(names)).assign(status="accepted")


def _let_in(connection: Connection, submissions: pd.DataFrame, given: dict[str, Any]) -> pd.DataFrame:
    """Held submissions come into force in place of what was, and those that the rules rejected go back."""
    is_in = submissions["status"] == "accepted"
    entering = {"submission_ids": submissions.loc[is_in, "submission_id"].tolist()}
    ended = connection.execute(query("in_force_beside"), entering).scalars().all()
    connection.execute(query("supersede"), {"submission_ids": list(ended), "moment": given["moment"]})
    connection.execute(query("enact"), {**entering, **given})
    back = submissions.loc[~is_in, ["submission_id", "errors"]]
    if not back.empty:
        rejected = (
            sa.update(t.submission)
            .where(_submission.submission_id == sa.bindparam("id_"))
            .values(status="rejected", errors=sa.bindparam("errors_"), audit_id=given["audit_id"])
        )
        lines = [{"id_": int(id_), "errors_": int(errors)} for id_, errors in back.itertuples(index=False)]
        connection.execute(rejected, lines)
    return submissions

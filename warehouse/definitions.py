"""Since when each form and each rule across forms is as it is: a replay asks again only what was asked otherwise."""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from schemas.form import load_forms
from warehouse import tables as t
from warehouse.backfill_tables import definition
from warehouse.rule_files import load_rules

_KEY = [definition.c.kind, definition.c.name]


def sync_definitions(connection: Connection) -> None:
    """Write down which forms and rules are others than before. What is written first counts as there all along."""
    is_first = not connection.execute(sa.select(sa.exists().where(definition.c.name.is_not(None)))).scalar_one()
    moment = sa.null() if is_first else sa.select(t.clock.c.moment).scalar_subquery()
    lines = _definitions()
    names = [(line["kind"], line["name"]) for line in lines]
    connection.execute(sa.delete(definition).where(sa.tuple_(*_KEY).not_in(names)))
    given = insert(definition).values([{**line, "changed_at": moment} for line in lines])
    anew = {name: given.excluded[name] for name in ("code", "digest", "changed_at")}
    differs = definition.c.digest != given.excluded.digest
    connection.execute(given.on_conflict_do_update(index_elements=_KEY, set_=anew, where=differs))


def changed_rules(connection: Connection) -> dict[str, datetime]:
    """The last moment at which each rule was not yet as it is now, by its name; only of those that ever changed."""
    return _changed(connection, "rule")


def changed_forms(connection: Connection) -> dict[str, datetime]:
    """The same of forms, by their ids."""
    return _changed(connection, "form")


def _changed(connection: Connection, kind: str) -> dict[str, datetime]:
    changed = sa.select(definition.c.name, definition.c.changed_at).where(
        definition.c.kind == kind, definition.c.changed_at.is_not(None)
    )
    return {row.name: row.changed_at for row in connection.execute(changed)}


def _definitions() -> list[dict[str, str]]:
    forms = [("form", form.id, form.code, repr(form)) for form in load_forms().values()]
    rules = [("rule", name, rule.code, f"{rule.code} {rule.sql}") for name, rule in load_rules().items()]
    return [
        {"kind": kind, "name": name, "code": code, "digest": hashlib.sha256(text.encode()).hexdigest()}
        for kind, name, code, text in (*forms, *rules)
    ]

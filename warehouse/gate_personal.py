"""What an audit knows of persons in the mart: how much of each text column looks like one, and nothing of what it says.

Members of breakdowns are held to their code lists elsewhere. Here are the relations of schema ``mart`` that are read
straight from the forms, which no publication stands between.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import tables
from schemas.identity import mask_identity
from warehouse.forms import DATA_SCHEMA
from warehouse.monthly_views import TOPICS
from warehouse.scripts import query

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)
# Of published values, whose members the audit holds to their lists; and of registers, codes and our own sentences.
_WITHOUT_CELLS = {"published_value", "indicator_value", "figure", *TOPICS}
_WITHOUT_CELLS |= {"indicator", "publication", "audit_finding", "code", "reporting"}
# So many of its texts make a column one that shows persons, where they are more than half of it.
FEWEST = 2


def personal_frame(connection: Connection) -> pd.DataFrame:
    """A line for each text column of the mart.

    ``is_personal`` is 1 where it shows persons throughout, ``persons`` of its texts are equal to what a form keeps as
    sensitive, and ``numbers`` of them have a mobile or an identity-card number in them.
    """
    found = connection.execute(query("text_columns"), {"excluded": sorted(_WITHOUT_CELLS)}).all()
    _collect_sensitive(connection)
    lines = [
        line
        for relation, columns in itertools.groupby(found, key=itemgetter(0))
        for line in _of_relation(connection, relation, [name for _, name in columns])
    ]
    connection.execute(sa.text("DROP TABLE sensitive_text"))
    return pd.DataFrame(lines, columns=["place", "is_personal", "persons", "numbers"])


def _collect_sensitive(connection: Connection) -> None:
    """Every text of a sensitive column, but for those that are names of units or codes too."""
    columns = [
        sa.table(table_id, sa.column(name), schema=DATA_SCHEMA).c[name]
        for table_id, (_, table) in tables().items()
        for name, column in table.columns.items()
        if column.sensitive
    ]
    texts = sa.union(*(sa.select(each.label("said")).where(sa.func.length(each) > 1) for each in columns)).subquery()
    connection.execute(sa.text("CREATE TEMPORARY TABLE sensitive_text (said text PRIMARY KEY) ON COMMIT DROP"))
    into = sa.table("sensitive_text", sa.column("said"))
    names = sa.union(
        sa.select(sa.table("unit_version", sa.column("name"), schema="core").c.name),
        sa.select(sa.table("code", sa.column("name"), schema="core").c.name),
    )
    connection.execute(sa.insert(into).from_select(["said"], sa.select(texts.c.said).where(texts.c.said.not_in(names))))


def _of_relation(connection: Connection, relation: str, names: Sequence[str]) -> Iterable[tuple[str, int, int, int]]:
    rows = sa.table(relation, *map(sa.column, names), schema="mart")
    columns = [rows.c[name] for name in names]
    # Each text of each column once, of one reading of the relation.
    of_column = sa.case(*((sa.func.grouping(column) == 0, column.name) for column in columns))
    texts = (
        sa.select(of_column.label("name"), sa.func.coalesce(*columns).label("said"))
        .group_by(sa.func.grouping_sets(*columns))
        .cte("texts", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    known = sa.table("sensitive_text", sa.column("said"))
    is_person = sa.exists().where(known.c.said == texts.c.said)
    statement = sa.select(
        texts.c.name,
        sa.func.count().label("texts"),
        sa.func.count().filter(is_person).label("persons"),
        sa.func.array_agg(texts.c.said).filter(texts.c.said.op("~")(r"\d{11}|\d{6}[ -]\d{4}")).label("numbers"),
    )
    each = statement.where(texts.c.said.is_not(None)).group_by(texts.c.name).order_by(texts.c.name)
    for name, count, persons, digits in connection.execute(each):
        numbers = sum(has_number(text) for text in digits or ())
        is_personal = persons >= FEWEST and persons * 2 > count
        yield f"mart.{relation} {name}", int(is_personal), persons, numbers


def has_number(text: str) -> bool:
    """Whether a text has a mobile number or an identity-card number in it."""
    return _MOBILE.search(text) is not None or mask_identity(text) != text

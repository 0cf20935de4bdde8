"""Whether rows that were read again are those that are stored: compared by PostgreSQL, in the types of the tables."""

from collections.abc import Mapping

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection

from schemas.form import load_forms, tables
from warehouse.bulk import copy_frame
from warehouse.forget import forget_alike
from warehouse.forms import stored_tables
from warehouse.seal import sealed


def differing(connection: Connection, rows: Mapping[str, pd.DataFrame], pairs: pd.DataFrame) -> set[int]:
    """The stored submissions whose rows are others than those that were read again, but for people who were forgotten.

    Args:
        connection: in a transaction.
        rows: as in ``Batch.tables``.
        pairs: ``submission_no`` of what was read, ``known_id`` of the submission that it is compared with, ``form``.
    """
    table_ids = [table_id for form in pairs["form"].unique() for table_id in load_forms()[form].tables]
    found: set[int] = set()
    for table_id in table_ids:
        found |= _differing(connection, stored_tables()[table_id], rows.get(table_id), pairs)
    return found


def _differing(connection: Connection, stored: sa.Table, rows: pd.DataFrame | None, pairs: pd.DataFrame) -> set[int]:
    read = sa.Table(
        "read_again",
        sa.MetaData(),
        *(sa.Column(column.name, column.type) for column in stored.c),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    read.create(connection, checkfirst=False)
    if rows is not None:
        numbered = pairs[["submission_no", "known_id"]].rename(columns={"known_id": "submission_id"})
        again = rows.merge(numbered, on="submission_no", validate="many_to_one").drop(columns="submission_no")
        copy_frame(connection, read, sealed(tables()[stored.name][1], again))
    ids = sa.literal(pairs["known_id"].astype(object).tolist(), ARRAY(sa.BigInteger))
    forget_alike(connection, read, stored, ids)
    here, there = sa.select(*read.c), sa.select(*stored.c).where(stored.c.submission_id == sa.any_(ids))
    parts = [sa.except_(here, there).subquery(), sa.except_(there, here).subquery()]
    different = sa.union(*(sa.select(part.c.submission_id) for part in parts))
    found = set(connection.execute(different).scalars())
    read.drop(connection)
    return found

"""Tables that live as long as a transaction: what values are computed with."""

import sqlalchemy as sa

metadata = sa.MetaData()


def temp_table(name: str, *columns: sa.Column[object]) -> sa.Table:
    """A temporary table that the end of the transaction drops; ``metadata`` makes it."""
    return sa.Table(name, metadata, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")

"""Fingerprints of publications: sums of the hashes of their values, so that a night adds only what came and went.

Each value is hashed with its place (SHA-256); the four numbers of 64 bits of the hash are added up, each by itself and
modulo 2^64. The order of the values means nothing, and the fingerprint of a publication is that of the one before it
less what ended, and what began. It finds what was changed by mistake; whoever may write to the mart may write a
fingerprint too (docs/security.md).
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.engine import Connection

from warehouse.mart import VALUE, of_publication, publication
from warehouse.scripts import query

_PREFIX = "sum:"
_FORM = re.compile(_PREFIX + 4 * "([0-9a-f]{16})")
_WORD = 2**64
Sums = Sequence[Decimal]


def hashes(values: sa.FromClause, *beside: sa.ColumnElement[Any]) -> sa.Subquery:
    """The hash of each row with the columns ``mart.VALUE``, as ``digest``, with other columns of the row beside it."""
    text = sa.cast(sa.func.row(*(values.c[column.name] for column in VALUE)), sa.Text)
    digest = sa.func.encode(sa.func.sha256(sa.func.convert_to(text, "UTF8")), "hex").label("digest")
    # Without an end of its own this query would be flattened, and every row hashed once for each sum.
    return sa.select(digest, *beside).select_from(values).offset(0).subquery()


def sums(hashed: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    """The four sums of the hashes of some rows."""
    words = (sa.func.substr(hashed.c.digest, 16 * place + 1, 16) for place in range(4))
    return [sa.func.coalesce(sa.func.sum(sa.cast(sa.cast("x" + word, BIT(64)), sa.BigInteger)), 0) for word in words]


def written(found: Sequence[Decimal] | Sequence[int]) -> str:
    """A fingerprint as it is stored."""
    return _PREFIX + "".join(f"{int(each) % _WORD:016x}" for each in found)


def sums_of(connection: Connection, values: sa.FromClause) -> Sums:
    """The sums of rows with the columns ``mart.VALUE``."""
    return list(connection.execute(sa.select(*sums(hashes(values)))).one())


def sealed(before: str | None, ended: Sums, begun: Sums) -> str | None:
    """The fingerprint of a publication from that of the one before; None where that has another form."""
    found = _FORM.fullmatch(before or "")
    if found is None:
        return None
    words = (int(word, 16) for word in found.groups())
    return written([word - int(less) + int(more) for word, less, more in zip(words, ended, begun, strict=True)])


def checksum(connection: Connection, publication_id: int) -> str:
    """The fingerprint of a publication's values; as long as nobody touched them, the one that it was published with."""
    sealed_with = sa.select(publication.c.checksum).where(publication.c.publication_id == publication_id)
    known = connection.execute(sealed_with).scalar_one()
    if known and not known.startswith(_PREFIX):
        # The first versions of the program hashed all values in the order of their places.
        found: str = connection.execute(query("checksum"), {"publication": publication_id}).scalar_one()
        return found
    values = sa.select(*VALUE).where(of_publication(publication_id)).subquery()
    return written(sums_of(connection, values))

"""Fingerprints of publications: sums of the hashes of their values, so that a night adds only what came and went.

Each value is hashed with its place (SHA-256); the four numbers of 64 bits of the hash are added up, each by itself and
modulo 2^64. The order of the values means nothing, and the fingerprint of a publication is that of the one before it
less what ended, and what began. It finds what was changed by mistake; whoever may write to the mart may write a
fingerprint too (docs/security.md).
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.engine import Connection

from warehouse.mart import VALUE, of_publication, publication
from warehouse.scripts import query

_PREFIX = "sum:"
_WORD = 2**64
Sums = tuple[int, int, int, int]
NOTHING: Sums = (0, 0, 0, 0)


def sums_of(connection: Connection, values: sa.Select[tuple[object, ...]] | sa.CTE) -> Sums:
    """The sums of some rows with the columns ``mart.VALUE``."""
    rows = values if isinstance(values, sa.CTE) else values.subquery()
    text = sa.cast(sa.func.row(*(rows.c[column.name] for column in VALUE)), sa.Text)
    digest = sa.func.encode(sa.func.sha256(sa.func.convert_to(text, "UTF8")), "hex").label("digest")
    # Without an end of its own the inner query would be flattened, and every row hashed four times.
    hashed = sa.select(digest).select_from(rows).offset(0).subquery()
    words = (sa.func.substr(hashed.c.digest, 16 * place + 1, 16) for place in range(4))
    numbers = (sa.cast(sa.cast("x" + word, BIT(64)), sa.BigInteger) for word in words)
    found = connection.execute(sa.select(*(sa.func.coalesce(sa.func.sum(number), 0) for number in numbers))).one()
    return _wrapped(found, NOTHING, int.__add__)


def sealed(before: str | None, ended: Sums, begun: Sums) -> str | None:
    """The fingerprint of a publication from that of the one before; None where that has another form."""
    if before is None or not before.startswith(_PREFIX):
        return None
    digits = before.removeprefix(_PREFIX)
    sums = [int(digits[place : place + 16], 16) for place in range(0, 64, 16)]
    return _text(_wrapped(_wrapped(sums, ended, int.__sub__), begun, int.__add__))


def checksum(connection: Connection, publication_id: int) -> str:
    """The fingerprint of a publication's values; as long as nobody touched them, the one that it was published with."""
    sealed_with = sa.select(publication.c.checksum).where(publication.c.publication_id == publication_id)
    known = connection.execute(sealed_with).scalar_one()
    if known and not known.startswith(_PREFIX):
        # The first versions of the program hashed all values in the order of their places.
        found: str = connection.execute(query("checksum"), {"publication": publication_id}).scalar_one()
        return found
    return fingerprint(connection, sa.select(*VALUE).where(of_publication(publication_id)))


def fingerprint(connection: Connection, values: sa.Select[tuple[object, ...]]) -> str:
    """The fingerprint of some rows with the columns ``mart.VALUE``."""
    return _text(sums_of(connection, values))


def _wrapped(one: Sequence[int], other: Sums, how: Callable[[int, int], int]) -> Sums:
    first, second, third, fourth = (how(int(a), b) % _WORD for a, b in zip(one, other, strict=True))
    return first, second, third, fourth


def _text(sums: Sums) -> str:
    return _PREFIX + "".join(f"{each:016x}" for each in sums)

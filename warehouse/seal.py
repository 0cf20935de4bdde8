"""Names and numbers of people at rest: sealed before they are stored, and opened for their sender alone.

A form says of which columns (``at_rest = "sealed"``). The same text in the same column is sealed to the same text
(AES-SIV), so that a key of a table, a comparison and a count of rows work on what is stored; what is sealed in one
column means nothing in another. The key is no part of the database: a backup or a reader of it sees nothing.
"""

import base64
import binascii
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from schemas.form import Table
from warehouse.bulk import storable
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_MARK = "封:"
# AES-256 for both halves of SIV.
_KEY_BYTES = 64

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeyPlace:
    """Where the key is: given by a setting, in base64, else in a file that is made when it is first needed."""

    given: str | None
    file: Path

    def key(self) -> bytes:
        """The key.

        Raises:
            WarehouseError: it is none.
        """
        # A text that is no base64 is a ValueError of one kind or another.
        with suppress(ValueError):
            key = base64.b64decode(self.given or _kept(self.file), validate=True)
            if len(key) == _KEY_BYTES:
                return key
        where = str(self.file) if self.given is None else "HUIZONG_PERSONAL_KEY"
        raise WarehouseError(f"{where} 不是个人信息的密钥：须为 {_KEY_BYTES} 个字节的 base64，请从备份取回")


_place: KeyPlace | None = None


def use_key(place: KeyPlace) -> None:
    """Seal and open with this key from now on, in this process."""
    global _place  # noqa: PLW0603 -- read by everything that stores rows of forms or gives them back
    _place = place


def sealed(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as they are stored: with the columns sealed of which the form says so."""
    names = [name for name in _columns(table) if name in rows]
    if not names:
        return rows
    cipher = _cipher()
    return rows.assign(**{name: _each(rows[name], _sealer(cipher, table, name)) for name in names})


def opened(table: Table, row: Mapping[str, object]) -> dict[str, object]:
    """A stored row as it was sent. What was stored before its column was sealed is as it was.

    Raises:
        WarehouseError: it was sealed with another key.
    """
    sealed_ones = [name for name in _columns(table) if str(row.get(name) or "").startswith(_MARK)]
    return {**row, **{name: _open(table, name, str(row[name])) for name in sealed_ones}}


def _columns(table: Table) -> list[str]:
    return [name for name, column in table.columns.items() if column.at_rest == "sealed"]


def _sealer(cipher: "AESSIV", table: Table, name: str) -> Callable[[str], str]:
    place = _spot(table, name)
    return lambda text: _MARK + base64.b64encode(cipher.encrypt(text.encode(), [place])).decode()


def _each(texts: pd.Series, seal: Callable[[str], str]) -> pd.Series:
    plain = storable(texts.astype(object).where(texts.notna(), None).tolist())
    # An empty text says as much as none, and cannot be sealed.
    return pd.Series([text and seal(text) for text in plain], index=texts.index, dtype=object)


def _open(table: Table, name: str, text: str) -> str:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- see _cipher

    try:
        return _cipher().decrypt(base64.b64decode(text.removeprefix(_MARK)), [_spot(table, name)]).decode()
    except (InvalidTag, binascii.Error) as error:
        raise WarehouseError("库里的个人信息不是用现在的密钥封存的，请从备份取回 personal.key") from error


def _spot(table: Table, name: str) -> bytes:
    return f"{table.id}.{name}".encode()


def _cipher() -> "AESSIV":
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 -- only where something is sealed

    if _place is None:
        raise WarehouseError("没有个人信息的密钥")
    return AESSIV(_place.key())


def _kept(file: Path) -> str:
    """What the file of the key says; a new key, if there is none. Of two processes that make one, one wins."""
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".personal-", encoding="ascii") as made:
            made.write(base64.b64encode(os.urandom(_KEY_BYTES)).decode())
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, file)
                _log.warning("已生成个人信息的密钥 %s：请单独备份，丢了它，库里封存的姓名和电话无法恢复", file)
    return file.read_text(encoding="ascii").strip()

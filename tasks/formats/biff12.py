"""Records of an .xlsb, and the values of its cells ([MS-XLSB] 2.1.4, 2.3, 2.5)."""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence

from tasks.formats.values import error_text

_NO_TEXT = 0xFFFF_FFFF
_MORE = 0x80

Read = Callable[[bytes, Sequence[str]], str | float]
"""The value of a cell from what follows its style, given the strings of the workbook."""


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: number and body. A part that is cut short is an ``IndexError``."""
    place = 0
    while place < len(part):
        kind, place = _seven_bits(part, place, 2)
        size, place = _seven_bits(part, place, 4)
        if place + size > len(part):
            raise IndexError(place)
        yield kind, part[place : place + size]
        place += size


def _seven_bits(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to so many bytes, the lowest first, seven bits in each; and the place after it."""
    number = 0
    for nth in range(most):
        number |= (part[place + nth] & ~_MORE) << 7 * nth
        if not part[place + nth] & _MORE:
            return number, place + nth + 1
    return number, place + most


def integer(body: bytes, place: int, size: int = 4) -> int:
    """An unsigned whole number of so many bytes."""
    if len(body) < place + size:
        raise IndexError(place)
    return int.from_bytes(body[place : place + size], "little")


def text(body: bytes, place: int) -> tuple[str, int]:
    """A text with its length in front, and the place after it."""
    length = integer(body, place)
    start = place + 4
    end = start if length == _NO_TEXT else start + 2 * length
    return body[start:end].decode("utf-16-le"), end


def _blank(_data: bytes, _strings: Sequence[str]) -> str:
    return ""


def _rk(data: bytes, _strings: Sequence[str]) -> float:
    """A number in 30 bits: a whole one or the upper bits of a double, and perhaps in hundredths."""
    raw = integer(data, 0)
    if raw & 2:
        value = float((raw >> 2) - (1 << 30 if raw >> 31 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (raw & ~3) << 32))[0])
    return value / 100 if raw & 1 else value


def _real(data: bytes, _strings: Sequence[str]) -> float:
    return float(struct.unpack_from("<d", data)[0])


def _boolean(data: bytes, _strings: Sequence[str]) -> str:
    return "TRUE" if data[0] else "FALSE"


def _error(data: bytes, _strings: Sequence[str]) -> str:
    return error_text(data[0])


def _text(data: bytes, _strings: Sequence[str]) -> str:
    return text(data, 0)[0]


def _rich_text(data: bytes, _strings: Sequence[str]) -> str:
    return text(data, 1)[0]


def _shared_text(data: bytes, strings: Sequence[str]) -> str:
    return strings[integer(data, 0)]


CELLS: Mapping[int, Read] = {
    1: _blank,
    2: _rk,
    3: _error,
    4: _boolean,
    5: _real,
    6: _text,
    7: _shared_text,
    # Of formulas.
    8: _text,
    9: _real,
    10: _boolean,
    11: _error,
    62: _rich_text,
}
SHORT_CELLS: Mapping[int, Read] = {
    12: _blank,
    13: _rk,
    14: _error,
    15: _boolean,
    16: _real,
    17: _text,
    18: _shared_text,
}

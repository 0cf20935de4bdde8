"""A parser for each type of column: the normalised text of a cell to a value, or to the code of what is wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from schemas.credit_code import is_rounded, parse_credit_code
from schemas.days import MomentError
from schemas.form import Column
from schemas.identity import mask_identity
from schemas.measures import parse_amount, parse_integer
from schemas.moments import Moment, parse_moment
from schemas.places import parse_place, parse_unit
from schemas.reading import NOTHING, Cell, NeedsMonthError, UnreadableError
from schemas.words import parse_code, parse_codes, parse_yes_no

_NUMBERS_OF_RECORDS = ("编号", "文号", "编码", "代码")
_DOUBTS = {"year": "W-VAL-18", "order": "W-VAL-21"}


def _text(cell: Cell) -> str:
    if cell.column.pattern and is_rounded(cell.text) and not re.fullmatch(cell.column.pattern, cell.text):
        raise UnreadableError("E-VAL-13")
    masked = mask_identity(cell.text)
    if masked != cell.text and _is_free(cell.column):
        raise UnreadableError("W-VAL-27", masked)
    return cell.text


def _is_free(column: Column) -> bool:
    """Whether people write what they like; the numbers of records are long too, and some begin like a district."""
    return column.pattern is None and not column.label.endswith(_NUMBERS_OF_RECORDS)


def _date(cell: Cell) -> datetime | None:
    if cell.text in NOTHING:
        return None
    moment = _moment(cell, "E-VAL-02")
    day = moment.at.replace(hour=0, minute=0, second=0)
    if moment.doubt:
        raise UnreadableError(_DOUBTS[moment.doubt], day, f"{day:%Y-%m-%d}")
    return day


def _datetime(cell: Cell) -> datetime | None:
    if cell.text in NOTHING:
        return None
    moment = _moment(cell, "E-VAL-03")
    if moment.doubt:
        raise UnreadableError(_DOUBTS[moment.doubt], moment.at, f"{moment.at:%Y-%m-%d %H:%M}")
    if not moment.has_time:
        raise UnreadableError("W-VAL-22", moment.at, f"{moment.at:%Y-%m-%d %H:%M}")
    return moment.at


def _moment(cell: Cell, unreadable: str) -> Moment:
    try:
        return parse_moment(cell.text, cell.month)
    except MomentError as error:
        if error.reason == "needs_month":
            raise NeedsMonthError(unreadable) from None
        codes = {"two_ways": "E-VAL-19", "span": "E-VAL-23", "unreadable": unreadable}
        readings = f"（{' 或 '.join(error.readings)}）" if error.readings else None
        raise UnreadableError(codes[error.reason], hint=readings) from None


PARSERS: Mapping[str, Callable[[Cell], object]] = {
    "text": _text,
    "code": parse_code,
    "codes": parse_codes,
    "integer": parse_integer,
    "amount": parse_amount,
    "yes_no": parse_yes_no,
    "date": _date,
    "datetime": _datetime,
    "unit": parse_unit,
    "place": parse_place,
    "credit_code": parse_credit_code,
}

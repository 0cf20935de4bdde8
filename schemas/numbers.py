"""Numbers as people write them into cells: digits, groups, units behind them, Chinese numerals; nothing is guessed."""

import re
from collections.abc import Mapping
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?(?:[Ee][+-]?\d{1,3})?")
_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾佰仟两", "零零一二三四五六七八九十百千二")
_SCALES = {"十": 10, "百": 100, "千": 1_000}
_TEN_THOUSAND = 10_000


class NotANumberError(ValueError):
    """The text is no exact number."""


def parse_number(text: str) -> Decimal:
    """The number of a normalised text: ``1,200``, ``1 200``, ``1.2E3``, 十二, 一百零五.

    Raises:
        NotANumberError: 约30, 30余, 3-5, 12,34 and whatever else is no exact number.
    """
    text = text.removeprefix("'")
    if _PLAIN.fullmatch(text):
        return Decimal(re.sub(r"[ ,]", "", text))
    return Decimal(parse_chinese(text))


def parse_chinese(text: str) -> int:
    """A number below 100 million in Chinese numerals, ordinary or formal (壹佰零伍), read strictly: 百五 is none.

    Raises:
        NotANumberError: the text is not how a number is read.
    """
    plain = text.translate(_FORMAL).replace("廿", "二十")
    head, mark, tail = plain.rpartition("万")
    number = (_below_ten_thousand(head) * _TEN_THOUSAND if mark else 0) + _below_ten_thousand(tail or "零")
    # Written anew it must come out the same: so 二百五 and 一十百 are refused without a rule of their own.
    if not plain or plain not in _readings(number):
        raise NotANumberError(text)
    return number


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            raise NotANumberError(text)
    return total + digit


def _readings(number: int) -> frozenset[str]:
    high, low = divmod(number, _TEN_THOUSAND)
    if not high:
        return frozenset({_read(low), _read(low).removeprefix("一") if 10 <= low < 20 else _read(low)})
    joint = "零" if 0 < low < 1_000 else ""
    rest = f"万{joint}{_read(low) if low else ''}"
    return frozenset(reading + rest for reading in _readings(high))


def _read(number: int) -> str:
    """一千零二十 for 1020."""
    if number == 0:
        return "零"
    text, is_gap = "", False
    for scale, word in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if is_gap and text else "") + _DIGITS[digit] + word
        is_gap = digit == 0
    return text


def split_unit(text: str, own: str | None, others: Mapping[str, float]) -> tuple[str, str | None]:
    """A text without the unit of measure behind it, and the unit, if it is the column's own or one it converts."""
    units = sorted((unit for unit in (own, *others) if unit), key=len, reverse=True)
    found = next((unit for unit in units if text.endswith(unit) and text != unit), None)
    return (text.removesuffix(found).strip(), found) if found else (text, None)

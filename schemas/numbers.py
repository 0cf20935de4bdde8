"""Numbers as people write them: digits, groups of thousands, Chinese numerals. An exact number, or none.

The numerals are ours and no library's: cn2an knows neither 两百 nor 〇, drops the 元整 of 一百元整 without a word, and
brings a second package.
"""

import re
from decimal import Decimal

_PLAIN = re.compile(
    r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[Ee][+-]?\d{1,3})?", re.ASCII
)
_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("〇壹贰叁肆伍陆柒捌玖拾佰仟萬億两兩", "零一二三四五六七八九十百千万亿二二")
_TWO = re.compile(r"[两兩](?![百佰千仟万萬亿億])")
_SCALES = ((10**8, "亿"), (10**4, "万"), (1_000, "千"), (100, "百"), (10, "十"))
_TEN_WITHOUT_ONE = re.compile(r"(?<![一二三四五六七八九])十")
_LONGEST = 24


class NotANumberError(ValueError):
    """The text is no exact number."""


def parse_number(text: str) -> Decimal:
    """The number of a normalised text: ``1,200``, ``1 200``, ``1.2E3``, 十二, 一百零五, 三点五.

    Raises:
        NotANumberError: 约30, 30余, 3-5, 12,34 and whatever else is no exact number.
    """
    text = text.replace("−", "-")
    if _PLAIN.fullmatch(text):
        return Decimal(re.sub(r"[ ,]", "", text))
    sign = -1 if text.startswith("负") else 1
    whole, point, part = text.removeprefix("负").partition("点")
    if not point:
        return Decimal(sign * parse_chinese(whole))
    digits = [_DIGITS.find(char.translate(_FORMAL)) for char in part]
    if not digits or min(digits) < 0:
        raise NotANumberError(text)
    return sign * Decimal(f"{parse_chinese(whole)}.{''.join(map(str, digits))}")


def parse_chinese(text: str) -> int:
    """A whole number in Chinese numerals, ordinary or formal (壹佰零伍).

    Raises:
        NotANumberError: the text is not how a number is read in full. 百五 is 105 to some and 150 to others.
    """
    is_two = text in ("两", "兩")
    if not text or len(text) > _LONGEST or (_TWO.search(text) and not is_two):
        raise NotANumberError(text)
    plain = text.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    plain = _TEN_WITHOUT_ONE.sub("一十", plain)
    number = _value(plain)
    # Written anew it must come out the same: so 一百五, 十百 and 零五 are refused without a rule of their own.
    if plain != _read(number):
        raise NotANumberError(text)
    return number


def _value(text: str) -> int:
    for scale, word in _SCALES:
        head, mark, tail = text.rpartition(word)
        if mark:
            return _value(head) * scale + _value(tail)
    digits = text.removeprefix("零") or "零"
    if len(digits) > 1 or digits not in _DIGITS:
        raise NotANumberError(text)
    return _DIGITS.index(digits)


def _read(number: int) -> str:
    """How a number is read in full: 一千零二十 for 1020, 一十二 for 12."""
    for scale, word in _SCALES:
        if number >= scale:
            head, rest = divmod(number, scale)
            gap = "零" if 0 < rest < scale // 10 else ""
            return f"{_read(head)}{word}{gap}{_read(rest) if rest else ''}"
    return _DIGITS[number]

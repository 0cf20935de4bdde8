"""Identity-card numbers in free text: no form asks for one, and none may be kept or shown (统计法 2009, article 25)."""

import re
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

# GB 11643-1999: 18 characters, people group them by eye; of the 15 digits of before the birthday has no century.
_LONG = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![0-9A-Za-z])", re.ASCII
)
_SHORT = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(\d{2})(\d{2})(\d{2})\d{3}(?![0-9A-Za-z])", re.ASCII)
_MASK = "******"
_FEWEST = 15
# The first digits are those of a province (GB/T 2260)
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")


def mask_identity(text: str) -> str:
    """The text with every identity number in it masked; other numbers as long stay."""
    if len(text) < _FEWEST:
        return text
    text = _LONG.sub(lambda match: _MASK if _is_long(match[0]) else match[0], text)
    return _SHORT.sub(lambda match: _MASK if _is_short(match) else match[0], text)


def _is_long(text: str) -> bool:
    """By province, birthday and check digit; the district is no help, as people move and districts are renamed."""
    number = ric.compact(text.replace("-", " ")).replace(" ", "")
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return _PROVINCE.match(number) is not None and ric.calc_check_digit(number) == number[-1]


def _is_short(match: re.Match[str]) -> bool:
    try:
        date(1900 + int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return _PROVINCE.match(match[0]) is not None

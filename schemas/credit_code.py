"""Unified social credit codes, GB 32100-2015: the check character by python-stdnum, the form of a code by us.

python-stdnum 2.2 wants digits in places 1 and 2 and so refuses the N2 codes of village collectives, and those of other
authorities that have letters.
"""

import re

from stdnum.cn import uscc

from schemas.identity import mask_identity
from schemas.reading import NOTHING, Cell, UnreadableError
from schemas.text import squeeze

_LENGTH = 18
_DIGITS_KEPT = 15
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_HYPHEN = re.compile(r"[-—–―‐−]")
_NONE = frozenset({"个人", "自然人", *NOTHING})


def check_character(first17: str) -> str:
    """The 18th character for the first 17.

    Raises:
        ValueError: a character is none of the 31 allowed (I, O, S, V and Z are not).
    """
    return str(uscc.calc_check_digit(first17))


def is_valid(code: str) -> bool:
    """Whether 18 characters form a code with the right check character."""
    return (
        bool(_CODE.fullmatch(code))
        and code[2:8].isdigit()
        and check_character(code[: _LENGTH - 1]) == code[_LENGTH - 1]
    )


def parse_credit_code(cell: Cell) -> str | None:
    """The code of a cell without blanks and hyphens; none for people, who have none.

    Some real codes fail the check: they stay, with a warning (decision 4).

    Raises:
        UnreadableError: the check character is wrong, then with the code; or it can be no code.
    """
    if cell.text in _NONE:
        return None
    code = _HYPHEN.sub("", squeeze(cell.text).upper()).strip("'‘’、,;。")
    if is_valid(code):
        return code
    if is_rounded(code):
        raise UnreadableError("E-VAL-13")
    if not _CODE.fullmatch(code):
        raise UnreadableError("E-VAL-12")
    raise UnreadableError("W-VAL-12", mask_identity(code))


def is_rounded(text: str) -> bool:
    """Whether digits are what a spreadsheet keeps of a longer number: fifteen of them, then zeros, or 9.1E+17."""
    if _SCIENTIFIC.fullmatch(text.upper()):
        return True
    return text.isdecimal() and len(text) > _DIGITS_KEPT and not text[_DIGITS_KEPT:].strip("0")

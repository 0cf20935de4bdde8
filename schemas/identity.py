"""Identity-card numbers in free text: no form asks for one, and none may be kept or shown (统计法 2009, article 25)."""

import re

from stdnum.cn import ric

_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MASK = "******"


def mask_identity(text: str) -> str:
    """The text with every identity number in it masked; other numbers of 18 digits stay."""
    if len(text) < 18:
        return text
    return _NUMBER.sub(lambda match: _MASK if ric.is_valid(match[0].upper()) else match[0], text)

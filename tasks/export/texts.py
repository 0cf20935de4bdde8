"""Values as texts, where a format has no type for them."""

import json
from datetime import datetime

from schemas.calendar import SHANGHAI

# With one of these Excel takes the text of a cell for a formula, or a command.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: object) -> object:
    """Lists as JSON, moments in Shanghai's time with their offset, yes and no as true and false; the rest unchanged."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.astimezone(SHANGHAI) if value.tzinfo else value).isoformat()
    return value


def is_like_a_formula(value: object) -> bool:
    """Whether Excel would compute the text instead of showing it."""
    return isinstance(value, str) and value.startswith(_FORMULA)

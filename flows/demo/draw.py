"""Draws that are the same on every machine and call: from a digest of what is drawn for, not from a generator."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

SEED = "huizong-2021"
T = TypeVar("T")


def draw(below: int, *key: object) -> int:
    """A number from 0 up to but not including ``below``, the same for the same key."""
    text = "|".join(str(part) for part in (SEED, *key))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % below


def choose(options: Sequence[T], *key: object) -> T:
    """One of the options, the same for the same key."""
    return options[draw(len(options), *key)]


def happens(percent: int, *key: object) -> bool:
    """True for about that many keys of a hundred."""
    return draw(100, *key) < percent

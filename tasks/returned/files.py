"""Names and bytes of the files in which copies lie."""

from collections.abc import Container
from itertools import count


def free_stem(stem: str, taken: Container[str]) -> str:
    """The name without its ending, with a number behind it where it is taken: 报表（2）."""
    tries = (f"{stem}（{number}）" if number > 1 else stem for number in count(1))
    return next(each for each in tries if each not in taken)

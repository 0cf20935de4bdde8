"""How often Python looks for garbage that refers to itself. It looks through all that lives whenever that has grown.

What a batch reads lives until its frames are made, and what a command imports until it ends. The young, among which
is what the readers of old formats leave behind, are still looked through.
"""

import contextlib
import gc
from collections.abc import Iterator

_RARELY = (10_000, 10, 1_000)


@contextlib.contextmanager
def rare_collections() -> Iterator[None]:
    """Meanwhile the old are hardly ever looked through."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)

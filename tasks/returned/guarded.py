"""Marked copies made where a hostile workbook can do no harm: openpyxl opens what its sender wrote."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.found import Found
from tasks.limits import USUAL, Bounds, Limits
from tasks.pool import pool
from tasks.reader import Begin, ReaderEnded
from tasks.returned.annotate import Annotated, annotate
from tasks.returned.remark import Layouts
from tasks.returned.verdict import Verdict

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copying:
    """A workbook to mark, see ``annotate``; work for a process."""

    content: bytes
    issues: Sequence[Found]
    layouts: Layouts
    verdict: Verdict
    bounds: Bounds = USUAL

    def __call__(self, begin: Begin) -> Annotated:
        """The copy."""
        begin(0, 1)
        return annotate(self.content, self.issues, self.layouts, self.verdict, self.bounds)


def annotate_guarded(copying: Copying, limits: Limits) -> Annotated:
    """The copy, made by a process of its own; where that ends, the list of issues alone."""
    try:
        copy = pool(limits).ask(copying)
    except ReaderEnded:
        _log.warning("a workbook takes too much to be copied for its sender")
        return annotate(b"", copying.issues, copying.layouts, copying.verdict)
    assert isinstance(copy, Annotated)
    return copy

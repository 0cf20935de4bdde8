"""The sample inbox of the demo: workbooks of the first halves of 2020 and 2021 from all 31 units, as people type them.

Everything here is synthetic. Persons, telephone numbers, enterprises, villages and causes are made up; the unit names
follow the public list, and the figures of 2021 follow the published half-year summary of the emergency bureau: one
accident without casualties, five gas leaks by municipal works, four trainings of the bureau, officers trained at all
three levels, three communities applied. No file of the folder says so, since the night reads every file there.

All forms come from all units that owe them, and agree with each other: a hazard that an inspection found stands in the
ledger until it is closed, a fine in the list of decisions.

The files lie under ``<unit name>/<month>/``, and each file's time of change is the time at which it arrived. What is
planted to be rejected stands in ``faults`` and ``strays``, what is odd and accepted in ``slips``, what comes late or
never in ``discipline``, what comes after the bulletin in ``afterwards``; ``stages`` plays it day by day.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from flows.demo.inbox import documents
from flows.demo.report import Document
from flows.demo.villages import demo_register, village_list

__all__ = ["Document", "sample_documents", "village_list", "write_documents"]


def sample_documents() -> tuple[Document, ...]:
    """Every file of the sample, the same on each call; those that come after the bulletin too."""
    return tuple(documents(demo_register()))


def write_documents(folder: Path, files: Iterable[Document]) -> None:
    """Write files below a folder, each as of the time at which it arrived."""
    for document in files:
        path = folder / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.content)
        arrived = document.arrived_at.timestamp()
        os.utime(path, (arrived, arrived))

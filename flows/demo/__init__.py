"""The sample inbox of the demo: workbooks of the first halves of 2020 and 2021 from all 31 units, as people type them.

Everything here is synthetic. Persons, telephone numbers, enterprises, villages and causes are made up; the unit names
follow the public list, and the figures of 2021 follow the published half-year summary of the emergency bureau: one
accident without casualties, five gas leaks by municipal works, four trainings of the bureau, officers trained at all
three levels, three communities applied. No file of the folder says so, since the night reads every file there.

All forms come from all units that owe them, and agree with each other: a hazard that an inspection found stands in the
ledger until it is closed, a fine in the list of decisions.

The files lie under ``<unit name>/<month>/``, and each file's time of change is the time at which it arrived. What is
planted to be rejected stands in ``faults`` and ``strays``, what is odd and accepted in ``slips``, what comes late or
never in ``discipline``.
"""

import os
from datetime import date
from pathlib import Path

from flows.demo.inbox import documents
from flows.demo.villages import demo_register, village_list

__all__ = ["TODAY", "village_list", "write_inbox"]

# The morning after the reports of June 2021 were due.
TODAY = date(2021, 7, 8)


def write_inbox(folder: Path) -> None:
    """Write the sample files below a folder, the same bytes and times on each call."""
    for document in documents(demo_register()):
        path = folder / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.content)
        arrived = document.arrived_at.timestamp()
        os.utime(path, (arrived, arrived))

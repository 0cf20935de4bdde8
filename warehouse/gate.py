"""The audit between the candidate and the mart: what fails is not published."""

import logging
import os
from pathlib import Path

from sqlalchemy.engine import Connection

from warehouse.errors import WarehouseError
from warehouse.gate_before import Before
from warehouse.gate_findings import Checked, Finding
from warehouse.gate_frames import Frames, audit_frames
from warehouse.gate_site import write_site

MOST_SAID = 20


class GateFailed(WarehouseError):  # noqa: N818 -- the outcome of an audit, not a fault of the program
    """The candidate did not pass; the message names each rule that failed, with examples."""


def audit(connection: Connection, before: Before, site: Path | None = None) -> tuple[Finding, ...]:
    """Hold the candidate that ``compute`` left in this transaction, and the rows behind it, to every expectation.

    Args:
        connection: in the transaction in which the candidate was computed and compared with what is published.
        before: what stood before.
        site: the folder of the pages that show every audit; None writes none.

    Returns:
        What is odd and does not stop the publication.

    Raises:
        GateFailed: at least one that is critical was not met; the pages are there all the same.
    """
    checked = check(audit_frames(connection, before))
    page = write_site(site, checked) if site else None
    found = [each.finding for each in checked if each.finding]
    if critical := [each.said for each in found if each.severity == "critical"]:
        more = [f"另有 {len(critical) - MOST_SAID} 条"] if len(critical) > MOST_SAID else []
        where = [f"逐条结果见 {page}"] if page else []
        lines = ["指标审核未通过，没有发布，仍沿用上次发布的数据：", *critical[:MOST_SAID], *more, *where]
        raise GateFailed("\n".join(lines))
    return tuple(found)


def check(frames: Frames) -> list[Checked]:
    """Every expectation of these frames, met or not; see ``warehouse.gate_judge``."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    from warehouse import gate_judge  # noqa: PLC0415 -- seconds, and only a night with news needs it

    # It asks at its import to tell of every temporary folder.
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    return list(gate_judge.check(frames))

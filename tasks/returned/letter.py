"""What a unit is told with a returned copy."""

from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from schemas.identity import mask_identity
from schemas.period import Period
from tasks.handout import Handout
from tasks.letters import Letter, write
from warehouse.returned import OpenWork


def letter_of(work: OpenWork, unit: str, month: date | None, copy: Path) -> Letter:
    """A short text with the copy attached."""
    letter = write(
        "returned",
        unit=unit,
        month=Period.of("month", month).title if month else "（月份不明）",
        file=mask_identity(PurePosixPath(work.name).name),
        verdict="退回" if "rejected" in work.statuses or not work.statuses else "已接收，请核对",
        errors=work.errors,
        warnings=work.warnings,
    )
    return replace(letter, attachments=(Handout(copy.name, copy.read_bytes()),))

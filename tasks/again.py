"""Files read again from the archive, by today's forms and rules."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from schemas.batch import Batch
from schemas.unit import Register
from tasks.archive import copy_in
from tasks.limits import Limits
from tasks.old_files import state_of
from tasks.read import ArrivedFile
from tasks.readers import read_beside


def read_again(files: pd.DataFrame, archive: Path, register: Register, today: date, limits: Limits) -> Batch:
    """What stands in those files (lines of ``core.file``) whose bytes are still in the archive, and what arrived."""
    kept = [file for file in _arrived(files, archive) if state_of(file.archive, file.sha256) == "whole"]
    return read_beside(kept, register, today, limits)


def months_of(
    files: pd.DataFrame, archive: Path, register: Register, today: date, limits: Limits
) -> Mapping[date, set[int]]:
    """The ids of the files that are about each month, as they are read today; those about none are in none."""
    if files.empty:
        return {}
    batch = read_again(files, archive, register, today, limits)
    ids = batch.files[["file_no", "sha256", "name"]].merge(files, on=["sha256", "name"], validate="one_to_one")
    placed = batch.submissions.dropna(subset=["unit_code", "month"])
    found = placed.merge(ids[["file_no", "file_id"]], on="file_no", validate="many_to_one")
    return {month: set(found.loc[found["month"] == month, "file_id"]) for month in found["month"].unique()}


def _arrived(files: pd.DataFrame, archive: Path) -> list[ArrivedFile]:
    return [
        ArrivedFile(
            sha256=line["sha256"],
            source=line["source"],
            name=line["name"],
            size=int(line["size"]),
            received_at=line["received_at"],
            archive=copy_in(archive, line["archive"]),
        )
        for line in files.to_dict("records")
    ]

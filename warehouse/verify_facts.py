"""The facts against the archive: what is in force, beside what the same files say when they are read today."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection, Engine

from schemas.form import load_forms
from warehouse.archived import choose_in_force, files_of_ids
from warehouse.backfill import Read
from warehouse.definitions import changed_forms
from warehouse.integrity import Kind, Sample, Tally
from warehouse.readings import in_force_again
from warehouse.record import closed_months


def verify_facts(engine: Engine, read: Read, at_once: int, sample: Sample, tally: Tally) -> None:
    """Read the files of the chosen reports again, so many at once, and compare place, verdict, states and rows.

    Files that are no longer in the archive, or are not what arrived, are left out: they are the archive's to tell of.
    """
    chosen = choose_in_force(engine, sample)
    for start in range(0, len(chosen), at_once):
        files = files_of_ids(engine, chosen[start : start + at_once])
        # Read before the transaction: it shall not last longer than the comparison.
        batch = read(files)
        with engine.connect() as connection:
            lines = in_force_again(connection, files, batch)
            _tell(connection, lines[~lines["is_gone"]], files, tally)


def _tell(connection: Connection, lines: pd.DataFrame, files: pd.DataFrame, tally: Tally) -> None:
    tally.checked += len(lines)
    names = dict(zip(files["file_id"], files["name"], strict=True))
    changed, closed = changed_forms(connection), closed_months(connection)
    for line in lines[~lines["is_same"]].to_dict("records"):
        is_explained = line["form"] in changed and changed[line["form"]] >= line["known_from"]
        kind: Kind = "form_changed" if is_explained else "rows_differ"
        tally.add(kind, _mend(line, closed), [f"{names[line['file_id']]}：{_place(line)}，{_what(line)}"])


def _mend(line: Mapping[Any, Any], closed: Sequence[object]) -> str:
    month, code = f"{line['known_month']:%Y-%m}", load_forms()[line["form"]].code
    reopen = " --reopen --reason 理由" if line["known_month"] in closed else ""
    return f"huizong backfill {month} {month} --form {code}{reopen}"


def _place(line: Mapping[Any, Any]) -> str:
    return f"{load_forms()[line['form']].code} {line['known_unit_code']} {line['known_month']:%Y-%m}"


def _what(line: Mapping[Any, Any]) -> str:
    if line["status"] != "accepted":
        return "现在读来应退回"
    if line["is_moved"]:
        return f"现在读来属于 {line['unit_code']} {line['month']:%Y-%m}"
    if line["rows"] != line["known_rows"]:
        return f"库中 {line['known_rows']} 行，现在读出 {line['rows']} 行"
    return "内容与原始文件不同"

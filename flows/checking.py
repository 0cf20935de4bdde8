"""What ``huizong check`` does once the process that reads has been started, and what it prints."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape

from flows.settings import Settings
from flows.show import console
from schemas.batch import Batch
from schemas.calendar import SHANGHAI
from schemas.form import load_forms
from tasks.read import ArrivedFile
from tasks.readers import read_beside

_MARKS = {"error": "[red]错误[/]", "warning": "[yellow]提醒[/]", "info": "[cyan]说明[/]"}
_ISSUE_KEYS = ("severity", "code", "sheet", "row", "column", "field", "value", "message")


def check_each(paths: Sequence[Path], settings: Settings, *, as_json: bool, annotate: Path | None) -> int:
    """Files read in processes of their own and reported; see ``flows.check.check_files``."""
    files = [_arrived(path) for path in paths]
    batch = read_beside(files, settings.register(), datetime.now(SHANGHAI).date(), settings.limits)
    report = check_report(batch)
    copies = _write_copies(batch, annotate, settings) if annotate else 0
    if as_json:
        print(json.dumps({"files": report}, ensure_ascii=False, indent=2))  # noqa: T201 -- the output itself
    else:
        _print(report, console())
        if annotate:
            console().print(f"标注了问题的副本 {copies} 份：{escape(str(annotate))}", highlight=False)
    return int((batch.issues["severity"] == "error").any())


def _write_copies(batch: Batch, folder: Path, settings: Settings) -> int:
    from flows.check_copies import write_copies  # noqa: PLC0415 -- openpyxl, where copies are asked for

    return write_copies(batch, folder, settings.limits)


def _arrived(path: Path) -> ArrivedFile:
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return ArrivedFile(sha256, str(path), path.name, path.stat().st_size, datetime.now(UTC), path)


def check_report(batch: Batch) -> list[dict[str, Any]]:
    """The batch as the JSON of ``check --json``: submissions and issues of each file."""
    names = [str(name) for name in batch.files["source"]]
    files: list[dict[str, Any]] = [{"file": name, "submissions": [], "issues": []} for name in names]
    for record in batch.submissions.to_dict("records"):
        files[record["file_no"]]["submissions"].append(_submission(record))
    for record in batch.issues.astype(object).where(batch.issues.notna(), None).to_dict("records"):
        files[record["file_no"]]["issues"].append({key: _plain(record[key]) for key in _ISSUE_KEYS})
    return sorted(files, key=lambda file: str(file["file"]))


def _submission(record: dict[Any, Any]) -> dict[str, Any]:
    month = record["month"]
    return {
        "form": record["form"],
        "form_code": load_forms()[record["form"]].code,
        "unit_code": record["unit_code"],
        "month": f"{month:%Y-%m}" if pd.notna(month) else None,
        "rows": int(record["rows"]),
        "errors": int(record["errors"]),
        "warnings": int(record["warnings"]),
    }


def _plain(value: object) -> object:
    return int(value) if hasattr(value, "__int__") and not isinstance(value, str) else value


def _print(files: Sequence[dict[str, Any]], out: Console) -> None:
    for file in files:
        out.print(f"[bold]{escape(Path(file['file']).name)}[/]")
        for part in file["submissions"]:
            where = f"{part['form_code']} {load_forms()[part['form']].title} {part['unit_code'] or '单位不明'}"
            verdict = f"[red]{part['errors']} 个错误，退回[/]" if part["errors"] else "[green]可以入库[/]"
            out.print(
                f"  {where} {part['month'] or '月份不明'}：{part['rows']} 行，{verdict}，{part['warnings']} 个提醒"
            )
        for alike in _kinds(file["issues"]):
            first, rest = alike[0], [issue["row"] for issue in alike[1:]]
            sheet = f"{escape(first['sheet'])} " if first["sheet"] else ""
            out.print(f"  {_MARKS[first['severity']]} {first['code']} {sheet}{escape(first['message'])}")
            if rest:
                out.print(f"       同样的问题还有 {len(rest)} 处：第 {_runs(rest)} 行")


def _kinds(issues: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The issues in groups of one code and one column of one sheet; those without a row stand alone."""
    kinds: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for number, issue in enumerate(issues):
        alone = number if issue["row"] is None else None
        kinds.setdefault((issue["code"], issue["sheet"], issue["column"], issue["field"], alone), []).append(issue)
    return list(kinds.values())


def _runs(rows: Sequence[int]) -> str:
    """Ascending numbers with the runs drawn together: 4、6–9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1][1:] = [row]
        else:
            runs.append([row])
    return "、".join("–".join(map(str, run)) for run in runs)

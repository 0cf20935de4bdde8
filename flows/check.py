"""``huizong check``: read and validate files without loading them, without warehouse and Prefect."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape

from flows.settings import load_settings
from flows.show import console
from schemas.batch import Batch
from schemas.calendar import SHANGHAI
from schemas.form import load_forms
from tasks.assemble import read_batch
from tasks.read import ArrivedFile
from tasks.validate import validate

_MARKS = {"error": "[red]错误[/]", "warning": "[yellow]提醒[/]", "info": "[cyan]说明[/]"}
_ISSUE_KEYS = ("severity", "code", "sheet", "row", "column", "field", "value", "message")


class SourceError(Exception):
    """A file to check is not there, or a copy of one cannot be written; the message names it."""


def check_files(paths: Sequence[Path], *, as_json: bool, annotate: Path | None = None) -> int:
    """Prints what is wrong with the files (or all files of folders): 1 when there is an error, else 0.

    Args:
        paths: files and folders.
        as_json: for programs.
        annotate: the folder into which marked copies of those go in which something is wrong.

    Raises:
        SourceError: there is no such file, or a copy would take the place of one.
    """
    register = load_settings().register()
    files = [_arrived(path) for path in _files(paths)]
    batch = validate(read_batch(files, register, datetime.now(SHANGHAI).date()), register)
    report = check_report(batch)
    copies = _write_copies(batch, annotate) if annotate else 0
    if as_json:
        print(json.dumps({"files": report}, ensure_ascii=False, indent=2))  # noqa: T201 -- the output itself
    else:
        _print(report, console())
        if annotate:
            console().print(f"标注了问题的副本 {copies} 份：{escape(str(annotate))}", highlight=False)
    return int((batch.issues["severity"] == "error").any())


def _write_copies(batch: Batch, folder: Path) -> int:
    from flows.check_copies import write_copies  # noqa: PLC0415 -- openpyxl, where copies are asked for

    return write_copies(batch, folder)


def _files(paths: Iterable[Path]) -> list[Path]:
    if missing := [path for path in paths if not path.exists()]:
        raise SourceError(f"{missing[0]}：没有这个文件")
    found = [sorted(path.rglob("*")) if path.is_dir() else [path] for path in paths]
    return [path for group in found for path in group if path.is_file()]


def _arrived(path: Path) -> ArrivedFile:
    content = path.read_bytes()
    now = datetime.now(UTC)
    return ArrivedFile(hashlib.sha256(content).hexdigest(), str(path), path.name, len(content), now, path)


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

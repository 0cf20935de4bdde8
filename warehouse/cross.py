"""What the rules across forms, months and units find in submissions that were just loaded, and the issues of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.form import Severity, tables
from schemas.issue import place
from warehouse.rule_files import CrossRule, Place, load_rules
from warehouse.scripts import query

ISSUE_COLUMNS = (
    "file_id", "submission_id", "severity", "code", "sheet", "row", "column", "field", "value", "message",
)  # fmt: skip
_MASK = "***"
_WHOLE = Place(None, None)
_NO_LAYOUT: Mapping[str, Any] = {"sheet": None, "letters": {}}


@dataclass(frozen=True)
class Finding:
    """What a rule found in a submission: at a row, or (None) in the whole of it; see ``CrossRule.sql``."""

    rule: CrossRule
    submission_id: int
    source_row: int | None
    shown: str | None
    hint: str | None
    field: str | None = None


def relate_arrived(connection: Connection, submission_ids: Sequence[int]) -> None:
    """Make the relation ``arrived`` of the rules, of those submissions that are the current ones."""
    connection.execute(query("arrived"), {"submission_ids": list(submission_ids)})
    connection.execute(sa.text("ANALYZE arrived"))


def find(connection: Connection, forms: Sequence[str], severities: Collection[Severity]) -> list[Finding]:
    """What the rules of these severities find in the submissions of ``arrived``, which are of these forms."""
    asked = [rule for rule in load_rules().values() if rule.severity in severities and rule.judges(forms)]
    return [Finding(rule, **row) for rule in asked for row in connection.execute(sa.text(rule.sql)).mappings()]


def issues_of(findings: Iterable[Finding], submissions: pd.DataFrame) -> pd.DataFrame:
    """Findings as lines of ``core.issue``.

    Args:
        findings: what was found in these submissions.
        submissions: with ``submission_id``, ``file_id``, ``form`` and ``layout``.
    """
    columns = [submissions[name] for name in ("file_id", "form", "layout")]
    known = dict(zip(submissions["submission_id"], zip(*columns, strict=True), strict=True))
    lines = [_issue(finding, *known[finding.submission_id]) for finding in findings]
    return pd.DataFrame(lines, columns=list(ISSUE_COLUMNS), dtype=object)


def _issue(finding: Finding, file_id: int, form: str, layout: Mapping[str, Any]) -> dict[str, object]:
    """One line, with the place in the sheet in front of the sentence, as issues of cells have it."""
    table, field = finding.rule.places.get(form, _WHOLE)
    field = finding.field or field
    column = tables()[table][1].columns[field] if table and field else None
    sheet = layout.get(table, _NO_LAYOUT) if table else _NO_LAYOUT
    value = _MASK if finding.shown and column and column.sensitive else finding.shown
    spot = place(finding.source_row, None, column.label if column else None)
    return {
        "file_id": file_id,
        "submission_id": finding.submission_id,
        "severity": finding.rule.severity,
        "code": finding.rule.code,
        "sheet": sheet["sheet"],
        "row": finding.source_row,
        "column": sheet["letters"].get(field) if finding.source_row else None,
        "field": field,
        "value": value,
        "message": spot + finding.rule.message.format(value=value or "", hint=finding.hint or ""),
    }

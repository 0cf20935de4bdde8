"""What an audit found: every expectation that was tried, and those findings that are kept with a publication."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from warehouse.mart import audit_finding

Severity = Literal["critical", "warning"]


@dataclass(frozen=True)
class Finding:
    """A rule that was not met: its Chinese title, at how many places, and some of these in words.

    ``critical`` stops a publication, ``warning`` goes into its bulletin. No cell of a sender is quoted.
    """

    severity: Severity
    rule: str
    count: int
    examples: tuple[str, ...]

    @property
    def said(self) -> str:
        """The finding in one sentence."""
        shown = f"，例如 {'；'.join(self.examples)}" if self.examples else ""
        return f"{self.rule}：{self.count} 处不符{shown}"


@dataclass(frozen=True)
class Checked:
    """One expectation of a suite that was tried on ``rows`` things; ``finding`` is None where it was met."""

    suite: str
    rule: str
    severity: Severity
    rows: int
    finding: Finding | None = None


def keep_findings(connection: Connection, publication_id: int, findings: Iterable[Finding]) -> None:
    """Write down what was found in the values of a publication."""
    rows = [
        {"publication_id": publication_id, "position": position, **asdict(finding), "examples": list(finding.examples)}
        for position, finding in enumerate(findings, 1)
    ]
    if rows:
        connection.execute(sa.insert(audit_finding), rows)


def findings_of(connection: Connection, publication_id: int) -> tuple[Finding, ...]:
    """What was found in the values of a publication, in the order of the audit; none where all was well."""
    found = audit_finding.c
    statement = sa.select(found["severity"], found["rule"], found["count"], found["examples"])
    rows = connection.execute(statement.where(found.publication_id == publication_id).order_by(found.position))
    return tuple(Finding(severity, rule, count, tuple(examples)) for severity, rule, count, examples in rows)

"""What ``huizong doctor`` finds: one line for each thing that it looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad it is; only a problem makes the doctor end with exit code 1."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what is the case, and what to do about it: empty where all is well."""

    check: str
    grade: Grade
    what: str
    advice: str = ""


def ok(check: str, what: str) -> Finding:
    """All is well."""
    return Finding(check, Grade.OK, what)


def warning(check: str, what: str, advice: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(check, Grade.WARNING, what, advice)


def problem(check: str, what: str, advice: str) -> Finding:
    """It does not work, or the next night will not."""
    return Finding(check, Grade.PROBLEM, what, advice)

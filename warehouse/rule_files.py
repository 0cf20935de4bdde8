"""The rules of ``warehouse/rules``, which hold across forms, months and units, as they are read from their files."""

import functools
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.form import Severity, severity_of, tables
from schemas.sql_file import split_header

EVERY_FORM = "*"


class RuleError(Exception):
    """A file of ``warehouse/rules`` is wrong; the message names the file, the key and what is allowed."""


class Place(NamedTuple):
    """The table, and the column in it, at which an issue of a rule points; None: the submission as a whole."""

    table: str | None
    column: str | None


class CrossRule(BaseModel):
    """One rule.

    Attributes:
        code: E, W or I and the number in the catalogue.
        at: where its issues stand: ``table.column`` or ``table``, one for each form whose submissions it judges;
            ``*`` for submissions of every form, as a whole.
        message: one Chinese sentence; {value} and {hint} are the texts ``shown`` and ``hint`` of the SELECT.
        sql: a SELECT of submission_id, source_row (null: the submission as a whole), shown and hint, all about
            submissions of the relation ``arrived``; with ``field`` it names another column than ``at``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[EWI]-(?:X\d\d|P\d\d|COV-\d\d|F\d\d-\d\d)$")
    at: tuple[str, ...] = Field(min_length=1)
    message: str
    sql: str = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_the_forms(self) -> Self:
        if self.at == (EVERY_FORM,):
            return self
        for entry in self.at:
            table_id, _, column = entry.partition(".")
            if table_id not in tables() or (column and column not in tables()[table_id][1].columns):
                raise ValueError(f"at: {entry}: no such column; write table.column, table or {EVERY_FORM} alone")
        if len(self.places) < len(self.at):
            raise ValueError("at: two tables of one form; name one and give the other's column as field")
        return self

    @property
    def severity(self) -> Severity:
        """The code's first letter says it."""
        return severity_of(self.code)

    @functools.cached_property
    def places(self) -> Mapping[str, Place]:
        """The place by the form of the submission; empty when it judges those of every form."""
        parts = [entry.partition(".") for entry in self.at if entry != EVERY_FORM]
        return {tables()[table][0].id: Place(table, column or None) for table, _, column in parts}

    def judges(self, forms: Sequence[str]) -> bool:
        """Whether it has something to say of submissions of these forms."""
        return not self.places or not self.places.keys().isdisjoint(forms)


@functools.cache
def load_rules() -> Mapping[str, CrossRule]:
    """All rules by the name of their file.

    Raises:
        RuleError: a file is wrong.
    """
    folder = resources.files("warehouse").joinpath("rules")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".sql"): parse_rule(entry.read_text(encoding="utf-8"), f"warehouse/rules/{entry.name}")
        for entry in files
    }


def parse_rule(text: str, origin: str) -> CrossRule:
    """A rule from the text of its file; ``origin`` names the file in errors.

    Raises:
        RuleError: a line of the header or a value is wrong.
    """
    try:
        header, sql = split_header(text)
        fields: dict[str, Any] = {**header, "sql": sql}
        if "at" in fields:
            fields["at"] = tuple(name.strip() for name in fields["at"].split(","))
        return CrossRule.model_validate(fields)
    except ValidationError as error:
        raise RuleError("\n".join(_explain(origin, dict(problem)) for problem in error.errors())) from error
    except ValueError as error:
        raise RuleError(f"{origin}: {error}") from error


def _explain(origin: str, problem: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    return f"{origin}: {where}: {problem['msg']}" if where else f"{origin}: {problem['msg']}"

"""A form as data: the TOML files of ``schemas/forms`` as frozen models. What a rule does stands in ``rules.py``."""

import functools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.text import squeeze

ColumnType = Literal[
    "text", "code", "codes", "date", "datetime", "integer", "amount", "yes_no", "unit", "place", "credit_code"
]
Severity = Literal["error", "warning", "info"]
# Rows of the month; all that is still open; a row a month (or group); the state of things.
Grain = Literal["event", "ledger", "month", "snapshot"]
RESERVED = frozenset({"submission_no", "submission_id", "source_id", "source_row", "unit_code", "unit_kind", "month"})
_OF_A_TABLE = ("columns", "rules", "key", "sheets", "grain", "may_be_empty", "reads_hidden", "forbidden")
COLUMN_TYPES = ColumnType.__args__  # type: ignore[attr-defined]


class FormError(Exception):
    """A form definition is wrong; the message names the file, the key and what is allowed."""


class _Definition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Definition):
    """Days from ``start`` up to but not including ``end``; None where it is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class CodeList(_Definition):
    """A shared list of ``schemas/codes``: code to spellings, the official one first, with its source and validity."""

    title: str
    source: str
    codes: Mapping[str, tuple[str, ...]]
    valid: Mapping[str, tuple[Span, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _validity_is_of_codes(self) -> Self:
        if unknown := set(self.valid) - set(self.codes):
            raise ValueError(f"valid: unknown codes {sorted(unknown)}")
        return self


class Column(_Definition):
    """One column of a form: what its heading may read and what its cells may hold.

    ``required`` makes a blank cell an error, ``expected`` a warning. ``unit`` is the unit of measure printed in the
    template; ``other_units`` are further ones that a heading or a cell may carry, with the factor into ``unit``.
    ``codes`` maps a stored code to the spellings that stand for it, the official one first; ``valid`` says when, for
    codes that are not in force for ever; with ``dated_by`` the day in that column decides which a cell may name.
    ``sensitive`` columns name people; ``at_rest`` says whether the warehouse stores them as they are or sealed.
    """

    label: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    other_units: Mapping[str, float] = Field(default_factory=dict)
    required: bool = False
    expected: bool = False
    codes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    valid: Mapping[str, tuple[Span, ...]] = Field(default_factory=dict)
    dated_by: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    decimals: int = 2
    pattern: str | None = None
    pattern_hint: str | None = None
    sensitive: bool = False
    at_rest: Literal["plain", "sealed"] = "plain"
    example: str | None = None
    hint: str | None = None

    @model_validator(mode="after")
    def _what_names_people_is_text(self) -> Self:
        if self.at_rest == "sealed" and not (self.sensitive and self.type == "text"):
            raise ValueError("at_rest: only a sensitive text can be sealed")
        if self.sensitive and self.type != "text":
            # The warehouse puts a mark in its place when its time of keeping is over.
            raise ValueError("sensitive: only a text can name people")
        return self

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        # By this text the warehouse knows whether a form is another than before: what is stored plain always was.
        return ((name, value) for name, value in super().__repr_args__() if (name, value) != ("at_rest", "plain"))

    @functools.cached_property
    def code_index(self) -> Mapping[str, str]:
        """The code for every spelling of it, the code itself among them, squeezed and in capitals."""
        return {squeeze(name).upper(): code for code, names in self.codes.items() for name in (code, *names)}

    def in_force(self, day: date) -> "Column":
        """The same column with only the codes that are valid on that day."""
        codes = {code: names for code, names in self.codes.items() if self.is_in_force(code, day)}
        # A copy of the model would keep the index of all codes, where that has been asked for before.
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**fields, "codes": codes})

    def is_in_force(self, code: str, day: date) -> bool:
        """Whether a code is valid on that day."""
        spans = self.valid.get(code)
        return spans is None or any(span.covers(day) for span in spans)


def severity_of(code: str) -> Severity:
    """Codes that begin with E are errors, with W warnings, with I for information."""
    return {"E": "error", "W": "warning", "I": "info"}[code[0]]  # type: ignore[return-value]


class Rule(_Definition):
    """One row rule: a kind of ``schemas/rules`` with its parameters. ``column`` is the cell that an issue points at.

    A rule applies to the rows that meet all of ``when``, ``when_at_least``, ``when_zero``, ``when_filled`` (one of
    them), ``unless``, ``unless_filled``, ``unit_levels``, ``in_months`` (calendar months, 5 is May, of the report) and
    ``since`` (first day of ``other`` that it judges).
    ``pairs`` gives for values of ``other`` those that may stand beside it; ``codes`` names a list of ``schemas/codes``.
    """

    code: str = Field(pattern=r"^[EWI]-F\d\d-\d\d$")
    kind: str
    column: str
    message: str
    other: str | None = None
    columns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    value: float | None = None
    hours: float | None = None
    days: int | None = None
    months: int | None = None
    rows: int | None = None
    pairs: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    codes: str | None = None
    when: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    when_at_least: Mapping[str, float] = Field(default_factory=dict)
    when_zero: tuple[str, ...] = ()
    when_filled: tuple[str, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    unless_filled: str | None = None
    unit_levels: tuple[str, ...] = ()
    in_months: tuple[int, ...] = ()
    since: date | None = None

    @property
    def severity(self) -> Severity:
        """Error rejects the submission, warning accepts and asks; the code's first letter says which."""
        return severity_of(self.code)

    def columns_used(self) -> set[str]:
        """Every column that the rule reads."""
        named = {self.column, *self.columns, *self.others, *self.when, *self.when_at_least, *self.when_zero}
        named |= {*self.when_filled, *self.unless}
        return named | {name for name in (self.other, self.unless_filled) if name}


class Table(_Definition):
    """One sheet of a form, and one table of the warehouse.

    ``grain`` is ``event`` (rows of the month), ``ledger`` (those of the month and all that is still open), ``month`` (a
    row a month or group of it, zeros written) or ``snapshot`` (the state of things). ``may_be_empty`` allows a sheet
    without rows where the grain does not; ``reads_hidden`` takes rows that a filter hides;
    ``forbidden`` are headings that the sheet must not have (举报人).
    """

    id: str
    title: str
    grain: Grain
    key: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    may_be_empty: bool = False
    reads_hidden: bool = False
    forbidden: tuple[str, ...] = ()
    columns: Mapping[str, Column]
    rules: tuple[Rule, ...] = ()

    @property
    def may_report_nothing(self) -> bool:
        """Whether a sheet without rows is right: nothing happened (零报告)."""
        return self.grain in ("event", "ledger") or self.may_be_empty

    @property
    def may_be_unchanged(self) -> bool:
        """Whether last month's rows may stay in force without being sent again (无变化)."""
        return self.grain == "snapshot"

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        if clash := RESERVED & set(self.columns):
            raise ValueError(f"columns {sorted(clash)}: reserved names; choose others")
        for rule in self.rules:
            if unknown := rule.columns_used() - set(self.columns):
                raise ValueError(f"rule {rule.code}: unknown columns {sorted(unknown)}")
        if unknown := set(self.key) - set(self.columns):
            raise ValueError(f"key: unknown columns {sorted(unknown)}")
        dates = {name for name, column in self.columns.items() if column.type in ("date", "datetime")}
        if unknown := {column.dated_by for column in self.columns.values() if column.dated_by} - dates:
            raise ValueError(f"dated_by: no date columns {sorted(unknown)}")
        return self


class Form(_Definition):
    """A form that units file every month; ``due_workday`` counts working days of the following month."""

    id: str
    code: str = Field(pattern=r"^F\d\d$")
    title: str
    due_workday: int = 5
    tables: Mapping[str, Table]

    @property
    def grain(self) -> Grain:
        """The grain of its first table, which is its main one."""
        return next(iter(self.tables.values())).grain


@functools.cache
def load_forms() -> Mapping[str, Form]:
    """All forms of ``schemas/forms`` by id.

    Raises:
        FormError: a file does not follow the model.
    """
    folder = resources.files("schemas").joinpath("forms")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    forms = [parse_form(entry.read_text(encoding="utf-8"), f"schemas/forms/{entry.name}") for entry in files]
    return {form.id: form for form in forms}


@functools.cache
def tables() -> Mapping[str, tuple[Form, Table]]:
    """Every table of every form by the table's id, with its form."""
    return {table.id: (form, table) for form in load_forms().values() for table in form.tables.values()}


def parse_form(text: str, origin: str) -> Form:
    """A form from the text of its TOML file; ``origin`` names the file in errors.

    Raises:
        FormError: the text is no TOML or does not follow the model.
    """
    try:
        raw = tomllib.loads(text)
        return Form.model_validate(_with_tables(raw))
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{origin}: {error}") from error
    except ValidationError as error:
        raise FormError("\n".join(_explain(origin, dict(problem)) for problem in error.errors())) from error


def _with_tables(raw: dict[str, Any]) -> dict[str, Any]:
    """A form of one table may write its columns at the top; the table then has the form's id."""
    one_table = {name: raw.pop(name) for name in _OF_A_TABLE if name in raw}
    if one_table:
        raw["tables"] = {raw.get("id"): {"title": raw.get("title"), **one_table}}
    for table_id, table in raw.get("tables", {}).items():
        table.setdefault("id", table_id)
        for column in table.get("columns", {}).values():
            if isinstance(column.get("codes"), str):
                listed = load_codes(column["codes"])
                column.update(codes=listed.codes, valid=listed.valid)
    return raw


def code_lists() -> Mapping[str, CodeList]:
    """Every shared code list of ``schemas/codes`` by name."""
    folder = resources.files("schemas").joinpath("codes")
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {name: load_codes(name) for name in names}


@functools.cache
def load_codes(name: str) -> CodeList:
    """A shared code list of ``schemas/codes``.

    Raises:
        FormError: there is no such list, or it does not follow the model.
    """
    file = resources.files("schemas").joinpath("codes", f"{name}.toml")
    if not file.is_file():
        raise FormError(f"codes = {name!r}: no file schemas/codes/{name}.toml")
    try:
        return CodeList.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FormError(f"schemas/codes/{name}.toml: {error}") from error


def _explain(origin: str, problem: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "literal_error" and where.endswith(".type"):
        return f"{origin}: {where} = {problem['input']!r}: unknown type; use {', '.join(COLUMN_TYPES)}"
    return f"{origin}: {where}: {problem['msg']}"

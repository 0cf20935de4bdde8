"""An indicator as data: a SELECT of its contributing rows, described by the comments above it.

``warehouse/indicators`` holds one file an indicator; what runs them is not here.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from schemas.catalogue import GROUPS
from schemas.form import load_forms, tables
from schemas.sql_file import comment_of, split_header, without_comment

# The source of indicators on reporting itself.
REPORTS = ("submission",)

_CHINESE_SENTENCE = re.compile(r".*[\u4e00-\u9fff].*。")


class IndicatorError(Exception):
    """An indicator file is wrong; the message names the file, the key and what is allowed."""


class Indicator(BaseModel):
    """One indicator.

    Attributes:
        definition: 口径 for officials: what counts and what does not, by which date, in Chinese.
        unit: unit of measure; ``%`` compares in percentage points, ``是/否`` is 1 or 0.
        better: which direction is good.
        over_time: ``sum``: dated rows, whose months add up. ``window``: computed anew for each period, so the SELECT
            joins the relation ``period`` (kind, start_on, end_on) and gives period_kind, start_on and end_on too.
            ``end``: the same for what stands at the end of a period, so that only the reports of its last month count.
        over_units: ``sum``: what units have adds up; ``distinct``: what two units have in common counts once, so the
            SELECT gives ``counted`` too, which says what is the same; ``min``, ``max``: the least or most of any unit.
            The last three need a window.
        source: the form tables its rows stand in, each of another form; or ``submission``, the reports themselves,
            whose SELECT gives the ``form`` of each too.
        decimals: decimals shown; what is stored is never rounded.
        value: ``sum``: the numerator; ``ratio``: numerator / denominator x factor; ``all``: 1 when they are equal.
        breakdown: code columns of the source (of reports: ``form``) that the SELECT gives too; the members of each get
            values of their own.
        compare: with what a value is compared: year_ago (同比), previous (环比); and whether its sum since January
            (累计) is told, to_date.
        rows: the indicator whose SELECT is used; this file then has none, at most a comment.
        sql: the SELECT of source_id, unit_code, on_date, numerator and denominator, below a comment that says why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    code: str = Field(pattern=rf"^(?:{'|'.join(GROUPS)})\d\d$")
    name: str
    name_en: str
    definition: str
    unit: str
    better: Literal["lower", "higher", "none"]
    over_time: Literal["sum", "end", "window"]
    over_units: Literal["sum", "distinct", "min", "max"] = "sum"
    source: tuple[str, ...]
    decimals: int = Field(default=0, ge=0)
    value: Literal["sum", "ratio", "all"] = "sum"
    factor: Decimal = Decimal(1)
    breakdown: tuple[str, ...] = ()
    compare: tuple[Literal["year_ago", "previous", "to_date"], ...] = ()
    rows: str | None = None
    sql: str

    @field_validator("definition")
    @classmethod
    def _is_a_chinese_sentence(cls, text: str) -> str:
        if not _CHINESE_SENTENCE.fullmatch(text):
            raise ValueError("write in Chinese what counts, and end with 。")
        return text

    @model_validator(mode="after")
    def _fits_the_forms(self) -> Self:
        known = tables()
        if self.source != REPORTS and (unknown := set(self.source) - set(known)):
            raise ValueError(f"source: unknown tables {sorted(unknown)}; use {', '.join(sorted(known))}")
        if self.source != REPORTS and len({known[table][0].id for table in self.source}) < len(self.source):
            raise ValueError("source: two tables of one form; a row could not be told from its number")
        if missing := [dimension for dimension in self.breakdown if not self.members(dimension)]:
            raise ValueError(f"breakdown: {', '.join(missing)} is no code column of {', '.join(self.source)}")
        if self.over_units != "sum" and self.over_time == "sum":
            raise ValueError(f"over_units: {self.over_units} needs over_time: window or end")
        if bool(self.rows) == bool(self.select):
            raise ValueError("rows: give either a SELECT or the indicator whose rows it uses")
        return self

    @property
    def order(self) -> tuple[int, str]:
        """Its place in tables: by group of the catalogue, then by code."""
        return list(GROUPS).index(self.code[:3]), self.code

    @property
    def note(self) -> str:
        """Why it is computed so, for developers; empty where the SELECT says it all."""
        return comment_of(self.sql)

    @property
    def select(self) -> str:
        """The SELECT alone."""
        return without_comment(self.sql)

    @property
    def forms(self) -> frozenset[str]:
        """The forms whose reports it rests on."""
        if self.source == REPORTS:
            return frozenset(load_forms())
        return frozenset(tables()[table][0].id for table in self.source)

    @property
    def is_window(self) -> bool:
        """Whether it is computed anew for each period, instead of added up from months."""
        return self.over_time != "sum"

    def members(self, dimension: str) -> Mapping[str, str]:
        """The members of a breakdown and their Chinese labels, in the order of the form; none where it is unknown."""
        if self.source == REPORTS:
            return {form.id: form.title for form in load_forms().values()} if dimension == "form" else {}
        columns = (tables()[table][1].columns.get(dimension) for table in self.source)
        return {code: names[0] for column in columns if column for code, names in column.codes.items()}

    def label(self, dimension: str) -> str:
        """The Chinese name of a breakdown: the heading of the form's column."""
        columns = (tables()[table][1].columns.get(dimension) for table in self.source if self.source != REPORTS)
        return next((column.label for column in columns if column), "报表")

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator; a share has no change in percent of its base."""
        return self.value == "all" or self.unit == "%"


_LISTS = {"source", "breakdown", "compare"}


def parse_indicator(text: str, origin: str) -> Indicator:
    """An indicator from the text of its file; ``origin`` names the file in errors.

    The header is the block of ``-- key: value`` lines at the top; other comments stand below a blank line.

    Raises:
        IndicatorError: a line of the header or a value is wrong.
    """
    try:
        fields, sql = split_header(text)
    except ValueError as error:
        raise IndicatorError(f"{origin}: {error}") from error
    try:
        return Indicator.model_validate({**_listed(fields), "sql": sql})
    except ValidationError as error:
        raise IndicatorError("\n".join(_explain(origin, dict(problem)) for problem in error.errors())) from error


def _listed(fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields with the parts of lists apart."""
    listed = {key: fields[key].split(",") for key in _LISTS & set(fields)}
    return {**fields, **{key: tuple(filter(None, map(str.strip, parts))) for key, parts in listed.items()}}


def _explain(origin: str, problem: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    return f"{origin}: {where}: {problem['msg']}" if where else f"{origin}: {problem['msg']}"

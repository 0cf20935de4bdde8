"""Figures of laws and regulations that rules compare with, each with its dates and its source."""

import functools
import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field


class FineRange(BaseModel):
    """What a unit may be fined for an accident of a grade: in 万元, both ends included, ``start`` to before ``end``.

    A side of None is open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    grade: str = Field(pattern="^[1-4]$")
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    low: float
    high: float
    source: str


@functools.cache
def accident_fines() -> tuple[FineRange, ...]:
    """The ranges of fines after accidents, by grade and date (安全生产法, the texts of 2014 and of 2021)."""
    text = resources.files("schemas").joinpath("reference", "accident_fine.toml").read_text(encoding="utf-8")
    return tuple(FineRange.model_validate(entry) for entry in tomllib.loads(text)["fines"])


class ReferenceValue(BaseModel):
    """A figure of somebody else about a unit, used from ``start`` to before ``end`` (None: still)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern="^[a-z_]+$")
    unit_code: str
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    amount: Decimal = Field(gt=0)
    measure: str
    source: str


@functools.cache
def reference_values() -> tuple[ReferenceValue, ...]:
    """Residents and gross domestic product, by unit and time."""
    folder = resources.files("schemas").joinpath("reference")
    texts = (folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ("residents", "gdp"))
    return tuple(
        ReferenceValue.model_validate(entry)
        for text in texts
        for entry in tomllib.loads(text, parse_float=Decimal).get("values", [])
    )

"""Figures of laws and regulations that rules compare with, each with its dates and its source."""

import functools
import tomllib
from datetime import date
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

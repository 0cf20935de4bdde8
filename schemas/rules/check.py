"""What all rules share: the shape of a check, and which rows hold what it needs."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from schemas.form import Rule
from schemas.unit import Register

Check = Callable[[pd.DataFrame, Rule, Register], pd.Series]


def holds_any(cells: pd.Series, values: Sequence[str]) -> pd.Series:
    """For each cell whether it is one of the values, or as a list has one of them; yes and no are true and false."""
    if cells.dtype != object:
        return cells.astype("string").str.lower().isin(list(values))
    if pd.api.types.infer_dtype(cells) == "string":
        return cells.isin(list(values))
    wanted = frozenset(values)
    found = [not wanted.isdisjoint(cell) if isinstance(cell, list) else cell in wanted for cell in cells]
    return pd.Series(found, index=cells.index, dtype=bool)


def known(frame: pd.DataFrame, *names: str) -> pd.Series:
    """For each row whether all these columns have a value."""
    return pd.Series(np.logical_and.reduce([frame[name].notna() for name in names]), index=frame.index)

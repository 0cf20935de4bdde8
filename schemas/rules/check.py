"""What all rules share: the shape of a check, and which rows hold what it needs."""

from collections.abc import Callable, Sequence

import pandas as pd

from schemas.form import Rule
from schemas.unit import Register

Check = Callable[[pd.DataFrame, Rule, Register], pd.Series]


def holds_any(cells: pd.Series, values: Sequence[str]) -> pd.Series:
    """For each cell whether it is one of the values, or as a list has one of them; yes and no are true and false."""
    if cells.dtype != object:
        return cells.astype("string").str.lower().isin(list(values))
    parts = cells.explode()
    found = parts.isin(list(values))
    return found if len(parts) == len(cells) else found.groupby(level=0).any().reindex(cells.index)


def known(frame: pd.DataFrame, *names: str) -> pd.Series:
    """For each row whether all these columns have a value."""
    return frame[list(names)].notna().all(axis=1)

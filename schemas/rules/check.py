"""What all rules share: the shape of a check, and which rows hold what it needs."""

from collections.abc import Callable

import pandas as pd

from schemas.form import Rule
from schemas.unit import Register

Check = Callable[[pd.DataFrame, Rule, Register], pd.Series]


def known(frame: pd.DataFrame, *names: str) -> pd.Series:
    """For each row whether all these columns have a value."""
    return frame[list(names)].notna().all(axis=1)

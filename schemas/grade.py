"""The grade of an accident: State Council Order 493 (2007), article 3. 以上 includes the number."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd


_DEATHS = (3, 10, 30)
_SERIOUS_INJURIES = (10, 50, 100)
_LOSS_WAN_YUAN = (1_000, 5_000, 10_000)


def accident_grade(
    deaths: "pd.Series[Any]", serious_injuries: "pd.Series[Any]", direct_loss_wan: "pd.Series[Any]"
) -> npt.NDArray[np.int64]:
    """1 一般, 2 较大, 3 重大, 4 特别重大: the worst of the three criteria; what is missing counts as 0.

    ``deaths`` includes the missing while they are missing (article 12 counts them among the casualties).
    """
    criteria = ((deaths, _DEATHS), (serious_injuries, _SERIOUS_INJURIES), (direct_loss_wan, _LOSS_WAN_YUAN))
    grades = [np.searchsorted(bounds, column.fillna(0).to_numpy(float), side="right") for column, bounds in criteria]
    worst: npt.NDArray[np.int64] = np.maximum.reduce(grades) + 1
    return worst

"""pandera for pandas, and nothing else."""

import sys

# Where dask is installed, pandera imports dask's frames as soon as a model is made: 1.5 s for what we never use.
sys.modules.setdefault("dask.dataframe", None)  # type: ignore[arg-type]

import pandera.pandas as pa  # noqa: E402 -- with that said
from pandera.typing import Series  # noqa: E402 -- the same

__all__ = ["Series", "pa"]

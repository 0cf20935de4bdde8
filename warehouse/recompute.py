"""All values computed anew from the facts, whatever sums are kept, and published where they differ."""

from pathlib import Path

from sqlalchemy.engine import Engine

from warehouse.engine import lock_writers
from warehouse.kept_sums import forget
from warehouse.publish import Published, publish_in


def recompute(engine: Engine, code_version: str, site: Path | None = None) -> Published:
    """The same as a publication after the program changed: a value that jumps is told, and does not stop it.

    Args:
        engine: the warehouse.
        code_version: of the program that computes.
        site: the folder of the pages that show the audits; None writes none.

    Raises:
        GateFailed: the values did not pass the audit; what was published before stands.
    """
    with engine.begin() as connection:
        lock_writers(connection)
        forget(connection)
        return publish_in(connection, code_version, site=site)

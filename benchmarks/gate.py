"""What the audit of a whole publication costs: ``.venv/bin/python benchmarks/gate.py HOME``.

HOME is that of ``huizong demo --home HOME``. All is computed and audited as on the first night, three times,
and taken back.
"""

import sys
import time
from pathlib import Path

import great_expectations  # noqa: F401 -- its import is a night's, not an audit's
import sqlalchemy as sa

from warehouse.compute import compute_changed
from warehouse.engine import lock_writers, open_engine
from warehouse.gate import audit
from warehouse.gate_before import look_before
from warehouse.publish import find_differences
from warehouse.server import start_embedded

PUBLISHED = ("core.computed_state", "mart.audit_finding", "mart.published_value", "mart.publication")


def main(home: Path) -> None:
    """Print the seconds of each audit."""
    engine = open_engine(start_embedded(home.resolve() / "postgres"))
    with engine.connect() as connection:
        lock_writers(connection)
        for table in PUBLISHED:
            connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 -- the names above
        before = look_before(connection)
        compute_changed(connection)
        print(f"{find_differences(connection)} values")
        for _ in range(3):
            started = time.perf_counter()
            audit(connection, before)
            print(f"{time.perf_counter() - started:.2f} s")
        connection.rollback()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

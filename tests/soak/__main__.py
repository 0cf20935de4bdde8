"""``make soak``: an hour, or ``--minutes N``; ``--seed`` plays one again. The result is for ``docs/reliability.md``."""
# ruff: noqa: T201 -- it prints what it does

import argparse
import random
import secrets
import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from schemas.calendar import SHANGHAI
from tests.records import write
from tests.soak.player import Different
from tests.soak.rounds import Tally, play_rounds
from warehouse.server import start_embedded


def main() -> int:
    """0 where the warehouse was what the model says, 1 where it was not."""
    asked = _arguments()
    print(f"seed {asked.seed}, {asked.minutes:g} minutes", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="huizong-soak-"))
    # Root's embedded server runs as another user, who must be able to pass.
    folder.chmod(0o711)
    tally, started = Tally(), time.monotonic()
    try:
        play_rounds(
            start_embedded(folder / "w"),
            random.Random(asked.seed),
            tally,
            lambda: time.monotonic() - started < asked.minutes * 60,
        )
    except Different as different:
        print(f"{different}\nseed {asked.seed}", file=sys.stderr)
        return 1
    finally:
        print(tally, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
    _record(asked.seed, (time.monotonic() - started) / 60, tally)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    return parser.parse_args()


def _record(seed: int, minutes: float, tally: Tally) -> None:
    write(
        "soak",
        {
            "day": f"{datetime.now(SHANGHAI):%Y-%m-%d}",
            "seed": seed,
            "minutes": round(minutes),
            "rounds": tally.rounds,
            "events": tally.events,
            "reports": tally.reports,
            "refused": tally.refused,
            "faults": tally.faults,
            "reads": tally.reads,
            "looked_back": tally.looked_back,
        },
    )


if __name__ == "__main__":
    raise SystemExit(main())

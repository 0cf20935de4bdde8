"""How a night grows with the number of units, from a district to a province: ``python -m benchmarks.scale``.

Each time the first month of so many units, of about five rows a report, into an empty warehouse. How it grows with the
years that are stored is measured by ``benchmarks.growth``.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.inbox import township_list, write_inbox
from benchmarks.stand import keep, machine, stand
from schemas.unit import load_register

ROWS = 5


def main(numbers: Sequence[int]) -> None:
    """Prints the seconds of each stage for each number of units."""
    nights = []
    with stand() as here:
        for number in numbers:
            own = township_list(number - _built_in()) if number > _built_in() else None
            files, inbox = len(load_register(own).duties()), here.folder / f"inbox-{number}"
            write_inbox(inbox, files, ROWS, own)
            night = here.night(inbox, own_units=own)
            nights.append(
                {"units": number, "files": files, "rows": night.rows, "peak_mib": night.peak_mib, **night.seconds}
            )
            print(nights[-1], flush=True)
    keep("scale", {"at": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine(), "nights": nights})


def _built_in() -> int:
    """The units of the district that report: not the district itself."""
    return len(load_register().units) - 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("units", type=int, nargs="*", default=[31, 150, 500, 1500])
    main(parser.parse_args().units)

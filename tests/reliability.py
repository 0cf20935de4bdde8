"""Writes the parts of ``docs/reliability.md`` that tests have made: ``python -m tests.reliability``.

After ``make slow`` and ``make soak``; a part of which there is no record stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.records import read

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
STEPS = ("open", "collect", "read", "load", "return", "compute", "audit", "swap", "bulletin")


def faults(lines: Iterable[Mapping[str, Any]]) -> str:
    """A line for each fault: where in the night it was tried, and what was left."""
    by_fault = defaultdict(list)
    for line in lines:
        by_fault[line["fault"]].append(line)
    rows = [_fault(fault, tried) for fault, tried in sorted(by_fault.items())]
    total = _row("**all**", "", *_sums([line for tried in by_fault.values() for line in tried]))
    return "\n".join(
        [
            "| fault | steps | runs | lost | twice | mended by the same night | by the next |",
            "|---|---|---:|---:|---:|---:|---:|",
            *rows,
            total,
        ]
    )


def soak(line: Mapping[str, Any]) -> str:
    """The last result in words."""
    events = ", ".join(f"{count} {name.lower()}" for name, count in sorted(line["events"].items()))
    met = ", ".join(f"{count} {name}" for name, count in sorted(line["faults"].items()))
    return (
        f"{line['day']}, seed {line['seed']}: {line['minutes']} minutes, {line['rounds']} rounds, "
        f"{sum(line['events'].values())} events ({events}; {line['reports']} reports; {line['refused']} acts refused), "
        f"faults: {met}; {line['reads']} checked reads, {line['looked_back']} looks into the past. "
        "Differences from the model: 0. Mixed reads: 0."
    )


def readers(line: Mapping[str, Any]) -> str:
    """What the readers saw."""
    return (
        f"{line['readers']} readers during {line['publications']} publications: {line['reads']} reads, "
        f"{line['mixtures']} mixtures."
    )


def main() -> None:
    """Put what is recorded between its marks."""
    text = PAGE.read_text(encoding="utf-8")
    if found := read("fault-*"):
        text = _between(text, "faults", faults(found))
    for name, words in (("soak", soak), ("readers", readers)):
        for line in read(name):
            text = _between(text, name, words(line))
    PAGE.write_text(text, encoding="utf-8")


def _fault(fault: str, tried: list[Mapping[str, Any]]) -> str:
    steps = ", ".join(sorted({str(line["step"]) for line in tried}, key=STEPS.index))
    return _row(fault, steps, *_sums(tried))


def _sums(tried: list[Mapping[str, Any]]) -> tuple[int, ...]:
    healed = sum(line["healed"] for line in tried)
    return (
        len(tried),
        sum(line["lost"] for line in tried),
        sum(line["twice"] for line in tried),
        healed,
        len(tried) - healed,
    )


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _between(text: str, name: str, part: str) -> str:
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    return re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{part}\n{end}", text, flags=re.DOTALL)


if __name__ == "__main__":
    main()

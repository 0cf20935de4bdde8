"""What tests leave for ``docs/reliability.md``: a file for each fault, and the last result of the soak."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".huizong" / "reliability"


def record_fault(step: str, fault: str, found: Counter[str], right: Counter[str], *, healed: bool) -> None:
    """One run of a fault: the files that are missing afterwards, and those that are there too often."""
    lost, twice = sum((right - found).values()), sum((found - right).values())
    line = {"step": step, "fault": fault, "lost": lost, "twice": twice, "healed": healed}
    write(f"fault-{hashlib.sha256(f'{step} {fault}'.encode()).hexdigest()[:16]}", line)


def write(name: str, line: Mapping[str, object]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")


def read(pattern: str) -> list[dict[str, object]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob(f"{pattern}.json"))]

"""The kept results into the pages of docs, between their markers: ``python -m benchmarks.page``."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.stand import RESULTS

_DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Write what there is."""
    written = (
        ("performance.md", "bench", _bench),
        ("performance.md", "growth", _growth),
        ("scale.md", "scale", _scale),
    )
    for page, name, lines in written:
        if (result := RESULTS / f"{name}.json").exists():
            _write(page, name, lines(json.loads(result.read_text(encoding="utf-8"))))


def _bench(result: Mapping[str, Any]) -> Iterable[str]:
    yield f"{result['at']}, {result['machine']}; {result['files']} files, {result['rows']:,} rows,"
    yield f"{result['rounds']} rounds in turn:"
    yield ""
    yield "| | times the floor | range |"
    yield "|---|---:|---:|"
    yield "| the floor | 1 | |"
    yield f"| collect to load | **{_ratio(result['to_load'])} |"
    yield f"| collect to the published mart, without the audit | **{_ratio(result['to_mart'])} |"
    yield f"| the naive way, to load | {result['naive']:.0f} | one run |"
    yield ""
    yield f"The floor took {result['floor_seconds']:.2f} s. From collect to load"
    yield f"{result['rows_per_second']:,.0f} rows a second; largest memory {result['peak_mib']} MiB,"
    yield f"and {result['readers_mib']} MiB in each process that reads."
    yield f"Rows, issues and values are {'' if result['same_as_plain'] else '**not** '}those of the plain path."
    yield ""
    yield from _table(
        ("stage", "seconds (median)"), ([name, f"{taken:.2f}"] for name, taken in result["stages"].items())
    )


def _ratio(ratio: Mapping[str, float]) -> str:
    return f"{ratio['median']:.1f}** | {ratio['least']:.1f} to {ratio['greatest']:.1f}"


def _growth(result: Mapping[str, Any]) -> Iterable[str]:
    yield f"{result['at']}, {result['machine']}; {result['years']} years stored ({result['files']:,} files), medians of"
    yield f"{result['nights']} nights of {result['submissions']} submissions in turn, in seconds:"
    yield ""
    stages = result["stages"]
    unaudited = [each for name, each in stages.items() if name != "audit"]
    sums = {"**all**": _summed(stages.values()), "all but the audit": _summed(unaudited)}
    yield from _table(
        ("stage", "empty", "years", "times"),
        (
            [name, f"{each['none']:.2f}", f"{each['years']:.2f}", f"{each['years'] / each['none']:.1f}"]
            for name, each in (*stages.items(), *sums.items())
        ),
    )
    yield ""
    first = result["new_month"]
    yield f"The night with which a month begins took {first['years']:.1f} s"
    yield f"and {first['none']:.1f} s in the empty one. To compute all years anew, as a new version of the program"
    yield f"does, takes {result['all_anew_seconds']:.0f} s without the audit."


def _summed(stages: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    every = list(stages)
    return {name: sum(each[name] for each in every) for name in ("none", "years")}


def _scale(result: Mapping[str, Any]) -> Iterable[str]:
    nights = result["nights"]
    yield f"{result['at']}, {result['machine']}:"
    yield ""
    heads = [*nights[0]]
    yield from _table(heads, ([_cell(night[head]) for head in heads] for night in nights))


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else f"{value:,}"


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for line in lines:
        yield f"| {' | '.join(line)} |"


def _write(page: str, name: str, lines: Iterable[str]) -> None:
    path, text = _DOCS / page, "\n".join(lines)
    marked = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
    path.write_text(
        marked.sub(lambda found: f"{found[1]}{text}\n{found[2]}", path.read_text(encoding="utf-8")), encoding="utf-8"
    )


if __name__ == "__main__":
    main()

"""How a verification is told: line by line on the terminal and on Prefect's page, and as data for programs."""

from collections.abc import Iterator
from typing import Any

from flows.verifying import PARTS, TITLES, Verification, Verified
from warehouse.integrity import Found


def told(done: Verification) -> Iterator[str]:
    """What was looked at and what differs, in sentences; the last tells how to look at the same again."""
    for part in done.parts:
        yield from _told_part(part)
    if done.sample.size is None:
        yield "全部核对。"
    else:
        yield f"每类抽查最多 {done.sample.size}；抽同样的再看：{_command(done)}；全部核对：huizong verify --all。"
    yield "有不符，请从上到下逐项处理。" if done.damages else "没有发现损坏。"


def in_short(done: Verification) -> str:
    """What is damaged, in one sentence that says how to see all of it."""
    damages = "、".join(f"{TITLES[found.kind]} {found.count} 处" for found in done.damages)
    return f"{damages}；查看：{_command(done)}"


def as_data(done: Verification) -> dict[str, Any]:
    """The same for programs."""
    return {
        "sample": done.sample.size,
        "seed": done.sample.seed,
        "differs": bool(done.damages),
        "parts": [
            {"part": part.part, "checked": part.checked, "found": [_as_data(found) for found in part.found]}
            for part in done.parts
        ],
    }


def _command(done: Verification) -> str:
    """How to look at the same again."""
    sample = done.sample
    return f"huizong verify {'--all' if sample.size is None else f'--sample {sample.size} --seed {sample.seed}'}"


def _told_part(part: Verified) -> Iterator[str]:
    about = PARTS[part.part]
    yield f"{about.title}：核对 {part.checked} {about.counted}，{'有不符' if part.found else '相符'}"
    for found in part.found:
        yield f"  {'有问题' if found.is_damage else '注意'}：{TITLES[found.kind]} {found.count} 处"
        for example in found.examples:
            yield f"    {example}"
        if found.count > len(found.examples):
            yield "    ……"
        yield f"    怎么办：{found.mend}"


def _as_data(found: Found) -> dict[str, object]:
    return {
        "kind": found.kind,
        "what": TITLES[found.kind],
        "damage": found.is_damage,
        "count": found.count,
        "examples": found.examples,
        "mend": found.mend,
    }

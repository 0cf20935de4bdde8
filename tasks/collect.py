"""All sources of the inbox into the archive, before anything reads what came; one that is down stops no other."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tasks.archive import keep_names
from tasks.assemble import arrival
from tasks.read import ArrivedFile
from tasks.sources.address import Address
from tasks.sources.opening import open_source
from tasks.sources.source import Means, SourceDown
from tasks.visit import Down, Visit, Waiting
from warehouse.files import Known, Seen

# Sources that are visited at the same time.
_AT_ONCE = 8


@dataclass(frozen=True)
class Collected:
    """What a night collected: new files as they arrived, sources that were down, files that wait for the next night.

    ``seen`` is what the next night need not fetch again.
    """

    files: tuple[ArrivedFile, ...]
    down: tuple[Down, ...]
    waiting: tuple[Waiting, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Checked:
    """A source that was tried: how many files it holds, or why it is down."""

    source: str
    count: int
    reason: str | None


def collect_all(addresses: Sequence[Address], known: Known, means: Means) -> Collected:
    """The new files of all sources, archived, each content and name once, in the order in which they arrived.

    Raises:
        ArchiveError: there is no room for what came.
    """
    visits = [Visit(address, known, means) for address in dict.fromkeys(addresses)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        down = list(pool.map(Visit.make, visits))
    keep_names((file.archive for visit in visits for file in visit.files), means.archive)
    arrived = sorted((file for visit in visits for file in visit.files), key=arrival)
    once = {(file.sha256, file.name): file for file in reversed(arrived)}
    return Collected(
        files=tuple(sorted(once.values(), key=arrival)),
        down=tuple(each for each in down if each),
        waiting=tuple(each for visit in visits for each in visit.waiting),
        seen=tuple(each for visit in visits for each in visit.seen),
    )


def check_source(address: Address, known_hosts: Path) -> Checked:
    """Connects to a source and lists it, once."""
    try:
        with open_source(address, known_hosts) as source:
            return Checked(address.label, sum(1 for _ in source.found()), None)
    except SourceDown as down:
        return Checked(address.label, 0, down.reason)

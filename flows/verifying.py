"""What is stored, held against what it was made of, for the command, the weekly flow and tests alike.

It changes nothing and stops nobody: every part reads in transactions of its own and takes back what it computes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.backfilling import reader_of
from flows.house import House
from tasks.verify_archive import verify_archive
from warehouse.integrity import Found, Kind, Sample, Tally
from warehouse.verify_facts import verify_facts
from warehouse.verify_mart import verify_mart
from warehouse.verify_publications import verify_publications

# Of files, reports and publications each; some seconds in all.
USUAL = 200
TITLES: Mapping[Kind, str] = {
    "file_missing": "原始文件缺失",
    "file_changed": "原始文件的内容变了",
    "file_unreadable": "原始文件读不出来",
    "file_unknown": "归档里有库里不知道的文件",
    "half_written": "没有写完的临时文件",
    "rows_differ": "在用的数据与原始文件不同",
    "form_changed": "入库后报表定义改过，现在读来不同",
    "value_differs": "已发布的指标值与数据不符",
    "sum_stale": "留存的合计与数据不符",
    "pending": "有变动尚未发布",
    "all_anew": "没有可核对的指标",
    "publication_changed": "发布过的内容被改动",
}


@dataclass(frozen=True)
class Part:
    """One thing that is held against another: what it is called and of what it looks at a number."""

    title: str
    counted: str
    verify: Callable[[House, Sample, Tally], None]


@dataclass(frozen=True)
class Verified:
    """What a part looked at, and what differs."""

    part: str
    checked: int
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Verification:
    """What was verified, by which sample."""

    sample: Sample
    parts: tuple[Verified, ...]

    @property
    def damages(self) -> list[Found]:
        """What differs without a reason."""
        return [found for part in self.parts for found in part.found if found.is_damage]


def _archive(house: House, sample: Sample, tally: Tally) -> None:
    verify_archive(house.engine, house.settings.archive, sample, datetime.now(UTC), tally)


def _facts(house: House, sample: Sample, tally: Tally) -> None:
    verify_facts(house.engine, reader_of(house), house.settings.batch_files, sample, tally)


def _mart(house: House, _: Sample, tally: Tally) -> None:
    verify_mart(house.engine, tally)


def _publications(house: House, sample: Sample, tally: Tally) -> None:
    verify_publications(house.engine, sample, tally)


# In the order in which damage is to be mended: what is made of something else comes after it.
PARTS: Mapping[str, Part] = {
    "archive": Part("归档", "个文件", _archive),
    "facts": Part("数据", "份报表", _facts),
    "mart": Part("指标", "个值", _mart),
    "publications": Part("发布", "次发布", _publications),
}


def verify(house: House, sample: Sample, names: Collection[str] = tuple(PARTS)) -> Verification:
    """Verify these parts."""
    return Verification(sample, tuple(_verified(name, house, sample) for name in PARTS if name in names))


def _verified(name: str, house: House, sample: Sample) -> Verified:
    tally = Tally()
    PARTS[name].verify(house, sample, tally)
    return Verified(name, tally.checked, tally.found)

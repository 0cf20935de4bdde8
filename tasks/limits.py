"""What a process that reads files may take, and what one file may bring."""

import os
from dataclasses import dataclass, field

_SETTING = "HUIZONG_READ_"


@dataclass(frozen=True)
class Bounds:
    """What one file may bring; each is the setting ``HUIZONG_READ_`` and its name.

    ``file_megabytes`` is the file as it is sent, ``unpacked_megabytes`` what a zipped one unfolds to, in ``parts``,
    ``ratio`` times its size; ``cells`` are those of a sheet with what is blank among them, ``characters`` their texts;
    ``rows`` and ``issues`` are those of the reports in it.
    """

    file_megabytes: int = 64
    unpacked_megabytes: int = 256
    ratio: int = 500
    parts: int = 10_000
    cells: int = 2_000_000
    characters: int = 32_000_000
    rows: int = 100_000
    issues: int = 50_000

    @property
    def file_bytes(self) -> int:
        """The bytes of a file as it is sent, at most."""
        return self.file_megabytes << 20

    def said(self, name: str) -> str:
        """The bound of this name, and what an administrator sets to raise it."""
        return f"上限 {getattr(self, name)}，设置 {_SETTING}{name.upper()}"


USUAL = Bounds()


@dataclass(frozen=True)
class Limits:
    """How many processes read at once; what each may take: seconds a file, and MiB beyond what it takes empty."""

    processes: int = os.cpu_count() or 1
    seconds: float = 60
    megabytes: int = 2048
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def said(self) -> str:
        """What a file may take, and what an administrator sets to raise it."""
        return f"每份最多 {self.seconds:g} 秒、{self.megabytes} MiB，设置 {_SETTING}SECONDS、{_SETTING}MEGABYTES"

"""What a process that reads files may take."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How many processes read at once, and what each may take: seconds a file, and MiB beyond what it takes empty."""

    processes: int = os.cpu_count() or 1
    seconds: float = 60
    megabytes: int = 2048

"""A table or view of the mart as a file for other programs and for Excel; the ending says which kind."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from tasks.aside import OutputError, written_aside
from tasks.export import delimited, parquet, workbook
from warehouse.export import Extract

Writer: TypeAlias = Callable[[Extract, Path], int]
WRITERS: Mapping[str, Writer] = {
    ".parquet": parquet.write,
    ".csv": delimited.write,
    ".xlsx": workbook.write,
}


def writer_for(target: Path) -> Writer:
    """What writes a file with that ending.

    Raises:
        OutputError: nothing does.
    """
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise OutputError(f"--out {target}：看不出格式，文件名请以 {'、'.join(WRITERS)} 结尾")
    return writer


def write_export(extract: Extract, target: Path) -> int:
    """Writes all of it to the target, whole or not at all; gives how many rows.

    Raises:
        OutputError: the format is unknown or cannot hold what is in it, or the file cannot be written.
    """
    writer = writer_for(target)
    with written_aside(target) as aside:
        return writer(extract, aside)

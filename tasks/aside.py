"""Files that people open are written aside and then renamed: nobody ever finds half of one."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_aside(path: Path, content: bytes) -> None:
    """Put the content under the path in one step; its folder is made. What was there before stays until then.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # What a temporary file may not be read by, its readers may.
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_all_aside(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Several files of a folder, all of them made before the first is written; their paths.

    Raises:
        OSError: one cannot be written.
    """
    for name, content in files.items():
        write_aside(folder / name, content)
    return [folder / name for name in files]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

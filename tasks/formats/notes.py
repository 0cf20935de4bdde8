"""What a workbook brings that is never run and never fetched; its sender is told so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from schemas.issue import Issue

if TYPE_CHECKING:
    import olefile

# A module of Visual Basic, a sheet of Excel 4 macros, and the scripts of LibreOffice.
_MACROS = ("xl/vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")
_LINKS = "xl/externallinks/"
_MACROS_OF_XLS = "_VBA_PROJECT_CUR"


def notes_of_parts(names: Iterable[str]) -> tuple[Issue, ...]:
    """Macros and links to other files, by the names of the parts in lower case."""
    found = list(names)
    macros = any(name.startswith(_MACROS) for name in found)
    links = any(name.startswith(_LINKS) for name in found)
    return (*([Issue("I-FILE-19")] if macros else []), *([Issue("I-FILE-20")] if links else []))


def notes_of_container(container: "olefile.OleFileIO[str]") -> tuple[Issue, ...]:
    """The macros of an .xls."""
    return (Issue("I-FILE-19"),) if container.exists(_MACROS_OF_XLS) else ()

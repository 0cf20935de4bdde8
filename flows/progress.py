"""Progress of the night: a line a step for whoever watches, nothing where nobody does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

_shown: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def show_progress(console: Console) -> Iterator[None]:
    """Shows the stages of what runs inside on the console."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        token = _shown.set(progress)
        try:
            yield
        finally:
            _shown.reset(token)


class Stage:
    """One step of the night. ``advance`` says that so many of its parts are done."""

    def __init__(self, title: str, total: int) -> None:
        """A line with the title; an empty stage is complete at once."""
        self._progress = _shown.get()
        self._line = self._progress.add_task(title, total=max(total, 1)) if self._progress else None
        if total == 0:
            self.advance()

    def advance(self, count: int = 1) -> None:
        """Moves the bar."""
        if self._progress is not None and self._line is not None:
            self._progress.advance(self._line, count)

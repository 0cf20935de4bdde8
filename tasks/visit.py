"""One visit to one source: look, wait for what is being written, take what is new; tried again where that can help."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tasks.archive import WRITERS, place_of, store
from tasks.read import ArrivedFile
from tasks.sources.address import FOLDER, Address
from tasks.sources.opening import open_source
from tasks.sources.source import Found, Means, NotNow, Piece, Source, SourceDown, is_file_of_people, is_unfinished
from warehouse.files import Known, Seen

# Seconds before the second and the third try.
_PAUSES = (0.5, 2.0)
_BEING_WRITTEN = "正在写入"
_NOTE = "note.txt"
_Writing = tuple[Found, list[ArrivedFile], list["Future[None]"]]


@dataclass(frozen=True)
class Down:
    """A source that could not be read, or not to its end; ``source`` has no password."""

    source: str
    reason: str


@dataclass(frozen=True)
class Waiting:
    """A file that is left for the next night, and why."""

    file: str
    reason: str


class Visit:
    """What is taken from a source; what one try took stays taken when the next one follows."""

    def __init__(self, address: Address, known: Known, means: Means) -> None:
        """Nothing is opened yet."""
        self._address, self._known, self._means = address, known, means
        self._taken: dict[str, list[ArrivedFile]] = {}
        self._waiting: dict[str, str] = {}
        self._marks: dict[str, str] = {}

    def make(self) -> Down | None:
        """Take what is new; why it could not be done to the end.

        Raises:
            ArchiveError: there is no room for what came.
        """
        for pause in (*_PAUSES, None):
            try:
                with open_source(self._address, self._means.known_hosts) as source:
                    self._collect(source)
            except SourceDown as down:
                if pause is None or not down.may_pass:
                    return Down(self._address.label, down.reason)
                time.sleep(pause)
            else:
                break
        return None

    @property
    def files(self) -> list[ArrivedFile]:
        """The files that the warehouse does not know."""
        return [file for files in self._taken.values() for file in files if _pair(file) not in self._known.files]

    @property
    def waiting(self) -> list[Waiting]:
        """The files that were left."""
        return [Waiting(self._address.of(_printable(path)), reason) for path, reason in sorted(self._waiting.items())]

    @property
    def seen(self) -> list[Seen]:
        """What need not be fetched again; a folder of this machine is read every night, for its clock may be set."""
        if self._address.scheme == FOLDER:
            return []
        return [
            Seen(self._address.label, _key(path), self._marks[path], tuple(_pair(file) for file in files))
            for path, files in self._taken.items()
        ]

    def _collect(self, source: Source) -> None:
        new = [each for each in source.found() if is_file_of_people(each.path) and not self._is_here(each)]
        self._waiting = {each.path: "还没有下载完" for each in new if is_unfinished(each.path)}
        self._take(source, self._settled(source, [each for each in new if each.path not in self._waiting]))

    def _is_here(self, found: Found) -> bool:
        """Whether the last try took it, or an earlier night saw it as it is and brought all of it in."""
        if found.path in self._taken:
            return True
        seen = self._known.seen.get((self._address.label, _key(found.path)))
        marks = {found.mark, self._mark(found)}
        return seen is not None and seen.mark in marks and set(seen.files) <= self._known.files

    def _mark(self, found: Found) -> str:
        """Its mark; of what is too large, one that a higher bound makes another."""
        return f"{found.mark} >{self._means.file_bytes}" if self._is_too_large(found) else found.mark

    def _is_too_large(self, found: Found) -> bool:
        return found.size > self._means.file_bytes

    def _settled(self, source: Source, new: Sequence[Found]) -> list[Found]:
        """Those that nobody is writing: at rest for long enough, or the same after one wait for all."""
        now, rest = datetime.now(UTC), timedelta(seconds=self._means.settle_seconds)
        fresh = {each.path for each in new if each.may_grow and now - each.arrived_at < rest}
        if not fresh:
            return list(new)
        time.sleep(self._means.settle_seconds)
        marks = {each.path: each.mark for each in source.found() if each.path in fresh}
        moving = {each.path for each in new if each.path in fresh and marks.get(each.path) != each.mark}
        self._waiting |= dict.fromkeys(moving, _BEING_WRITTEN)
        return [each for each in new if each.path not in moving]

    def _take(self, source: Source, settled: Iterable[Found]) -> None:
        """Fetch one after the other, and archive some at a time behind it; what was fetched is taken in any case."""
        writing: deque[_Writing] = deque()
        with ThreadPoolExecutor(WRITERS) as pool:
            try:
                for found in settled:
                    pieces = self._fetched(source, found)
                    if pieces is not None:
                        writing.append(self._archive(found, pieces, pool))
                    if len(writing) > WRITERS:
                        self._have(*writing.popleft())
            finally:
                while writing:
                    self._have(*writing.popleft())

    def _archive(self, found: Found, pieces: Sequence[Piece], pool: ThreadPoolExecutor) -> _Writing:
        """Begin to write what the archive does not have."""
        files = [self._arrived(found, piece) for piece in pieces]
        contents = {file.archive: piece.content for file, piece in zip(files, pieces, strict=True)}
        return found, files, [pool.submit(store, contents[copy], copy) for copy in contents if not copy.exists()]

    def _have(self, found: Found, files: list[ArrivedFile], written: Sequence["Future[None]"]) -> None:
        for each in written:
            each.result()
        self._taken[found.path] = files
        self._marks[found.path] = self._mark(found)

    def _fetched(self, source: Source, found: Found) -> list[Piece] | None:
        """What is there, unless it cannot be read at present or grew meanwhile."""
        try:
            if self._is_too_large(found):
                return [_note(found, *source.name_of(found))]
            pieces = list(source.fetch(found))
        except NotNow as why:
            self._waiting[found.path] = str(why)
            return None
        if found.may_grow and sum(len(piece.content) for piece in pieces) != found.size:
            self._waiting[found.path] = _BEING_WRITTEN
            return None
        return pieces

    def _arrived(self, found: Found, piece: Piece) -> ArrivedFile:
        kept_as = piece.name if piece.left_bytes is None else _NOTE
        sha256, copy = place_of(piece.content, kept_as, self._means.archive)
        return ArrivedFile(
            sha256=sha256,
            source=self._address.of(found.path),
            name=_printable(piece.name),
            size=len(piece.content) if piece.left_bytes is None else piece.left_bytes,
            received_at=found.arrived_at,
            archive=copy,
            sender=piece.sender,
        )


def _note(found: Found, name: str, sender: str | None) -> Piece:
    """What is kept of a file that is too large to be fetched, another note for each of its states.

    The size that comes with it is the file's, so whoever reads files refuses it (``tasks.read``).
    """
    about = (f"名称：{_printable(name)}", f"大小：{found.size} 字节", f"标记：{found.mark}")
    said = "\n".join(("文件过大，没有取来，档案里只有这条记录", *about, ""))
    return Piece(name, said.encode(), sender, found.size)


def _pair(file: ArrivedFile) -> tuple[str, str]:
    return file.sha256, file.name


def _key(path: str) -> str:
    """The path as the warehouse can keep it, still another for each path."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _printable(name: str) -> str:
    """The name with a mark for each byte that is no UTF-8 (GBK names on Linux): only such text can be kept."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

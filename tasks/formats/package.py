"""Parts of a zipped workbook (.xlsx, .xlsb, .ods), read with limits and without trust.

Damage raises what ``zipfile`` and the XML parser raise; ``tasks.workbook`` makes an issue of it.
"""

import functools
import itertools
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from schemas.issue import Issue
from tasks.formats.sheet import UnreadableError
from tasks.formats.zipped import open_zip
from tasks.limits import USUAL, Bounds

_IS_UNUSUAL = 0x20 | 0x40  # a patch, strong encryption
_HEADER = struct.Struct("<4s22xHH")
_MAGIC = b"PK\x03\x04"
# Looked for in the bytes, as calamine reads them too. What is meant as text has &lt; there.
_DEFINITIONS = (b"<!DOCTYPE", b"<!ENTITY")
_DEEPEST = 200
# Programs write parts that say nothing of the cells in the same bytes into every workbook.
_MOST_REMEMBERED = 64
_MOST_REMEMBERED_BYTES = 64 << 10

Told = TypeVar("Told")


class Package:
    """The parts of a zip file by name; case does not count, as programs write the names differently."""

    def __init__(self, content: bytes, bounds: Bounds = USUAL) -> None:
        self.bounds = bounds
        self._content = content
        self._zip = open_zip(content, bounds)
        self._infos = {info.filename.lower(): info for info in self._zip.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, in lower case."""
        return frozenset(self._infos)

    def read(self, name: str) -> bytes:
        """The bytes of a part; none when it is not there."""
        info = self._infos.get(name.lower())
        if info is None:
            return b""
        # The usual part needs a tenth of what zipfile does, which says what is wrong with any other.
        part = _inflated(self._content, info) or self._zip.read(info)
        if any(word in part for word in _DEFINITIONS):
            raise _not_usual()
        return part

    def related(self, name: str) -> Mapping[str, str]:
        """The parts to which a part refers, by the id of the reference."""
        folder, base = posixpath.split(name)
        targets = _targets(self.read(f"{folder}/_rels/{base}.rels"))
        return {ref: posixpath.normpath(posixpath.join("/", folder, path))[1:] for ref, path in targets.items()}


def _inflated(content: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a deflated part of which header, size and checksum are right; None for any other."""
    header = content[info.header_offset : info.header_offset + _HEADER.size]
    if len(header) < _HEADER.size or info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & _IS_UNUSUAL:
        return None
    magic, length, further = _HEADER.unpack(header)
    name = info.header_offset + _HEADER.size
    start = name + length + further
    if magic != _MAGIC or content[name : name + length] != info.orig_filename.encode():
        return None
    try:
        # Not more than is announced, however much there is.
        part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(
            content[start : start + info.compress_size], info.file_size + 1
        )
    except zlib.error:
        return None
    return part if len(part) == info.file_size and zlib.crc32(part) == info.CRC else None


class _Tree(TreeBuilder):
    """A tree without document types: no workbook needs one, and only there can entities be defined."""

    def doctype(self, *_words: object) -> NoReturn:
        raise _not_usual()


def _not_usual() -> UnreadableError:
    return UnreadableError(Issue("E-FILE-01", hint="内容不是普通的表格"))


def parse(xml: bytes) -> Element:
    """The tree of a part; a document type is refused, and elements in elements deeper than any workbook has them."""
    # defusedxml refuses the same, at four times the time: it parses without C.
    parser = XMLParser(target=_Tree())  # noqa: S314 -- see _Tree
    parser.feed(xml)
    root: Element = parser.close()
    level = [root]
    for _ in range(_DEEPEST):
        level = list(itertools.chain.from_iterable(level))
        if not level:
            return root
    raise _not_usual()


def remembered(tell: Callable[[bytes], Told]) -> Callable[[bytes], Told]:
    """What a function tells of a part, told once where many workbooks have the same."""
    once = functools.lru_cache(maxsize=_MOST_REMEMBERED)(tell)

    @functools.wraps(tell)
    def told(part: bytes) -> Told:
        return once(part) if len(part) < _MOST_REMEMBERED_BYTES else tell(part)

    return told


@remembered
def _targets(relations: bytes) -> Mapping[str, str]:
    return {each.get("Id", ""): each.get("Target", "") for each in parse(relations)} if relations else {}


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace: the strict and the usual one mean the same."""
    return tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """The elements of this name right below."""
    return [child for child in element if local(child.tag) == name]


def attribute(element: Element, name: str) -> str:
    """An attribute in whatever namespace; empty when it is not there."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")

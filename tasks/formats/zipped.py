"""A zip file, held against its bounds by what its directory announces, before anything of it is unfolded."""

import io
import re
import struct
import zipfile

from schemas.issue import Issue
from tasks.formats.sheet import UnreadableError
from tasks.limits import Bounds

_IS_ENCRYPTED = 0x1
# A small file may well unfold to many times its size: templates are mostly blank.
_SMALL_BYTES = 32 << 20
_LONGEST_NAME = 1_024
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f]|(?:^|[\\/])\.\.(?:[\\/]|$)")
_END = struct.Struct("<4s4H2LH")
# Which of them is the number of parts.
_COUNT = 4
_END_MAGIC = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF


def open_zip(content: bytes, bounds: Bounds) -> zipfile.ZipFile:
    """The zip file; what has too much, a password, or names that no workbook has is refused."""
    _check_count(content, bounds)
    file = zipfile.ZipFile(io.BytesIO(content))
    infos = file.infolist()
    if any(info.flag_bits & _IS_ENCRYPTED for info in infos):
        raise UnreadableError(Issue("E-FILE-03"))
    if len(infos) > bounds.parts:
        raise _too_much(f"文件里有 {len(infos)} 个部件", "parts", bounds)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > bounds.unpacked_megabytes << 20:
        raise _too_much(f"文件解压后有 {unpacked >> 20} MiB", "unpacked_megabytes", bounds)
    if unpacked > max(_SMALL_BYTES, bounds.ratio * len(content)):
        raise _too_much(f"文件解压后是原来的 {unpacked // len(content)} 倍", "ratio", bounds)
    if len({info.filename.lower() for info in infos}) < len(infos):
        # Another reader might take another of them.
        raise UnreadableError(Issue("E-FILE-01", hint="压缩包里的名称有重复"))
    if any(_is_odd(info.orig_filename) for info in infos):
        raise UnreadableError(Issue("E-FILE-01", hint="压缩包里的名称不正常"))
    return file


def _check_count(content: bytes, bounds: Bounds) -> None:
    """By the number of parts at the end of the file: to list a million takes seconds."""
    place = content.rfind(_END_MAGIC, -_LONGEST_COMMENT - _END.size)
    if place < 0 or len(content) < place + _END.size:
        return
    count = _END.unpack_from(content, place)[_COUNT]
    if count > bounds.parts:
        raise _too_much(f"文件里有 {count} 个部件", "parts", bounds)


def _is_odd(name: str) -> bool:
    return len(name) > _LONGEST_NAME or _BAD_NAME.search(name) is not None


def _too_much(value: str, name: str, bounds: Bounds) -> UnreadableError:
    return UnreadableError(Issue("E-FILE-17", value=value, hint=bounds.said(name)))

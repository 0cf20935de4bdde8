"""The attachments of a mail, with their names as the sender wrote them."""

import email
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from tasks.sources.source import is_file_of_people

# A mail in a mail in a mail: forwarded often enough, never deeper than this.
_DEEPEST = 8
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# Senders say gb2312 and mean the larger set.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}


def attachments(mail: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file of a mail, also of mails that are attached to it; pictures are left out."""
    for part in email.message_from_bytes(mail).walk():
        name = _file_name(part)
        if not name or part.is_multipart() or part.get_content_maintype() == "image" or not is_file_of_people(name):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if name.lower().endswith(".eml") and depth < _DEEPEST:
            yield from attachments(content, depth + 1)
        else:
            yield name, content


def sender(mail: bytes) -> str | None:
    """The address in From; the mail servers on the way vouch for it or not, we do not."""
    written = _header(email.message_from_bytes(mail), "from")
    address = parseaddr(_words(written))[1] if written else ""
    return _CONTROL.sub("", address) or None


def subject(mail: bytes) -> str:
    """What a mail is about, as the name of a file without folders."""
    return re.sub(r"[\\/]", "_", _CONTROL.sub("", _words(_header(email.message_from_bytes(mail), "subject")))).strip()


def _file_name(part: Message) -> str:
    """The name without folders; empty of a part that has none."""
    named = _parameter(part, "content-disposition", "filename") or _parameter(part, "content-type", "name")
    return _CONTROL.sub("", re.split(r"[\\/]", named)[-1]).strip()


def _parameter(part: Message, header: str, name: str) -> str:
    """A parameter in any spelling: RFC 2231, the encoded words that Outlook and QQ put there, or bare bytes."""
    written = _header(part, header)
    if not written:
        return ""
    alone = Message()
    alone[header] = written
    value = alone.get_param(name, header=header)
    if isinstance(value, tuple):
        charset, _, text = value
        # With a charset these are bytes, as RFC 2231 leaves them; without one they are text already.
        return _decoded(text.encode("latin-1"), charset) if _is_latin(text) else text
    return _words(str(value)) if value else ""


def _header(message: Message, name: str) -> str:
    """A header as text, where bytes stand bare, in UTF-8 or GB18030."""
    for key, value in message.raw_items():
        if key.lower() == name:
            text = re.sub(r"\r?\n(?=[ \t])", "", str(value))
            return _decoded(text.encode("utf-8", "surrogateescape"), None)
    return ""


def _words(text: str) -> str:
    """A text in which ``=?charset?B?...?=`` is decoded."""
    parts = [
        (part, charset) if isinstance(part, bytes) else (part.encode(), "utf-8")
        for part, charset in decode_header(text)
    ]
    return "".join(_decoded(part, charset) if charset else part.decode("raw-unicode-escape") for part, charset in parts)


def _decoded(content: bytes, charset: str | None) -> str:
    """Bytes in the charset that is named, or in the one that they really are in."""
    named = (charset or "utf-8").lower()
    for each in (_MEANT.get(named, named), "utf-8", "gb18030"):
        try:
            return content.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", "replace")


def _is_latin(text: str) -> bool:
    return all(ord(each) < 256 for each in text)

"""A mailbox: every mail that is there, its attachments as files. Mails are read and left as they are, also unread."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.utils import encode_folder

from tasks.sources.address import Address
from tasks.sources.attachments import attachments, sender, subject
from tasks.sources.source import Found, NotNow, Piece, Source

_SECONDS = 60
# Some servers count a mail otherwise than they give it out; more than this beside it is another mail.
_INEXACT = 2
_LEAST_BYTES = 1 << 20
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class Mailbox(Source):
    """One folder of a mailbox."""

    def __init__(self, client: imaplib.IMAP4, folder: str) -> None:
        """A client that is logged in."""
        self._client, self._folder = client, folder

    def found(self) -> Iterator[Found]:
        """Every mail, in one request. Its path is UIDVALIDITY/UID, which no other mail of the folder ever gets.

        Raises:
            FileNotFoundError: there is no such folder.
        """
        status, count = self._client.select(encode_folder(self._folder).decode(), readonly=True)
        if status != "OK":
            raise FileNotFoundError(self._folder)
        validity = (self._client.response("UIDVALIDITY")[1] or [b""])[0] or b"0"
        if count[0] == b"0":
            return
        lines = self._client.uid("FETCH", "1:*", "(UID RFC822.SIZE INTERNALDATE)")[1]
        for line in lines:
            about = line if isinstance(line, bytes) else b"".join(line)
            if (uid := _UID.search(about)) and (size := _SIZE.search(about)) and (day := _DATE.search(about)):
                path = f"{validity.decode()}/{uid[1].decode()}"
                # Base64 writes three bytes as four.
                yield Found(path, size[1].decode(), int(size[1]) * 3 // 4, _moment(day[1]), may_grow=False)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The attachments of a mail, which stays unread if it was."""
        most = int(found.mark) * _INEXACT + _LEAST_BYTES
        mail = self._part(found, f"BODY.PEEK[]<0.{most}>")
        if len(mail) >= most:
            raise NotNow("比邮件服务器说的大得多，请向对方的管理员核对")
        for name, content in attachments(mail):
            yield Piece(name, content, sender(mail))

    def name_of(self, found: Found) -> tuple[str, str | None]:
        """The subject of a mail, and its sender."""
        head = self._part(found, "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]")
        return f"{subject(head) or found.path.rpartition('/')[2]}.eml", sender(head)

    def _part(self, found: Found, part: str) -> bytes:
        parts = self._client.uid("FETCH", found.path.rpartition("/")[2], f"({part})")[1]
        content: bytes | None = next((each[1] for each in parts if isinstance(each, tuple)), None)
        if content is None:
            raise NotNow("刚被移走或删除")
        return content


def _moment(written: bytes) -> datetime:
    return datetime.strptime(written.decode().strip(), "%d-%b-%Y %H:%M:%S %z")


def _log_in(box: BaseMailBox, user: str, password: str) -> None:
    """The plain way where it can carry the password, else the one that takes any character."""
    log_in = box.login if f"{user}{password}".isascii() else box.login_utf8
    try:
        log_in(user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxLoginError(("NO", [b""]), "OK") from error


@contextmanager
def open_mailbox(address: Address) -> Iterator[Mailbox]:
    """The mailbox; ``imaps`` is TLS, ``imap`` is not and belongs into the office's own network."""
    kind = MailBox if address.scheme == "imaps" else MailBoxUnencrypted
    box = kind(address.host, address.port or 0, timeout=_SECONDS)
    try:
        _log_in(box, address.user or "", address.password or "")
        if "ID" in box.client.capabilities:
            # 163.com and 126.com show nothing to a program that does not say what it is.
            box.client.xatom("ID", '("name" "huizong")')
        yield Mailbox(box.client, address.path.removeprefix("/") or "INBOX")
    finally:
        # A connection that broke cannot log out, and then nobody closes its socket.
        with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
            box.logout()
        with suppress(OSError):
            box.client.shutdown()

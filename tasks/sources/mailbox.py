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
from tasks.sources.attachments import attachments, sender
from tasks.sources.source import Found, NotNow, Piece

_SECONDS = 60
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class Mailbox:
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
                yield Found(path, size[1].decode(), int(size[1]), _moment(day[1]), may_grow=False)

    def fetch(self, found: Found) -> Iterator[Piece]:
        """The attachments of a mail, which stays unread if it was."""
        parts = self._client.uid("FETCH", found.path.rpartition("/")[2], "(BODY.PEEK[])")[1]
        mail = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if mail is None:
            raise NotNow("刚被移走或删除")
        for name, content in attachments(mail):
            yield Piece(name, content, sender(mail))


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

"""An address becomes an open source; what goes wrong with it is one sentence."""
# ruff: noqa: PLC0415 -- a library is imported only for a source that needs it

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from tasks.sources.address import FOLDER, Address
from tasks.sources.reasons import as_down, is_of_source
from tasks.sources.source import Source, SourceDown


@contextmanager
def open_source(address: Address, known_hosts: Path) -> Iterator[Source]:
    """The source, as long as it is used.

    Raises:
        SourceDown: it cannot be opened, or failed while it was used.
    """
    try:
        with _opened(address, known_hosts) as source:
            yield source
    except SourceDown:
        raise
    except Exception as error:
        if not is_of_source(error):
            raise
        # Without its cause, which may quote the password.
        raise as_down(error, address) from None


def _opened(address: Address, known_hosts: Path) -> AbstractContextManager[Source]:
    if address.scheme == FOLDER:
        from tasks.sources.folder import Folder

        return nullcontext(Folder(address))
    if address.scheme == "sftp":
        from tasks.sources.sftp import open_sftp

        return open_sftp(address, known_hosts)
    if address.scheme == "smb":
        from tasks.sources.smb import open_smb

        return open_smb(address)
    if address.scheme == "s3":
        from tasks.sources.s3 import open_s3

        return open_s3(address)
    if address.scheme.startswith("webdav"):
        from tasks.sources.webdav import open_webdav

        return open_webdav(address)
    from tasks.sources.mailbox import open_mailbox

    return open_mailbox(address)

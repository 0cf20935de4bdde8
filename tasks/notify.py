"""Sending a letter to one address, by apprise: WeCom, DingTalk, Feishu, mail and what else it knows.

Addresses hold secrets, and apprise's own messages may: neither leaves this module.
"""
# ruff: noqa: PLC0415 -- apprise loads all its services: only where something is sent

import functools
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from tasks.handout import Handout
from tasks.letters import Letter

if TYPE_CHECKING:
    from apprise import Apprise, AppriseAttachment

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_STATUS = re.compile(r"error=(\d{3})\b")


def unusable(addresses: Sequence[str]) -> int | None:
    """Which of the addresses, from 1, names no service or lacks a part; None where all can be used."""
    return next((place for place, each in enumerate(addresses, 1) if _service(each) is None), None)


def send(address: str, letter: Letter) -> str | None:
    """Send a letter; what went wrong, None where the service took it.

    Some services take a message that they then do not show: a robot of WeCom or DingTalk that is no longer there.
    """
    service = _service(address)
    if service is None:
        return "地址不能用"
    from apprise import NotifyFormat

    files = _attached(letter.attachments) if takes_attachments(address) else None
    with _listening() as said:
        is_sent = service.notify(title=letter.title, body=letter.body, body_format=NotifyFormat.TEXT, attach=files)
    status = _STATUS.search("\n".join(said))
    if is_sent:
        return None
    return f"对方返回 {status[1]}" if status else "连不上，或对方没有接收"


def takes_attachments(address: str) -> bool:
    """Whether the service of an address passes files on: mail does, a robot of WeCom or DingTalk does not."""
    service = _service(address)
    return service is not None and any(each.attachment_support for each in service.servers)


def _attached(files: Sequence[Handout]) -> "AppriseAttachment | None":
    """The files as the service takes them, from memory; None where there are none."""
    if not files:
        return None
    from apprise import AppriseAttachment
    from apprise.attachment.memory import AttachMemory

    attached = AppriseAttachment()
    for file in files:
        kind = _TYPES[PurePath(file.name).suffix]
        attached.add(AttachMemory(content=file.content, name=file.name, mimetype=kind))  # type: ignore[no-untyped-call]
    return attached


@functools.cache
def _service(address: str) -> "Apprise | None":
    """The service of an address, one for all its messages: it keeps the pace that the other side asks for."""
    from apprise import Apprise, AppriseAsset

    with _listening():  # it quotes an address that it cannot use
        service = Apprise(asset=AppriseAsset(app_id="huizong", app_desc="huizong", app_url=""))
        return service if service.add(address) else None


class _Ear(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """The warnings of apprise inside, which go nowhere else; its debugging messages hold addresses."""
    logger, ear = logging.getLogger("apprise"), _Ear()
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(ear)
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)

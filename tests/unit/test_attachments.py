"""The names of attachments as senders write them, and what of a mail is a file."""

import base64
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import quote

import pytest

from tasks.sources.attachments import attachments, sender

NAME = "谢三村街道3月镕培训.xlsx"


def word(text: str, charset: str, said: str = "") -> str:
    return f"=?{said or charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def mail(disposition: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    """A mail with one attachment, its headers as they go over the wire."""
    lines = [
        b"From: someone@example.cn", b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="x"', b"",
        b"--x", b"Content-Type: " + kind, b"Content-Disposition: " + disposition, b"Content-Transfer-Encoding: base64",
        b"", b"YWJj", b"--x--", b"",
    ]  # fmt: skip
    return b"\r\n".join(lines)


def forwarded(inner: bytes, name: str) -> bytes:
    """A mail to which another is attached as a file."""
    outer = EmailMessage()
    outer.set_content("转发")
    outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename=name)
    return outer.as_bytes()


SPELLINGS = {
    "RFC 2231 in UTF-8": b"attachment; filename*=UTF-8''" + quote(NAME).encode(),
    "RFC 2231 in GB18030": b"attachment; filename*=gb18030''" + quote(NAME.encode("gb18030")).encode(),
    "RFC 2231 that says GB2312": b"attachment; filename*=gb2312''" + quote(NAME.encode("gb18030")).encode(),
    "RFC 2231 in parts": b"attachment;\r\n filename*0*=UTF-8''" + quote(NAME[:5]).encode() + b";\r\n filename*1*="
    + quote(NAME[5:]).encode(),
    "encoded words in UTF-8": f'attachment; filename="{word(NAME, "utf-8")}"'.encode(),
    "encoded words in two lines": (
        f'attachment;\r\n filename="{word(NAME[:5], "gb18030")}\r\n {word(NAME[5:], "gb18030")}"'.encode()
    ),
    "encoded words that say GB2312": f'attachment; filename="{word(NAME, "gb18030", "gb2312")}"'.encode(),
    "bare UTF-8": b'attachment; filename="' + NAME.encode() + b'"',
    "bare GB18030": b'attachment; filename="' + NAME.encode("gb18030") + b'"',
    "with the folders of the sender": b'attachment; filename="C:\\\\docs\\\\' + NAME.encode() + b'"',
    "with folders that lead elsewhere": b'attachment; filename="../../' + NAME.encode() + b'"',
}  # fmt: skip


@pytest.mark.parametrize("disposition", SPELLINGS.values(), ids=SPELLINGS)
def test_a_name_is_read_in_every_spelling(disposition: bytes) -> None:
    assert list(attachments(mail(disposition))) == [(NAME, b"abc")]


def test_a_name_that_only_the_type_gives_counts() -> None:
    kind = b'application/vnd.ms-excel; name="' + word(NAME, "utf-8").encode() + b'"'
    assert [name for name, _ in attachments(mail(b"attachment", kind))] == [NAME]


def test_a_mail_in_a_mail_is_opened() -> None:
    inner = mail(SPELLINGS["bare UTF-8"])
    outer = EmailMessage()
    outer.set_content("转发")
    outer.add_attachment(message_from_bytes(inner, policy=default), filename="转发")
    assert list(attachments(outer.as_bytes())) == [(NAME, b"abc")]


def test_a_mail_that_is_attached_as_a_file_is_opened() -> None:
    inner = mail(SPELLINGS["bare UTF-8"])
    assert list(attachments(forwarded(inner, "转发.eml"))) == [(NAME, b"abc")]
    assert list(attachments(forwarded(forwarded(inner, "a.eml"), "b.EML"))) == [(NAME, b"abc")]


def test_pictures_locks_and_texts_are_no_files() -> None:
    message = EmailMessage()
    message.set_content("正文")
    message.add_alternative("<p>正文</p>", subtype="html")
    message.add_attachment(b"png", maintype="image", subtype="png", filename="签名.png")
    message.add_attachment(b"lock", maintype="application", subtype="octet-stream", filename="~$a.xlsx")
    assert list(attachments(message.as_bytes())) == []


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("张三 <a@b.cn>".encode(), "a@b.cn"),
        ("张三 <a@b.cn>".encode("gb18030"), "a@b.cn"),
        (word("张三", "gb18030", "gb2312").encode() + b" <a@b.cn>", "a@b.cn"),
        (b"a@b.cn", "a@b.cn"),
        (b"", None),
    ],
)
def test_the_sender_is_an_address_without_a_name(written: bytes, address: str | None) -> None:
    assert sender(b"From: " + written + b"\r\n\r\n") == address


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"Content-Type: multipart/mixed\n\n--", b"\n" * 9])
def test_what_is_no_mail_has_no_files(content: bytes) -> None:
    assert (list(attachments(content)), sender(content)) == ([], None)

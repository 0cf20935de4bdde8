"""One entry of HUIZONG_INBOX: what it says, and how it is named without its password."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

FOLDER = "file"
PORTS: Mapping[str, int | None] = {
    "sftp": 22, "smb": 445, "s3": None, "webdav": 80, "webdavs": 443, "imap": 143, "imaps": 993,
}  # fmt: skip
_S3_OPTIONS = frozenset({"endpoint", "region"})
_USERINFO = re.compile(r"(?<=//)[^/\s@]*@")


class AddressError(ValueError):
    """An entry of the inbox cannot be right; the message says what to write and quotes no password."""


@dataclass(frozen=True)
class Address:
    """A source; ``path`` is a folder, or the folder of a mailbox. Printed as its label."""

    scheme: str
    path: str
    host: str = ""
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @property
    def label(self) -> str:
        """The address as people and tables may see it: without the password, and the key of S3."""
        if self.scheme == FOLDER:
            return self.path
        user = f"{quote(self.user)}@" if self.user and self.scheme != "s3" else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port not in (None, PORTS[self.scheme]) else ""
        endpoint = f"?endpoint={without_userinfo(self.options['endpoint'])}" if "endpoint" in self.options else ""
        return f"{self.scheme}://{user}{host}{port}{self.path}{endpoint}"

    def of(self, path: str) -> str:
        """The label of what lies below, by its path from here."""
        return f"{self.label.partition('?')[0].rstrip('/')}/{path}"

    def hides(self, text: str) -> str:
        """A text of a library without the password, in whatever spelling it is quoted."""
        secrets = {self.password, quote(self.password, safe="")} if self.password else set[str | None]()
        for secret in secrets:
            text = text.replace(secret or "", "***")
        return without_userinfo(text)

    def __str__(self) -> str:
        return self.label


def without_userinfo(text: str) -> str:
    """The text with every ``//user:password@`` cut down to ``//``."""
    return _USERINFO.sub("", text)


def parse_address(text: str) -> Address:
    """An entry of the inbox.

    Raises:
        AddressError: an unknown scheme, or something is missing; passwords are not quoted.
    """
    scheme, is_url, rest = text.partition("://")
    scheme = scheme.lower()
    if not is_url or scheme == FOLDER:
        return Address(FOLDER, rest if is_url else text)
    if scheme not in PORTS:
        known = "、".join(f"{each}://" for each in PORTS)
        raise AddressError(f"{scheme}:// 不认识，可写文件夹或 {known}")
    parts = urlsplit(f"{scheme}://{rest}")
    if parts.fragment or (parts.query and scheme != "s3"):
        raise _misspelt(scheme)
    options = dict(parse_qsl(parts.query))
    if unknown := sorted(options.keys() - _S3_OPTIONS):
        raise AddressError(f"s3:// 后面的 {unknown[0]} 不认识，可写 endpoint 和 region")
    if not options.get("endpoint", "https://").startswith(("http://", "https://")):
        raise AddressError("s3:// 的 endpoint 须以 http:// 或 https:// 开头")
    return _address(parts, options)


def _address(parts: SplitResult, options: Mapping[str, str]) -> Address:
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        # Its message quotes what stands there, which may be half a password.
        raise _misspelt(parts.scheme) from None
    if not host:
        what = "存储桶" if parts.scheme == "s3" else "主机名"
        raise AddressError(f"{parts.scheme}:// 后面缺少{what}，例如 {_EXAMPLES[parts.scheme]}")
    path = unquote(parts.path).rstrip("/")
    if parts.scheme == "smb" and not path:
        raise AddressError(f"smb:// 缺少共享名，例如 {_EXAMPLES['smb']}")
    return Address(
        scheme=parts.scheme,
        # The name of a bucket may have capitals, which `hostname` takes away.
        host=parts.netloc.rpartition("@")[2] if parts.scheme == "s3" else host,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        path=path,
        options=options,
    )


def _misspelt(scheme: str) -> AddressError:
    return AddressError(
        f"{scheme}:// 的网址看不懂，应如 {_EXAMPLES[scheme]}；"
        "用户名和密码里的特殊字符（@ : / ? # % 逗号）须写成 %40 这样"
    )


_EXAMPLES = {
    "sftp": "sftp://用户@主机/收件箱",
    "smb": "smb://用户:密码@主机/共享/收件箱",
    "s3": "s3://存储桶/收件箱?endpoint=https://主机:9000",
    "webdav": "webdav://用户:密码@主机/收件箱",
    "webdavs": "webdavs://用户:密码@主机/收件箱",
    "imap": "imap://用户:密码@主机/INBOX",
    "imaps": "imaps://用户:密码@主机/INBOX",
}

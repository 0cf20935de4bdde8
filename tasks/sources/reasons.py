"""What the libraries of networks say, as sentences for the person who reads them in the morning."""

import errno
from collections.abc import Mapping

from tasks.sources.address import Address
from tasks.sources.source import SourceDown

_LIBRARIES = frozenset(
    {"aiobotocore", "aiohttp", "botocore", "httpcore", "httpx", "imap_tools", "imaplib", "paramiko", "smbprotocol",
     "spnego", "webdav4"}
)  # fmt: skip
_LONGEST = 200
_LOGIN = "用户名或密码不对，或没有权限"
_NOT_THERE = "文件夹不存在，请新建或改正设置"
_PERMISSION = "没有权限，请让用户能够读取"
_TRUST = "服务器的证书不可信，请检查网址或让管理员更换证书"
# By name, so that no library is imported to tell; the first that fits counts.
_FINAL: Mapping[str, str] = {
    "AuthenticationException": _LOGIN,
    "PasswordRequiredException": _LOGIN,
    "LogonFailure": _LOGIN,
    "SMBAuthenticationError": _LOGIN,
    "SpnegoError": _LOGIN,
    "MailboxLoginError": _LOGIN,
    "NoCredentialsError": "没有密钥，请写进网址或设置 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
    "BadHostKeyException": "服务器的主机密钥与 known_hosts 里的不同，可能有人冒充；请向对方核对后改正 known_hosts",
    "SSLCertVerificationError": _TRUST,
    "UnicodeDecodeError": "有文件名不是 UTF-8 编码，请改名",
    "FileNotFoundError": _NOT_THERE,
    "NotADirectoryError": _NOT_THERE,
    "ResourceNotFound": _NOT_THERE,
    "BadNetworkName": "没有这个共享，请改正设置",
    "PermissionError": _PERMISSION,
    "ImportError": "缺少读取这种来源的程序，请运行 pip install 'huizong[sources]'",
}
_PASSING: Mapping[str, str] = {
    "TimeoutError": "连接超时",
    "TimeoutException": "连接超时",
    "ConnectTimeoutError": "连接超时",
    "ConnectionError": "连接不上",
    "NoValidConnectionsError": "连接不上",
    "abort": "连接中断",
    "gaierror": "连接不上，找不到这台主机",
    "TransportError": "连接不上",
    "EndpointConnectionError": "连接不上",
}
_ERRNOS = {errno.ENOENT: _NOT_THERE, errno.ENOTDIR: _NOT_THERE, errno.EACCES: _PERMISSION}
# Of HTTP, and NO_SUCH_FILE of SMB, for which smbclient has no error of its own.
_STATUSES = {401: _LOGIN, 403: _LOGIN, 404: _NOT_THERE, 0xC000000F: _NOT_THERE}
_LOOK = "，请检查网络、地址、端口和对方的服务器"


def is_of_source(error: Exception) -> bool:
    """Whether it tells of the source, and not of a mistake in our own program."""
    libraries = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return isinstance(error, OSError | EOFError | ImportError | UnicodeDecodeError) or bool(libraries & _LIBRARIES)


def as_down(error: Exception, address: Address) -> SourceDown:
    """The same in Chinese, and whether another try can help."""
    names = [kind.__name__ for kind in _kinds(error)]
    said = _STATUSES.get(_status(error)) or _ERRNOS.get(getattr(error, "errno", None) or 0)
    if reason := said or next((_FINAL[name] for name in names if name in _FINAL), None):
        return SourceDown(reason)
    if reason := next((_PASSING[name] for name in names if name in _PASSING), None):
        return SourceDown(f"{reason}{_LOOK}", may_pass=True)
    text = " ".join(address.hides(str(error)).split())[:_LONGEST]
    return SourceDown(f"读取失败（{type(error).__name__}：{text}）", may_pass=True)


def _status(error: Exception) -> int:
    """What the server answered, in the numbers of its protocol."""
    answer = getattr(error, "response", None)
    told = (getattr(error, "status_code", 0), getattr(error, "ntstatus", 0), getattr(answer, "status_code", 0))
    return next((status for status in told if isinstance(status, int) and status), 0)


def _kinds(error: BaseException) -> list[type]:
    """The kinds of an error and of those that it was raised from."""
    kinds = list(type(error).__mro__)
    cause = error.__cause__ or error.__context__
    return kinds + (_kinds(cause) if cause else [])

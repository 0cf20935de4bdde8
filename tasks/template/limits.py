"""What the cells of a column are checked for while somebody types: never more than the reader itself refuses."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.form import Column

Kind = Literal["list", "integer", "decimal", "date", "length"]
Bound = int | float | date

# The longest list that a drop-down can hold within itself: its choices, with commas between them.
LONGEST_INLINE = 255
_MOST_DIGITS = 15
# Below the first, a number typed into a date column is a slip: spreadsheets make a day of 1900 of it.
_DAYS = (date(1955, 1, 1), date(2100, 12, 31))
_CREDIT_CODE = 18


@dataclass(frozen=True)
class Limit:
    """A check of cells: between two bounds, or one of a list; ``is_strict`` refuses, else it asks first."""

    kind: Kind
    bounds: tuple[Bound, Bound] | None
    choices: tuple[str, ...]
    is_strict: bool
    message: str


def limit_of(column: Column, choices: tuple[str, ...]) -> Limit | None:
    """The check of a column with these choices; None where any text may be right."""
    if choices:
        return _of_list(column, choices)
    if column.type in ("integer", "amount"):
        return _of_number(column)
    if column.type in ("date", "datetime"):
        example = "2021-03-09" if column.type == "date" else "2021-03-09 06:40"
        # Strict it would refuse 2021.3.9, which is a text to a spreadsheet and a day to the reader.
        return Limit("date", _DAYS, (), is_strict=False, message=f"看不出是日期，请写成 {example}")
    if column.type == "credit_code":
        # 个人 and codes with blanks or hyphens are read too.
        message = "统一社会信用代码应为 18 位数字和大写字母，请核对；个人没有代码的不填"
        return Limit("length", (_CREDIT_CODE, _CREDIT_CODE), (), is_strict=False, message=message)
    if column.max_length:
        return Limit(
            "length", (0, column.max_length), (), is_strict=True, message=f"最多 {column.max_length} 字，请缩短"
        )
    return None


def _of_list(column: Column, choices: tuple[str, ...]) -> Limit:
    """Several values at once, other spellings of units, codes of another day and numbers of long lists are read too."""
    is_strict = column.type in ("code", "yes_no") and not column.valid and is_inline(choices)
    message = "可以填几种，用顿号隔开，请核对每一种都在下拉列表里" if column.type == "codes" else "请从下拉列表中选择"
    return Limit("list", None, choices, is_strict, message)


def is_inline(choices: tuple[str, ...]) -> bool:
    """Whether a drop-down can hold the choices within itself."""
    return len(",".join(choices)) <= LONGEST_INLINE and not any("," in each for each in choices)


def _of_number(column: Column) -> Limit:
    decimals = column.decimals if column.type == "amount" else 0
    most = 10 ** (_MOST_DIGITS - decimals) - 1
    low = -most if column.minimum is None else column.minimum
    high = most if column.maximum is None else column.maximum
    kind: Kind = "integer" if column.type == "integer" else "decimal"
    word = "整数" if column.type == "integer" else "数字"
    measure = f"（单位：{column.unit}）" if column.unit else ""
    least = f"，不小于 {low:g}" if column.minimum is not None else ""
    greatest = f"，不大于 {high:g}" if column.maximum is not None else ""
    return Limit(kind, (low, high), (), is_strict=True, message=f"请只写{word}{measure}{least}{greatest}")

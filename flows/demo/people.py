"""Made-up persons, telephone numbers and enterprise codes. Numbers end in 0000, so that they are plainly nobody's."""

from schemas.credit_code import check_character

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马"  # 19
_GIVEN = "明华平安宁康新军强伟芳丽敏静兰春夏秋冬东西南北"  # 23, each behind 示 (for 示例)


def person(number: int) -> str:
    """A name; two numbers below 437 give two names, since 19 and 23 have no common factor."""
    return f"{_SURNAMES[number % len(_SURNAMES)]}示{_GIVEN[number % len(_GIVEN)]}"


def phone(number: int) -> str:
    """A telephone number that is nobody's."""
    return f"138{number:04d}0000"


def enterprise_code(number: int) -> str:
    """A unified social credit code with the right check character."""
    first17 = f"91340404MA2{number:06d}"
    return first17 + check_character(first17)

"""F12A of the sample inbox: letters of responsibility, signed by March of each year, meetings and documents."""

from datetime import date

from flows.demo.draw import draw
from flows.demo.report import Row

_SIGNED_PCT = {1: 55, 2: 80}
_ASSESSED_IN_JANUARY = 6


def responsibility(unit_code: str, month: date) -> tuple[Row, ...]:
    """The row of F12A of a unit; letters are counted from the beginning of the year."""
    due = 24 + draw(20, unit_code, month.year, "letters")
    return (
        {
            "letters_due": due,
            "letters_signed": due * _SIGNED_PCT.get(month.month, 100) // 100,
            "meetings": 1 + draw(2, unit_code, month, "meetings"),
            "reports_to_gov": draw(2, unit_code, month, "reports"),
            "assessed": _ASSESSED_IN_JANUARY if month.month == 1 else 0,
            # Odd in odd months: no two months running are alike.
            "documents": 2 * (1 + draw(2, unit_code, month, "documents")) + month.month % 2,
        },
    )

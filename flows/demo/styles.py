"""How the people of a unit fill in a form: a habit of the unit with this form, the same from month to month."""

from dataclasses import dataclass, replace
from typing import Literal

from flows.demo.draw import choose, happens
from flows.demo.report import HeadKind, Report

File = Literal["xlsx", "xls", "csv_utf8", "csv_gb18030"]
Dates = Literal["excel", "dots", "chinese", "slashes", "full_width", "iso"]
Numbers = Literal["plain", "full_width", "with_unit", "commas"]
ZeroMark = Literal["0", "无", "—"]
Zero = Literal["word", "empty", "dashes", "numbered"]

_OLD_EXCEL_UNITS = frozenset({"340404200", "340404D06"})
_FILES: dict[tuple[str, str], File] = {
    ("340404103", "accident"): "xls",
    ("340404D12", "training"): "csv_utf8",
    ("340404D07", "accident"): "csv_gb18030",
    ("340404D16", "inspection"): "csv_gb18030",
    ("340404D19", "hazard"): "csv_utf8",
    ("340404201", "publicity"): "xls",
}
_HEADS: tuple[HeadKind, ...] = ("cover",) * 8 + ("cells",) * 5 + ("pairs",) * 4 + ("line",) * 2 + ("folder",)
_HEADS_OF_CSV: tuple[HeadKind, ...] = ("cells", "pairs", "line")
_DATES: tuple[Dates, ...] = ("excel", "excel", "dots", "chinese", "slashes", "full_width", "iso")
_NUMBERS: tuple[Numbers, ...] = ("plain", "plain", "full_width", "with_unit", "commas")
_ZERO_MARKS: tuple[ZeroMark, ...] = ("0", "0", "无", "—")
# What the few sheets with figures in them would otherwise not show.
_NUMBERS_OF: dict[tuple[str, str], Numbers] = {
    ("340404D01", "training"): "commas",
    ("340404P01", "training"): "with_unit",
}
_ZERO_MARKS_OF: dict[tuple[str, str], ZeroMark] = {("340404D02", "incident"): "—"}
_ZEROS: tuple[Zero, ...] = ("word", "word", "empty", "dashes", "numbered")


@dataclass(frozen=True)
class Style:
    """The habits with which one report is typed."""

    file: File = "xlsx"
    head: HeadKind = "cover"
    dates: Dates = "excel"
    numbers: Numbers = "plain"
    zero: Zero = "word"
    month: Literal["chinese", "padded", "dash", "compact", "dots", "excel"] = "chinese"
    zero_mark: ZeroMark = "0"
    yes_mark: Literal["是", "√"] = "是"
    list_mark: Literal["、", "，", ";"] = "、"
    has_aliases: bool = False
    has_other_order: bool = False
    has_required_marks: bool = False
    has_units: bool = False
    has_line_breaks: bool = False
    has_all_columns: bool = True
    has_numbering: bool = True
    has_totals: bool = False
    has_notes: bool = True
    has_example: bool = False
    has_spare_sheet: bool = False
    has_long_codes: bool = False
    has_number_codes: bool = False


# The two sheets that the half-year report turns on are typed as such sheets are: one by hand, one from a system.
_BY_HAND = Style(
    head="cells",
    dates="full_width",
    numbers="full_width",
    zero_mark="无",
    has_aliases=True,
    has_required_marks=True,
    has_line_breaks=True,
    has_units=True,
    has_totals=True,
)
_FROM_A_SYSTEM = Style(head="cover", dates="excel", has_units=True, has_numbering=False)
_GIVEN = {("340404004", "accident"): _BY_HAND, ("340404D02", "accident"): _FROM_A_SYSTEM}


def style_of(report: Report) -> Style:
    """The style of a report: the habit of its unit with this form, and what varies from month to month."""
    habit = _GIVEN.get((report.unit_code, report.form_id)) or _habit(report.unit_code, report.form_id)
    return replace(
        habit,
        head=report.head or habit.head,
        zero=choose(_ZEROS, *report.key, "zero"),
        has_totals=habit.has_totals or bool(report.quirks.miscounted) or happens(30, *report.key, "totals"),
        has_example=happens(6, *report.key, "example"),
        has_other_order=habit.has_other_order and not report.quirks.groups,
    )


def _habit(unit: str, form: str) -> Style:
    file = "xls" if unit in _OLD_EXCEL_UNITS else _FILES.get((unit, form), "xlsx")
    is_text = file.startswith("csv")
    return Style(
        file=file,
        head=choose(_HEADS_OF_CSV if is_text else _HEADS, unit, form, "head"),
        dates=choose(_DATES[2:] if is_text else _DATES, unit, form, "dates"),
        numbers=_NUMBERS_OF.get((unit, form), choose(_NUMBERS, unit, form, "numbers")),
        month=choose(("chinese", "chinese", "padded", "dash", "compact", "dots", "excel"), unit, form, "month"),
        zero_mark=_ZERO_MARKS_OF.get((unit, form), choose(_ZERO_MARKS, unit, form, "zero mark")),
        yes_mark=choose(("是", "是", "√"), unit, form, "yes"),
        list_mark=choose(("、", "、", "，", ";"), unit, form, "list"),
        has_aliases=happens(45, unit, form, "aliases"),
        has_other_order=happens(25, unit, form, "order"),
        has_required_marks=happens(25, unit, form, "required"),
        has_units=happens(40, unit, form, "units"),
        has_line_breaks=happens(30, unit, form, "line breaks"),
        has_all_columns=happens(70, unit, form, "columns"),
        has_numbering=happens(65, unit, form, "numbering"),
        has_totals=happens(25, unit, form, "totals"),
        has_notes=happens(60, unit, form, "notes"),
        has_spare_sheet=happens(15, unit, form, "spare sheet"),
        has_long_codes=happens(30, unit, form, "long codes"),
        has_number_codes=happens(30, unit, form, "number codes"),
    )

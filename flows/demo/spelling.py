"""Values as people type them into cells: the spellings of ``schemas.cells``, from the other side."""

from datetime import date, datetime

from flows.demo.draw import choose
from flows.demo.report import Value
from flows.demo.styles import Style
from schemas.form import Column
from schemas.unit import Register

Cell = str | int | float | date | datetime | None
_FULL_WIDTH = str.maketrans("0123456789.:", "０１２３４５６７８９．：")
_LEAST_WITH_COMMAS = 1000


def cell_of(value: Value, column: Column, style: Style, register: Register) -> Cell:
    """The cell for a value of a column; what does not fit the column's type stands as it is."""
    if isinstance(value, bool):
        return style.yes_mark if value else _no_mark(style)
    if isinstance(value, date):
        return _moment(value, style)
    if isinstance(value, int | float):
        return _number(value, column, style)
    if isinstance(value, tuple):
        return style.list_mark.join(column.codes[code][0] for code in value)
    return _word(value, column, style, register) if value is not None else None


def month_cell(month: date, style: Style) -> Cell:
    """A month as it stands in a head."""
    texts: dict[str, Cell] = {
        "chinese": f"{month.year}年{month.month}月",
        "padded": f"{month.year}年{month.month:02d}月",
        "dash": f"{month:%Y-%m}",
        "compact": int(f"{month:%Y%m}"),
        "dots": f"{month.year}.{month.month}",
        "excel": month,
    }
    cell = texts[style.month]
    return f"{month.year}年{month.month}月份" if style.file.startswith("csv") and cell == month else cell


def _no_mark(style: Style) -> str:
    return "×" if style.yes_mark == "√" else "否"


def _word(text: str, column: Column, style: Style, register: Register) -> Cell:
    if column.type == "code" and text in column.codes:
        spellings = column.codes[text]
        return choose(spellings, text, style.head, style.dates) if style.has_aliases else spellings[0]
    if column.type == "unit" and text in register.units and not style.has_number_codes:
        return register.units[text].name
    if column.type in ("unit", "place"):
        return _place(text, style)
    return text


def _place(code: str, style: Style) -> Cell:
    spelt = code.ljust(12, "0") if style.has_long_codes else code
    return int(spelt) if style.has_number_codes and spelt.isdigit() else spelt


def _number(number: float, column: Column, style: Style) -> Cell:
    if number == 0 and style.zero_mark != "0":
        return style.zero_mark
    if style.numbers == "plain" or column.unit is None:
        return number
    text = f"{number:.{column.decimals}f}" if column.type == "amount" else str(number)
    if style.numbers == "full_width":
        return text.translate(_FULL_WIDTH)
    if style.numbers == "with_unit":
        return text + column.unit
    return f"{number:,}" if number >= _LEAST_WITH_COMMAS else number


def _moment(moment: date, style: Style) -> Cell:
    if style.dates == "excel" and not style.file.startswith("csv"):
        return moment
    day = f"{moment.year}{{0}}{moment.month}{{1}}{moment.day}{{2}}"
    clock = f" {moment.hour}:{moment.minute:02d}" if isinstance(moment, datetime) else ""
    texts = {
        "dots": day.format(".", ".", "") + clock,
        "chinese": day.format("年", "月", "日") + _chinese_clock(moment),
        "slashes": day.format("/", "/", "") + clock,
        "full_width": (day.format(".", ".", "") + clock).translate(_FULL_WIDTH),
    }
    return texts.get(style.dates, f"{moment:%Y-%m-%d}{clock}")


def _chinese_clock(moment: date) -> str:
    return f"{moment.hour}时{moment.minute}分" if isinstance(moment, datetime) else ""

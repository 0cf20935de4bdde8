"""The heading of a column and the note beside it: how the column is filled in, in the words of the form definition."""

from schemas.form import Column

_MOST_CHOICES = 16
_HOW = {
    "date": "日期，写成 2021-03-09",
    "datetime": "日期和时间，写成 2021-03-09 06:40",
    "integer": "整数，只写数字",
    "code": "从下拉列表中选一项",
    "codes": "可以填几种，用顿号隔开",
    "yes_no": "从下拉列表中选一项",
    "unit": "选单位全称，也可以写单位代码",
    "place": "9 位或 12 位单位代码",
    "credit_code": "18 位统一社会信用代码",
}


def heading(column: Column) -> str:
    """The text of a heading; the reader takes the star of what must be filled in and the unit in brackets."""
    return column.label + ("*" if column.required else "") + (f"\n（{column.unit}）" if column.unit else "")


def demand(column: Column) -> str:
    """Whether the column must be filled in: an error without, a warning, or nothing."""
    return "必填" if column.required else "应填，空着会提醒" if column.expected else "选填"


def manual(column: Column, choices: tuple[str, ...]) -> list[str]:
    """How the column is filled in, a sentence a line: what kind of value, out of which, the form's hint, an example."""
    lines = [_how(column)]
    if choices and column.type != "unit":
        shown = "、".join(choices[:_MOST_CHOICES])
        lines.append(f"可选：{shown}" + (f"等 {len(choices)} 项，见下拉列表" if len(choices) > _MOST_CHOICES else ""))
    if column.hint:
        lines.append(f"说明：{column.hint}")
    if column.example:
        # Of what is chosen by name some examples are codes.
        lines.append(f"示例：{column.codes.get(column.example, (column.example,))[0]}")
    return lines


def note(column: Column, choices: tuple[str, ...]) -> str:
    """The note on the heading of a column."""
    return "\n".join([f"【{demand(column)}】", *manual(column, choices)])


def _how(column: Column) -> str:
    parts = [_HOW.get(column.type, "文字")]
    if column.type == "amount":
        parts = [f"数字，最多 {column.decimals} 位小数"]
    if column.unit:
        parts.append(f"单位：{column.unit}")
    if column.max_length:
        parts.append(f"最多 {column.max_length} 字")
    if column.pattern_hint:
        parts.append(column.pattern_hint)
    return "；".join(parts)

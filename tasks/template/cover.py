"""The cover of a template (domain catalogue 4.0) and its guide for who fills it in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.form import Form
from schemas.period import Period
from schemas.unit import Unit
from tasks.template.limits import Limit
from tasks.template.values import CellValue

_ISSUED_BY = "淮南市谢家集区应急管理局"
_MOST_VERSIONS = 999
GUIDE = (
    "先填封面，再填各表。封面的填报人、单位负责人请签全名；单位代码、表号不要改。",
    "本月情况已写「有数据」。本月没有发生的，改成「零报告」，表里不要填数据行；各月现状与上月相同的，改成「无变化」。",
    "列名带 * 的必填。鼠标放在列名上可以看到怎么填、可选项和示例；手机上看不到的，请看下面的列表。",
    "列名和表头已锁定，不要改名、合并、增删列；数据行可以增加、删除、排序、调格式。",
    "有下拉列表的请选；可以填几种的，用顿号隔开。没有的内容空着，不要写“无”“略”，列名说明要求写 无 的除外。",
    "预先填好的行是上月未销号的隐患，或上月的现状：请逐行核对，改动有变化的，补上新增的。",
    "重报时把版本改为 2、3……，并填写更正说明。",
    "不要填写身份证号码。文件名请不要改。",
)


@dataclass(frozen=True)
class CoverItem:
    """A line of the cover; ``is_open`` where the sender writes, with a note and a check."""

    label: str
    value: CellValue = None
    note: str | None = None
    limit: Limit | None = None
    is_open: bool = True


def cover_items(form: Form, unit: Unit | None, month: date | None) -> tuple[CoverItem, ...]:
    """The lines in their order.

    The month's situation is given as 有数据: a template that is sent back as it was handed out must not count as a zero
    report, and so is asked about.
    """
    situations = tuple(_situations(form))
    return (
        CoverItem("表号", form.code, is_open=False),
        CoverItem("填报单位", unit.name if unit else None, "单位全称"),
        CoverItem("单位代码", unit.code if unit else None, "9 位单位代码"),
        CoverItem("报告期", Period.of("month", month).title if month else None, "写成 2021年3月 或 2021-03"),
        CoverItem("本月情况", situations[0], _note_of(situations), _one_of(situations)),
        CoverItem("版本", 1, "第一次报送写 1；更正后重报写 2、3……", _versions()),
        CoverItem("更正说明", None, "版本为 2 以上的必填：改了什么，为什么改"),
        CoverItem("填报人", None, "必填，写全名"),
        CoverItem("单位负责人", None, "必填，写全名"),
        CoverItem("联系电话"),
        CoverItem("报出日期", None, "日期，写成 2021-04-06"),
        CoverItem("制定机关", _ISSUED_BY, is_open=False),
        CoverItem("备案文号", None, "由制定机关填写"),
        CoverItem("有效期至", None, "由制定机关填写"),
    )


def _situations(form: Form) -> Iterator[str]:
    yield "有数据"
    if all(table.may_report_nothing for table in form.tables.values()):
        yield "零报告"
    if any(table.may_be_unchanged for table in form.tables.values()):
        yield "无变化"


def _note_of(situations: tuple[str, ...]) -> str:
    meant = {"有数据": "表里有数据行", "零报告": "本月没有发生，表里不填", "无变化": "与上月相同，表里不填"}
    return "\n".join(f"{each}：{meant[each]}" for each in situations)


def _one_of(words: tuple[str, ...]) -> Limit:
    return Limit("list", None, words, is_strict=True, message=f"请写 {'、'.join(words)}")


def _versions() -> Limit:
    return Limit("integer", (1, _MOST_VERSIONS), (), is_strict=True, message="请写 1、2、3 这样的数字")

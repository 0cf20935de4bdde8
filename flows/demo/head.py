"""Who reports which month: what stands on the cover or above the table, and what people write below it."""

from dataclasses import dataclass

from flows.demo.draw import draw, happens
from flows.demo.people import person, phone
from flows.demo.report import Report
from flows.demo.sheet import Line
from flows.demo.spelling import Cell, month_cell
from flows.demo.styles import Style
from schemas.period import add_months
from schemas.unit import Register

_PERSONS = 400


@dataclass(frozen=True)
class Head:
    """The texts of a head; ``month_text`` only where a report says another month than its own."""

    unit_name: str
    unit_code: str | None
    month_text: str | None
    situation: str
    filler: str
    approver: str
    phone: str
    submitted_on: str


def head_of(report: Report, register: Register) -> Head:
    """What the head of a report says."""
    unit, number = register.units[report.unit_code], draw(_PERSONS, report.unit_code, report.form_id)
    month, said = add_months(report.month, 1), report.said
    names = (unit.name, unit.name, unit.name, *unit.aliases[:1])
    return Head(
        unit_name=said.get("unit_name", names[draw(len(names), report.unit_code, report.form_id, "name")]),
        unit_code=said.get("unit_code", unit.code) or None,
        month_text=said.get("month"),
        situation=said.get("situation", _situation(report)),
        filler=person(number),
        approver=person(number + 1),
        phone=phone(number),
        submitted_on=f"{month.year}.{month.month}.{1 + draw(4, *report.key, 'submitted')}",
    )


def _situation(report: Report) -> str:
    return "零报告" if report.is_zero else "无变化" if report.is_unchanged else "有数据"


def top_rows(report: Report, title: str, style: Style, register: Register, width: int) -> list[Line]:
    """The rows above the headings: a title over the whole width, and the head block where there is no cover."""
    head, span = head_of(report, register), max(width // 3, 1)
    month = head.month_text or month_cell(report.month, style)
    month_text = month if isinstance(month, str) else f"{report.month.year}年{report.month.month}月"
    no_change = (f"本月情况：{head.situation}",) if report.is_unchanged else ()
    titles = [Line((f"谢家集区{title}",), kind="title", span=width)]
    blocks: dict[str, list[Line]] = {
        "cover": [],
        "cells": [Line((f"填报单位：{head.unit_name}", f"所属月份：{month_text}", *no_change), span=span)],
        "pairs": [Line(("填报单位", head.unit_name, "所属月份", month), span=max(width // 4, 1))],
        "line": [Line((f"填报单位：{head.unit_name}　　　　所属月份：{month_text}",), span=width)],
        "folder": [],
    }
    blank = [Line()] if happens(20, report.unit_code, report.form_id, "blank row") else []
    return titles + blank + blocks[style.head]


def notes_of(report: Report, style: Style, register: Register, width: int) -> list[Line]:
    """What stands below the table: an empty row, a note, and who filled it in."""
    if not style.has_notes:
        return []
    head = head_of(report, register)
    note: Cell = "注：1.本表逐月报送；2.没有发生的请填写零报告。"
    signed = f"填报人：{head.filler}　　　　单位负责人：{head.approver}　　　　联系电话：{head.phone}"
    return [Line(), Line((note,), span=width), Line((signed,), span=width)]

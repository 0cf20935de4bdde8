"""Reports to the files of the inbox: in which versions, under which names, with what went wrong on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from flows.demo.afterwards import REPEATED, SEQUELS, Sequel, under_another_name
from flows.demo.discipline import MISSING, arrived_at
from flows.demo.draw import choose, happens
from flows.demo.faults import FAULTS, Fault
from flows.demo.layout import sheets_of
from flows.demo.report import Document, Quirks, Report
from flows.demo.reports import IN_ONE_WORKBOOK, reports
from flows.demo.strays import RESENT, duty_roster, report_of_unknown_unit, sent_twice
from flows.demo.styles import style_of
from flows.demo.writers import write
from schemas.unit import Register

_WORDS = {
    "accident": "事故",
    "incident": "燃气事件",
    "inspection": "监督检查",
    "penalty": "行政处罚",
    "hazard": "隐患",
    "training": "培训",
    "publicity": "宣传",
    "plan_drill": "预案演练",
    "team_supply": "队伍物资",
    "officer_community": "信息员",
    "duty_disaster": "值守灾情",
    "responsibility_tip": "责任落实",
    "risk": "风险分级",
    "campaign": "专项行动",
}
_RENAMED_PCT = 12
_ALWAYS_RENAMED = ("340404103", "training", date(2021, 3, 1))
_REVISED = ("340404102", "training", date(2021, 4, 1))


def documents(register: Register) -> Iterator[Document]:
    """Every file of the inbox."""
    for report in _in_workbooks(reports(register)):
        key = (report.unit_code, report.form_id, report.month)
        if key not in MISSING:
            made = list(_versions(report, register))
            yield from made
            if key == RESENT:
                yield sent_twice(made[0])
    yield _document(report_of_unknown_unit(), register)
    yield duty_roster()


def _in_workbooks(every: Iterator[Report]) -> Iterator[Report]:
    """The reports, but for the one that stands in the workbook of another."""
    holder, held = IN_ONE_WORKBOOK
    apart: dict[tuple[str, str, date], Report] = {}
    for report in every:
        key = (report.unit_code, report.form_id, report.month)
        if key not in IN_ONE_WORKBOOK:
            yield report
        apart |= {key: replace(report, head="cells")} if key in IN_ONE_WORKBOOK else {}
    yield replace(apart[holder], quirks=Quirks(also=(apart[held],)))


def _versions(report: Report, register: Register) -> Iterator[Document]:
    fault = next((fault for fault in FAULTS if fault.matches(report)), None)
    sequel = next((sequel for sequel in SEQUELS if sequel.matches(report)), None)
    if sequel:
        yield from _before_and_after(sequel, report, register)
    elif fault:
        yield _document(fault.spoil(report), register, fault)
        if fault.is_corrected:
            yield _document(replace(report, version=2, correction="按退回意见更正"), register)
    elif (report.unit_code, report.form_id, report.month) == _REVISED:
        yield _document(_with_fewer_participants(report), register)
        yield _document(replace(report, version=2, correction="原表参训人次漏计第二场次", head="cover"), register)
    else:
        yield _document(report, register)


def _before_and_after(sequel: Sequel, report: Report, register: Register) -> Iterator[Document]:
    """What the bulletin knew of a report, and what came later."""
    if sequel.first:
        yield _document(sequel.first(report), register)
    if later := sequel.later:
        made = replace(later.change(report), version=2 if later.correction else 1, correction=later.correction)
        made = replace(made, head="cover") if sequel.first else made
        document = replace(_document(made, register), arrived_at=later.arrived_at)
        yield under_another_name(document) if later.issue_code == REPEATED else document


def _with_fewer_participants(report: Report) -> Report:
    """The first version of what is corrected later; it breaks no rule."""
    row = {**report.rows["training"][0], "participants": 41, "exam_due": 41, "examined": 38, "passed": 36}
    return replace(report, rows={"training": (row,)})


def _document(report: Report, register: Register, fault: Fault | None = None) -> Document:
    style = style_of(report)
    content = write(sheets_of(report, style, register), style.file)
    suffix = ".csv" if style.file.startswith("csv") else f".{style.file}"
    folder = report.folder or register.units[report.unit_code].name
    path = PurePosixPath(folder, f"{report.month:%Y-%m}", _stem(report, register) + suffix)
    is_spoiled = fault is not None
    return Document(path, fault.damage(content) if fault else content, arrived_at(report, is_spoiled=is_spoiled))


def _stem(report: Report, register: Register) -> str:
    name, word, month = register.units[report.unit_code].name, _WORDS[report.form_id], report.month
    if report.folder:
        return f"{word}{month.year}年{month.month}月"
    if report.quirks.also:
        return f"{name}{month.month}月报表"
    if (report.unit_code, report.form_id, month) == _ALWAYS_RENAMED:
        return f"{name}{month.month}月{word}"
    if report.version == 1 and not report.said and happens(_RENAMED_PCT, *report.key, "renamed"):
        stems = (
            f"{name}{month.month}月{word}",
            f"{month.year}年{month.month}月{report.form.title}（{name}）",
            f"{word}表最终版",
            f"{name}{month:%Y%m}{report.form.title}",
        )
        return choose(stems, *report.key, "stem")
    unit_code = report.said.get("unit_code", report.unit_code)
    return f"{unit_code}_{report.form.code}_{month:%Y%m}_v{report.version}"

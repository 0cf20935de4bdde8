"""Writes a summary: figures from the warehouse, the office's template or ours, a comment on every figure."""

import functools
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from schemas.period import Kind, Period, add_months
from schemas.unit import Register
from tasks.aside import written_aside
from tasks.summary.comments import comment_on_figures
from tasks.summary.evidence import Evidence
from tasks.summary.figures import Figures
from tasks.summary.problem import SummaryError
from tasks.summary.slot import Printer
from tasks.summary.slots import GROUPS, NAMED, PLAIN
from tasks.summary.template import Group, Template, Wanted
from warehouse.engine import Engine
from warehouse.reach import last_month
from warehouse.register import wanted_indicator
from warehouse.trace import Trace, trace
from warehouse.values import indicator_values

# By kind of period: our own template, and the name under which an office puts another in its place.
_OURS: Mapping[Kind, str] = {"half_year": "half_year.docx", "year": "year.docx"}
OWN_TEMPLATES: Mapping[Kind, str] = {"half_year": "半年总结.docx", "year": "年度总结.docx"}


def write_summary(
    engine: Engine, register: Register, period: Period, unit_code: str, templates: Path, folder: Path
) -> Path:
    """The summary of a half-year or a year as a .docx file in a folder; the same again takes its place.

    Args:
        engine: the warehouse.
        register: the units.
        period: a half-year or a year.
        unit_code: whose summary it is.
        templates: the folder with the office's own templates; it need not be there.
        folder: where the file goes.

    Raises:
        SummaryError: nothing is published for the period, or the template is wrong. The folder is as it was.
        OutputError: the file cannot be written.
    """
    template = _template(period, templates)
    wanted = template.wanted()
    figures = _figures(engine, register, period, unit_code)
    printer = Printer()
    filled = template.fill(_context(wanted, figures, printer))
    comment_on_figures(filled.docx, printer, Evidence(figures, register).comment)
    target = folder / f"{period.title}工作总结.docx"
    with written_aside(target) as aside:
        filled.save(aside)
    return target


def _template(period: Period, templates: Path) -> Template:
    if period.kind not in _OURS:
        raise SummaryError(f"总结只有半年和全年的，「{period.label}」不是，请写成 2021-H1 或 2021")
    own = templates / OWN_TEMPLATES[period.kind]
    if own.is_file():
        return Template(_content(own), str(own))
    name = _OURS[period.kind]
    return Template(resources.files("tasks.summary").joinpath("templates", name).read_bytes(), name)


def _content(own: Path) -> bytes:
    try:
        return own.read_bytes()
    except OSError as error:
        raise SummaryError(f"模板 {own} 读不了：{error.strerror}，请检查权限，或关闭正在编辑它的程序") from error


def _figures(engine: Engine, register: Register, period: Period, unit_code: str) -> Figures:
    """What is published.

    Raises:
        SummaryError: nothing is, for the period and the unit.
    """
    report = indicator_values(engine, period, unit_code)
    if report.as_of is None:
        raise SummaryError("尚未发布过指标，请先运行 huizong run")
    name = register.at(unit_code, add_months(period.end_on, -1)).name
    until = last_month(engine, period, unit_code)
    if not report.indicators or until is None:
        raise SummaryError(f"{name}没有{period.title}的已发布指标，请先把这些月份的报表放入收件箱，运行 huizong run")

    @functools.cache
    def traced(code: str, when: Period) -> Trace:
        return trace(engine, code, when, unit_code)

    return Figures(period, name, report, until, traced)


def _context(wanted: Wanted, figures: Figures, printer: Printer) -> dict[str, object]:
    """What the template asks for, and nothing else: some of it asks the warehouse."""
    named = {name: printer.offer(NAMED[name](figures)) for name in wanted.names & NAMED.keys()}
    plain = {name: PLAIN[name](figures) for name in wanted.names & PLAIN.keys()}
    groups = {
        group: Group(
            {
                code: printer.offer(make(figures, wanted_indicator(code)))
                for each, code in wanted.indicators
                if each == group
            }
        )
        for group, make in GROUPS.items()
    }
    return {**named, **plain, **groups}

"""The sample played over nine days: the bulletin, months that are closed, what comes late, and what becomes of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from rich.console import Console

from flows import show
from flows.commands import night
from flows.demo import Document, sample_documents, write_documents
from flows.demo.afterwards import BULLETIN, CLOSED_MONTHS, RELEASED, WITHDRAWN
from flows.house import House, open_house
from flows.settings import Settings
from schemas.as_of import moment_of
from schemas.calendar import SHANGHAI
from schemas.form import load_forms
from schemas.period import Period
from warehouse.acts import Act, close_month, release_month, withdraw
from warehouse.status import held_reports, is_closed, month_status

_CLOSING, _SECOND_NIGHT = date(2021, 7, 13), date(2021, 7, 16)
_DECIDING, _LAST_NIGHT = date(2021, 7, 19), date(2021, 7, 20)
_OFFICE = "示例办公室"


def play(settings: Settings, inbox: Path, out: Console) -> None:
    """Three nights and the acts between them, each as of its day; what is done already is told and left."""
    documents = sample_documents()
    _to_the_bulletin(settings, inbox, documents, out)
    house = open_house(settings)
    _close_months(house, out)
    _after_the_bulletin(settings, inbox, documents, out)
    _decide(house, out)
    _tell(out, _LAST_NIGHT, "夜间汇总，重新发布")
    show.night_report(night(settings, [str(inbox)], _LAST_NIGHT), out)


def _to_the_bulletin(settings: Settings, inbox: Path, documents: tuple[Document, ...], out: Console) -> None:
    _tell(out, BULLETIN, "6月通报：汇总此前收到的全部报表")
    write_documents(inbox, _arrived(documents, lambda arrived_at: arrived_at < _midnight(BULLETIN)))
    show.night_report(night(settings, [str(inbox)], BULLETIN), out)


def _after_the_bulletin(settings: Settings, inbox: Path, documents: tuple[Document, ...], out: Console) -> None:
    _tell(out, _SECOND_NIGHT, "夜间汇总：通报以后收到的更正、补报和重复版本")
    write_documents(inbox, _arrived(documents, lambda arrived_at: arrived_at >= _midnight(BULLETIN)))
    show.night_report(night(settings, [str(inbox)], _SECOND_NIGHT), out)


def _close_months(house: House, out: Console) -> None:
    _tell(out, _CLOSING, "一季度封账：此后收到的一季度报表先暂存")
    for month in CLOSED_MONTHS:
        title = Period.parse(f"{month:%Y-%m}").title
        if is_closed(house.engine, month):
            out.print(f"{title}已经封账，跳过。")
        else:
            close_month(house.engine, month, _act(_CLOSING, "一季度数据已核对，上报后封账"))
            out.print(f"{title}已封账。")


def _decide(house: House, out: Console) -> None:
    """Let in what is held of one report, and take out another."""
    _tell(out, _DECIDING, "放行一份暂存的更正，撤回一份误报")
    _release(house, out)
    _withdraw(house, out)


def _release(house: House, out: Console) -> None:
    unit_code, form, month = RELEASED.key
    name = _name(house, RELEASED.key)
    held = {(each.unit_code, each.form) for each in held_reports(house.engine, month)}
    if (unit_code, form) not in held:
        out.print(f"{name}没有暂存，跳过放行。")
        return
    release_month(house.engine, month, _act(_DECIDING, "事故损失已经核定，同意更正一季度数据"), form, unit_code)
    out.print(f"已放行{name}。")


def _withdraw(house: House, out: Console) -> None:
    unit_code, form, month = WITHDRAWN.key
    name = _name(house, WITHDRAWN.key)
    states = {(line.unit_code, line.form): line.state for line in month_status(house.engine, month)}
    if states[unit_code, form] != "accepted":
        out.print(f"{name}没有现行的报表，跳过撤回。")
        return
    withdraw(house.engine, form, unit_code, month, _act(_DECIDING, "报错了单位：泄漏发生在邻区"))
    out.print(f"已撤回{name}。")


def _name(house: House, key: tuple[str, str, date]) -> str:
    """谢三村街道 F06 2021年4月的报表."""
    unit_code, form, month = key
    title = Period.parse(f"{month:%Y-%m}").title
    return f"{house.register.at(unit_code, month).name} {load_forms()[form].code} {title}的报表"


def _act(day: date, why: str) -> Act:
    return Act(_OFFICE, why, moment_of(day))


def _arrived(documents: tuple[Document, ...], when: Callable[[datetime], bool]) -> tuple[Document, ...]:
    return tuple(document for document in documents if when(document.arrived_at))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def _tell(out: Console, day: date, what: str) -> None:
    out.print(f"[bold]{day}[/] {what}", highlight=False)

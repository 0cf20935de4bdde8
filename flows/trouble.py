"""The alarm after a run that failed or crashed: a hook of flows, which for a killed process its worker calls."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.logging.loggers import flow_run_logger

from flows.house import connect
from flows.settings import Settings, load_settings
from flows.tell import is_of_today, untold
from schemas.calendar import SHANGHAI
from tasks.deliver import ADMINISTRATORS, Delivery, Envelope, channels, deliver
from tasks.letters import Letter, in_words, write
from tasks.notify import send
from warehouse.engine import Engine
from warehouse.errors import WarehouseError
from warehouse.messages import is_there

_FLOWS: Mapping[str, str] = {"nightly": "夜间汇总", "reminders": "逾期提醒", "backfill": "回填", "housekeeping": "清理"}
_RAISED = re.compile(r"exception: (?P<kind>\w+): (?P<said>.*)", re.DOTALL)
# Their messages are our own sentences, which quote no data; of other errors only the kind is told.
_OURS = frozenset(
    {"CalendarEndsError", "ArchiveError", "ContactsError", "GateFailed", "SettingsError", "UnitError", "WarehouseError"}
)


def tell_trouble(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell the administrators that a run did not come to its end, once a run; not of one as of another day."""
    settings = load_settings()
    if not is_of_today(_day_asked(flow_run.parameters)):
        return
    for said in alarm(settings, letter_about(flow.name, flow_run.name, reason_of(state)), str(flow_run.id)):
        flow_run_logger(flow_run).warning(said)


def letter_about(flow: str, run: str, reason: str) -> Letter:
    """The alarm about a run of a flow, both by name."""
    day = in_words(datetime.now(SHANGHAI).date())
    return write("alarm", what=_FLOWS.get(flow, flow), day=day, run=run, reason=reason)


def alarm(settings: Settings, letter: Letter, about: str) -> tuple[str, ...]:
    """Tell the administrators of a trouble, once a day about the same; a sentence for each channel that did not work.

    Without a warehouse nothing can be written down, and that is when an alarm is needed most: it goes out all the same.
    """
    if not settings.notify:
        return ()
    envelope = Envelope("alarm", ADMINISTRATORS, datetime.now(SHANGHAI).date(), about)
    with _book(settings) as engine:
        if engine is not None:
            return untold(deliver(engine, envelope, letter, settings.notify))
    sent = [(channel, send(address, letter)) for channel, address in channels(settings.notify)]
    return untold(tuple(Delivery(channel, "failed" if error else "sent", error) for channel, error in sent))


def reason_of(state: State[Any]) -> str:
    """Why a run ended, as far as it may be told."""
    if state.is_crashed():
        return "运行中断（进程被结束，或机器停了）"
    raised = _RAISED.search(state.message or "")
    if raised is None:
        return "运行失败"
    return raised["said"].strip().rstrip("。") if raised["kind"] in _OURS else f"程序出错（{raised['kind']}）"


@contextmanager
def _book(settings: Settings) -> Iterator[Engine | None]:
    """The warehouse, if it answers and keeps the book of messages."""
    try:
        engine = connect(settings)
    except WarehouseError:
        yield None
        return
    try:
        yield engine if is_there(engine) else None
    finally:
        engine.dispose()


def _day_asked(parameters: Mapping[str, object]) -> date | None:
    request = parameters.get("request")
    today = request.get("today") if isinstance(request, Mapping) else getattr(request, "today", None)
    return date.fromisoformat(today) if isinstance(today, str) else today

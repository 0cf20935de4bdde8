"""Automations of Prefect's page: what goes wrong while nobody watches is told to the administrators.

Each starts the deployment ``alarm``, but those of which somebody else tells already. An office may switch one off on
the page or give it another action, and keeps that: an automation that is there already is left as it is.
"""

from collections.abc import Iterator
from uuid import UUID

from prefect import get_client
from prefect.events.actions import DoNothing, RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

_OURS = "prefect.tag.huizong"
RUN = "{{ flow_run.id | string }}"
# The run that the event is of: one that does not pass the audit fails, and tells of it too.
OF_RUN = "{{ event.payload['flow_run'] }}"


def register_alarms() -> None:
    """Make those that are not there yet."""
    with get_client(sync_client=True) as client:
        for automation in alarms(client.read_deployment_by_name("alarm/alarm").id):
            if not client.read_automations_by_name(automation.name):
                client.create_automation(automation)


def alarms(alarm_id: UUID) -> Iterator[AutomationCore]:
    """The automations, whose action is to run the deployment of that id."""
    yield AutomationCore(
        name="huizong 运行失败",
        description="夜间汇总、补算、催报或清理失败、崩溃或超时",
        trigger=_of_our_runs({"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"}),
        # The run itself or its worker tells of it too, if it can: the number of the run makes both one. Not the message
        # of the state, which may quote data.
        actions=[_tell(alarm_id, "运行失败：{{ flow.name }}（{{ flow_run.name }}），原因见这次运行的日志", RUN)],
    )
    yield AutomationCore(
        name="huizong 未按时开始",
        description="到点没有开始的运行：执行进程停了，或前一夜还没有跑完",
        trigger=_of_our_runs({"prefect.flow-run.Late"}),
        actions=[_tell(alarm_id, "没有按时开始：{{ flow.name }}（{{ flow_run.name }}）")],
    )
    yield AutomationCore(
        name="huizong 审核未通过",
        description="指标没有通过审核，没有发布，仍沿用上次发布的数据",
        trigger=_of_resource("huizong.audit.failed", "huizong.audit.*"),
        actions=[_tell(alarm_id, "审核未通过，没有发布：{{ event.payload['reason'] }}", OF_RUN)],
    )
    yield AutomationCore(
        name="huizong 核对不符",
        description="每周抽查发现归档、数据、指标或发布与其来源不符：有损坏，或被改动过",
        trigger=_of_resource("huizong.verify.differs", "huizong.verify.*"),
        actions=[_tell(alarm_id, "核对不符：{{ event.payload['reason'] }}", OF_RUN)],
    )
    yield AutomationCore(
        name="huizong 来源收不到",
        description="收件箱的一个来源连不上或读不了，其他来源照常收取；每夜的小结会说，这里可以另加动作",
        trigger=_of_resource("huizong.source.down", "huizong.source.*"),
        actions=[DoNothing()],
    )
    yield AutomationCore(
        name="huizong 单位未报",
        description="过了报送时间仍未报的单位；催报由 reminders 发出，这里可以另加动作",
        trigger=_of_resource("huizong.unit.missing", "huizong.unit.*"),
        actions=[DoNothing()],
    )


def _of_our_runs(events: set[str]) -> EventTrigger:
    """Once for each flow run with our tag; alarms themselves are not told of, or one that fails would tell forever."""
    return EventTrigger(
        expect=events,
        match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
        match_related=ResourceSpecification({"prefect.resource.id": _OURS, "prefect.resource.role": "tag"}),
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )


def _of_resource(event: str, resource: str) -> EventTrigger:
    return EventTrigger(
        expect={event},
        match=ResourceSpecification({"prefect.resource.id": resource}),
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )


def _tell(alarm_id: UUID, text: str, about: str = "") -> RunDeployment:
    return RunDeployment(source="selected", deployment_id=alarm_id, parameters={"text": text, "about": about})

"""An alarm as a flow, so that an automation of Prefect can start it."""

import logging

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact

from flows.settings import load_settings
from flows.trouble import alarm as tell_administrators
from tasks.letters import Letter

_log = logging.getLogger(__name__)


@flow(name="alarm", description="把出了什么问题告诉管理员")
def alarm(text: str, about: str = "") -> None:
    """Tell the administrators, on Prefect's page and over ``HUIZONG_NOTIFY``.

    Args:
        text: 要告诉管理员的话。
        about: 出问题的运行的编号；同一次运行一天只告警一次。
    """
    _log.error("%s", text)
    create_markdown_artifact(key="alarm", markdown=f"# 警报\n\n{text}", description="警报")
    for said in tell_administrators(load_settings(), Letter("huizong 警报", text), about or runtime.flow_run.id):
        _log.error("%s", said)

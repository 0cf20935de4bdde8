"""An alarm as a flow, so that an automation of Prefect can start it."""

import logging

from prefect import flow
from prefect.artifacts import create_markdown_artifact

_log = logging.getLogger("huizong.alarm")


@flow(name="alarm", description="把出了什么问题告诉管理员")
def alarm(text: str) -> None:
    """Tell the administrators.

    Args:
        text: 要告诉管理员的话。
    """
    _log.error("%s", text)
    create_markdown_artifact(key="alarm", markdown=f"# 警报\n\n{text}", description="警报")

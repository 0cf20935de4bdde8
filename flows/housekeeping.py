"""Housekeeping: Prefect's old runs are forgotten, old raw files may go, the embedded server is vacuumed.

What the law asks is kept: raw material 2 years, summaries 10 (统计法实施条例 第二十二条、第二十三条). Of the warehouse
nothing is deleted, however old.
"""

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.settings import load_settings
from flows.tidy import Tidied, carry_out, plan


@flow(name="housekeeping", description="清理：删去旧的运行记录，列出依法可以删除的原始文件，整理内置数据库")
def housekeeping() -> None:
    """One round of housekeeping; what was done is left on the page."""
    settings = load_settings()
    moment = datetime.now(UTC)
    done = carry_out(settings, plan(settings, moment), moment)
    create_markdown_artifact(key="housekeeping", markdown=_summary(done), description="清理小结")


def _summary(done: Tidied) -> str:
    return "\n".join(["# 清理", "", *(f"- {line}" for line in done.told)])

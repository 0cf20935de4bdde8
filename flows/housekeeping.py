"""Housekeeping: Prefect's old runs are forgotten, old raw files may go, the embedded server is vacuumed.

What the law asks is kept: raw material 2 years, summaries 10 (统计法实施条例 第二十二条、第二十三条). Of the warehouse
nothing is deleted, however old. Then a sample of what is stored is verified, and damage is told.
"""

from datetime import UTC, datetime

from prefect import flow, get_run_logger, runtime
from prefect.artifacts import create_markdown_artifact

from flows.events import tell_event
from flows.house import open_house
from flows.settings import Settings, load_settings
from flows.show_verify import in_short, told
from flows.tidy import carry_out, plan
from flows.verifying import USUAL, verify
from warehouse.integrity import Sample, new_seed


@flow(name="housekeeping", description="清理：删去旧的运行记录，列出依法可以删除的原始文件，整理内置数据库，抽查数据")
def housekeeping() -> None:
    """One round of housekeeping; what was done and what was found is left on the page."""
    settings = load_settings()
    moment = datetime.now(UTC)
    done = carry_out(settings, plan(settings, moment), moment)
    _leave("housekeeping", "清理", [f"- {line}" for line in done.told])
    _verify(settings)


def _verify(settings: Settings) -> None:
    """Look at a sample of everything; what is damaged is an event, of which an automation tells the administrators."""
    done = verify(open_house(settings), Sample(USUAL, new_seed()))
    _leave("verify", "核对", ["```", *told(done), "```"])
    if done.damages:
        said = in_short(done)
        get_run_logger().error("%s", said)
        run = str(runtime.flow_run.id)
        tell_event("verify.differs", run, {"reason": said, "flow_run": run})


def _leave(key: str, title: str, lines: list[str]) -> None:
    create_markdown_artifact(key=key, markdown="\n".join([f"# {title}", "", *lines]), description=f"{title}小结")

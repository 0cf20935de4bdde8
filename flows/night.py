"""What a night is asked, and what it gives: the form on Prefect's page, and the report."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from schemas.calendar import SHANGHAI
from tasks.visit import Down, Waiting

MOST_WAITING = 10
MOST_FINDINGS = 10


class NightRequest(BaseModel):
    """What the page asks before a night is started by hand."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="夜间汇总")

    today: date | None = Field(
        default=None,
        title="当作哪一天运行",
        description="不填就是今天。填以前的日子，收到的报表按那一天凌晨 02:00 入库；所属月份晚于这一天的报表会被退回。",
        json_schema_extra={"position": 0},
    )

    @property
    def day(self) -> date:
        """The day on which the night runs."""
        return self.today or datetime.now(SHANGHAI).date()


@dataclass(frozen=True)
class NightReport:
    """What a night did: new files, submissions by verdict, rows loaded, values published and changed.

    ``held`` are those that came for closed months. ``missed`` are days without a night, ``unfinished`` the starts of
    nights that did not come to their end; this one did their work too. ``untold`` says of each channel over which the
    administrators were not told of it why. ``sources_down`` could not be read, ``waiting`` are files for the next
    night. ``returned`` are the marked copies that were written for senders, ``unreturned`` says what of that failed.
    ``forgotten`` are cells whose people were taken out of the warehouse, their time of keeping being over.
    ``findings`` are sentences on what the audit found odd and let pass, ``data_docs`` the page of all audits,
    ``bulletin`` the folder of the one that was due.
    """

    files: int
    accepted: int
    rejected: int
    identical: int
    held: int
    unreadable: int
    rows: int
    values: int
    changed: int
    publication: int | None
    missed: tuple[date, ...]
    unfinished: tuple[datetime, ...]
    untold: tuple[str, ...] = ()
    sources_down: tuple[Down, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    returned: int = 0
    unreturned: tuple[str, ...] = ()
    forgotten: int = 0
    bulletin: str | None = None
    findings: tuple[str, ...] = ()
    data_docs: str | None = None

    @property
    def has_rejects(self) -> bool:
        """Whether something goes back to its sender."""
        return self.rejected + self.unreadable > 0

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody has to look after it."""
        return self.has_rejects or bool(self.sources_down)

    @property
    def left_out(self) -> list[str]:
        """A sentence for each source that was down."""
        return [f"来源未收：{each.source}：{each.reason}" for each in self.sources_down]

    @property
    def left_waiting(self) -> str:
        """A sentence on the files that wait, and no more of them than people read."""
        shown = "；".join(f"{each.file}（{each.reason}）" for each in self.waiting[:MOST_WAITING])
        more = f"等 {len(self.waiting)} 个" if len(self.waiting) > MOST_WAITING else ""
        return f"下一夜再收：{shown}{more}" if self.waiting else ""

    @property
    def audited(self) -> list[str]:
        """A sentence for each finding of the audit, no more of them than people read, and where all of it stands."""
        shown = [f"审核提示：{said}" for said in self.findings[:MOST_FINDINGS]]
        more = len(self.findings) - MOST_FINDINGS
        further = [f"审核提示另有 {more} 条"] if more > 0 else []
        return [*shown, *further, *([f"审核逐条结果：{self.data_docs}"] if self.data_docs else [])]

    @property
    def told(self) -> list[str]:
        """Sentences on what did not come, what came, what was published and what waits."""
        if self.publication is None:
            published = f"指标没有变化（{self.values} 个值），没有需要审核的，沿用上次发布"
        else:
            published = f"审核通过，已发布第 {self.publication} 版：{self.values} 个值，变动 {self.changed} 个"
        counts = (
            f"新文件 {self.files} 个；接收 {self.accepted} 份（{self.rows} 行），退回 {self.rejected} 份，"
            f"封账待处理 {self.held} 份，内容相同 {self.identical} 份，无法读取 {self.unreadable} 个文件"
        )
        waiting = [self.left_waiting] if self.waiting else []
        forgotten = [f"保存期满的个人信息已从库里清除 {self.forgotten} 处"] if self.forgotten else []
        return [*self.left_out, counts, *self.issued, *self.unreturned, *forgotten, published, *self.audited, *waiting]

    @property
    def issued(self) -> list[str]:
        """Sentences on what was written for people to read."""
        returned = [f"标注了问题的副本 {self.returned} 份，在 outbox 文件夹（单位/月份）"] if self.returned else []
        return [*returned, *([f"月度通报已生成，在 {self.bulletin}"] if self.bulletin else [])]

    @property
    def made_up(self) -> list[str]:
        """A sentence for each kind of night whose work this one did."""
        said = []
        if self.missed:
            days = "、".join(f"{day:%m-%d}" for day in self.missed)
            said.append(f"漏跑：{days} 没有跑成，本夜已一并补做；请查服务器和 huizong serve 当时是否停着")
        if self.unfinished:
            times = "、".join(f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}" for moment in self.unfinished)
            said.append(f"中断：{times} 开始的没有跑完，本夜已接着做完")
        return said

    def as_json(self) -> dict[str, object]:
        """The same for programs, with days and times in ISO form."""
        data = asdict(self)
        return data | {name: [each.isoformat() for each in data[name]] for name in ("missed", "unfinished")}

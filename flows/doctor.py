"""``huizong doctor``: looks at everything that the next night needs, and says what to do. It changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from flows import show
from flows.commands import print_json
from flows.doctor_checks import check_calendar, check_font, check_home, check_messages, check_sources, check_units
from flows.doctor_server import check_server
from flows.doctor_warehouse import check_warehouse
from flows.finding import Finding, Grade, ok, problem
from flows.prefect_api import ServerError
from flows.settings import Settings, SettingsError, load_settings
from schemas.contacts import ContactsError
from schemas.unit import UnitError
from warehouse.errors import WarehouseError

_MARKS = {Grade.OK: "[green]正常[/]", Grade.WARNING: "[yellow]注意[/]", Grade.PROBLEM: "[red]有问题[/]"}
# Their messages are written for people and hold no secrets; those of others may quote what they were given.
_EXPLAINED = (ContactsError, ServerError, SettingsError, UnitError, WarehouseError)


@dataclass(frozen=True)
class Check:
    """One thing to look at, by its name; ``ask`` gives what it found at a moment."""

    name: str
    ask: Callable[[Settings, datetime], Iterator[Finding]]


CHECKS = (
    Check("文件夹", check_home),
    Check("单位名录", check_units),
    Check("收件箱", check_sources),
    Check("工作日历", check_calendar),
    Check("中文字体", check_font),
    Check("数据仓库", check_warehouse),
    Check("Prefect 服务", check_server),
    Check("消息", check_messages),
)


def run_doctor(*, as_json: bool) -> int:
    """Print what was found: 1 when something is a problem, else 0."""
    findings = list(look())
    if as_json:
        print_json({"findings": [asdict(finding) for finding in findings]})
    else:
        _print(findings, show.console())
    return int(any(finding.grade is Grade.PROBLEM for finding in findings))


def look() -> Iterator[Finding]:
    """Everything that was found, in the order in which it is looked at."""
    try:
        settings = load_settings()
    except SettingsError as error:
        yield problem("设置", str(error), "改正这项设置，再运行 huizong doctor；其余的这次没有查")
        return
    yield ok("设置", f"HUIZONG_HOME 是 {settings.root}")
    moment = datetime.now(UTC)
    for check in CHECKS:
        yield from guarded(check, settings, moment)


def guarded(check: Check, settings: Settings, moment: datetime) -> Iterator[Finding]:
    """What a check found; where it fails, that is what was found, and the others still have their turn."""
    try:
        yield from check.ask(settings, moment)
    except _EXPLAINED as error:
        yield problem(check.name, str(error), "按这句话处理后再运行 huizong doctor；更多见 docs/operations.md")
    except Exception as error:  # noqa: BLE001 -- said below, with its kind only: its words may quote a secret
        kind = type(error).__name__
        yield problem(check.name, f"没有查成（{kind}）", "用运行 huizong serve 的用户再试；仍不成请把这一行报给维护者")


def _print(findings: list[Finding], out: Console) -> None:
    table = show.new_table("体检")
    for heading in ("项目", "结果", "是什么", "怎么办"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("项目", "结果"))
    for each in findings:
        table.add_row(each.check, _MARKS[each.grade], escape(each.what), escape(each.advice))
    out.print(table)
    counts = {grade: sum(each.grade is grade for each in findings) for grade in Grade}
    out.print(f"有问题 {counts[Grade.PROBLEM]} 项，注意 {counts[Grade.WARNING]} 项，正常 {counts[Grade.OK]} 项。")

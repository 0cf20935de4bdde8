"""Part 12: as of when, from what, and how to read it."""

from collections.abc import Sequence

from tasks.bulletin.book import Book
from tasks.bulletin.document import Section, Sentence

_LATER = "以后补报、更正和核销会改变数字，改变的在以后的通报里列出。"
_BY_DAY = "事故、事件和隐患按发生或排查日期计入当月，与何时报送无关。"
_TRACED = "网页版中点任一数字可查看口径和来源单元格。"
_HOW_TO_READ = (
    f"口径：每个指标的口径、来源列和依据见 docs/indicators.md 或 huizong explain；{_TRACED}",
    "舍入：四舍五入，百分比保留1位小数，金额保留2位小数；比率由分子、分母合计后相除，不取各单位比率的平均。",
    "零与未报：0 为报告了没有发生；“未报”为应报而没有收到；“—”为没有分母或没有数据；“…”为同期数据缺失。",
)


def imprint(book: Book) -> str:
    """As of when and which publication; it stands on every page."""
    edition = book.edition
    return f"数据截至 {in_words(book)}（第 {edition.publication} 次发布）"


def in_words(book: Book) -> str:
    """The moment of the publication in Shanghai."""
    return book.published_at.strftime("%Y-%m-%d %H:%M")


def notes(book: Book, warnings: Sequence[str]) -> Section:
    """The scope, the rounding and the sources; then what the audit warned of."""
    said = [
        f"{imprint(book)}，由 huizong {book.edition.code_version} 生成；{_LATER}",
        f"范围：{book.unit_name}及其所属单位、区直部门按月报送的报表；{_BY_DAY}",
        *_HOW_TO_READ,
        *([f"审核提醒：{warning}" for warning in warnings] or ["审核：没有提醒。"]),
    ]
    return Section("口径说明", tuple(Sentence((each,)) for each in said))

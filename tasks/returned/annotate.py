"""The bytes of a workbook and what was found in it to the bytes of its returned copy."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.found import Found
from tasks.limits import USUAL, Bounds
from tasks.returned.book import Copy, copy_of, empty_copy
from tasks.returned.heads import head_cells
from tasks.returned.listing import add_list
from tasks.returned.paint import paint
from tasks.returned.remark import Layouts, Remark, marks, remarks
from tasks.returned.save import save, without_time
from tasks.returned.verdict import Verdict

# More than anybody corrects by hand; the errors come first.
MOST_ISSUES = 5_000
_WITHOUT_SHEETS = "原文件打不开，或者太大，这里没有附上它的工作表"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Annotated:
    """A returned copy: its bytes and the ending that its name must have."""

    content: bytes
    ending: str


def annotate(
    content: bytes, issues: Iterable[Found], layouts: Layouts, verdict: Verdict, bounds: Bounds = USUAL
) -> Annotated:
    """A copy of the workbook with the issues marked and listed; of what cannot be opened the list alone.

    The same arguments give the same bytes.

    Args:
        content: the file as it arrived; nothing in it is run.
        issues: what was found in it, in the order of its sheets.
        layouts: where the tables of its submissions stand.
        verdict: what became of them.
        bounds: what the file may bring to be copied.
    """
    found = list(issues)
    try:
        return _annotate(copy_of(content, bounds), found, layouts, verdict)
    except Exception as error:  # noqa: BLE001 -- a workbook that cannot be copied must not keep the list from its sender
        _log.warning("a workbook cannot be copied for its sender: %s", type(error).__name__)
        return _annotate(empty_copy(), found, layouts, verdict)


def _annotate(copy: Copy, found: Sequence[Found], layouts: Layouts, verdict: Verdict) -> Annotated:
    every = remarks(found, layouts, copy.sheets, head_cells(copy.sheets, layouts))
    said = every[:MOST_ISSUES]
    if copy.names:
        paint(copy, marks(said))
    add_list(copy, _notice(every, said, verdict, has_sheets=bool(copy.names)), said)
    if not copy.is_own:
        without_time(copy.book)
    return Annotated(save(copy.book), ".xlsm" if copy.has_macros else ".xlsx")


def _notice(every: Sequence[Remark], said: Sequence[Remark], verdict: Verdict, *, has_sheets: bool) -> list[str]:
    errors, warnings = (sum(remark.found.severity == kind for remark in every) for kind in ("error", "warning"))
    lines = [f"共 {errors} 个错误、{warnings} 个提醒", *verdict.sentences]
    if len(every) > len(said):
        lines.append(f"问题太多，只标出、列出前 {len(said)} 个，改好后再报一次")
    if not has_sheets:
        lines.append(_WITHOUT_SHEETS)
    return [f"{line}。" for line in lines]

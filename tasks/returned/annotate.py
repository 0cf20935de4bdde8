"""The bytes of a workbook and what was found in it to the bytes of its returned copy."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.form import load_forms
from schemas.found import Found
from tasks.returned.book import Copy, copy_of, empty_copy
from tasks.returned.heads import head_cells
from tasks.returned.listing import add_list
from tasks.returned.paint import paint
from tasks.returned.remark import Layouts, Remark, marks, remarks
from tasks.returned.save import save, without_time

# More than anybody corrects by hand; the errors come first.
MOST_ISSUES = 5_000
_WITHOUT_SHEETS = "原文件打不开，或者太大，这里没有附上它的工作表"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Verdict:
    """What became of the reports in a file: their forms by ``rejected``, ``accepted`` or ``held``; none: no report."""

    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        """What happens now, a sentence for each verdict."""
        if not self.forms:
            return ["退回：没有从这个文件读出报表。改正后重新报送"]
        said = {
            "rejected": "退回，没有入库：{forms}。请改正红色的单元格，核对黄色的，保存后重新报送",
            "accepted": "已接收，已入库：{forms}。请核对黄色的单元格；确需更正的，把版本加 1、填写更正说明后重新报送",
            "held": "已收到，该月已封账，等待放行：{forms}。请核对黄色的单元格",
            "checked": "检查通过：{forms}。请核对黄色的单元格，报送前改好",
        }
        return [
            sentence.format(forms="、".join(map(_named, self.forms[kind])))
            for kind, sentence in said.items()
            if self.forms.get(kind)
        ]


@dataclass(frozen=True)
class Annotated:
    """A returned copy: its bytes and the ending that its name must have."""

    content: bytes
    ending: str


def annotate(content: bytes, issues: Iterable[Found], layouts: Layouts, verdict: Verdict) -> Annotated:
    """A copy of the workbook with the issues marked and listed; of what cannot be opened the list alone.

    The same arguments give the same bytes.

    Args:
        content: the file as it arrived; nothing in it is run.
        issues: what was found in it, in the order of its sheets.
        layouts: where the tables of its submissions stand.
        verdict: what became of them.
    """
    found = list(issues)
    try:
        return _annotate(copy_of(content), found, layouts, verdict)
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


def _named(form_id: str) -> str:
    form = load_forms()[form_id]
    return f"{form.code} {form.title}"

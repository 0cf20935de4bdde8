"""What became of the reports in a file, in sentences for their sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.form import load_forms

_SAID: Mapping[str, str] = {
    "rejected": "退回，没有入库：{forms}。请改正红色的单元格，核对黄色的，保存后重新报送",
    "accepted": "已接收，已入库：{forms}。请核对黄色的单元格；确需更正的，把版本加 1、填写更正说明后重新报送",
    "held": "已收到，该月已封账，等待放行：{forms}。请核对黄色的单元格",
    "checked": "检查通过：{forms}。请核对黄色的单元格，改好后报送",
}


@dataclass(frozen=True)
class Verdict:
    """The ids of forms by what became of them: rejected, accepted, held, or checked only; none: no report was found."""

    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        """What happens now, a sentence for each verdict."""
        if not self.forms:
            return ["没有从这个文件读出报表。请改正后重新报送"]
        given = [(sentence, self.forms[kind]) for kind, sentence in _SAID.items() if self.forms.get(kind)]
        return [sentence.format(forms="、".join(map(_named, forms))) for sentence, forms in given]


def _named(form_id: str) -> str:
    form = load_forms()[form_id]
    return f"{form.code} {form.title}"

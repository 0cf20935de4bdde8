"""The catalogue of indicators: its groups in their order, and what stands in it and is not computed."""

from collections.abc import Mapping
from dataclasses import dataclass

# In the order in which tables and bulletins have them. OWN is the office's: no indicator of the program is of it.
GROUPS: Mapping[str, str] = {
    "ACC": "生产安全事故",
    "INC": "涉险与燃气泄漏事件",
    "ENF": "监督检查与行政处罚",
    "HAZ": "事故隐患排查治理",
    "TRN": "安全教育培训",
    "PUB": "安全宣传",
    "PLN": "应急预案",
    "DRL": "应急演练",
    "TEM": "应急救援队伍",
    "SUP": "应急物资",
    "OFF": "灾害信息员",
    "COM": "综合减灾示范社区",
    "DIS": "自然灾害",
    "FLD": "应急值守",
    "FOR": "森林火灾",
    "RSP": "责任落实",
    "RSK": "安全风险分级管控",
    "TIP": "举报",
    "SUB": "报送情况",
    "CMP": "专项行动",
    "OWN": "本单位自定",
}


@dataclass(frozen=True)
class LeftOut:
    """An indicator that the forms cannot feed; ``reason`` in English for the docs, ``said`` for who asks for it."""

    code: str
    name: str
    name_en: str
    reason: str
    said: str


LEFT_OUT: Mapping[str, LeftOut] = {
    "ENF02": LeftOut(
        code="ENF02",
        name="检查覆盖率",
        name_en="inspection coverage",
        reason=(
            "It counts each enterprise visited once, out of the enterprises of F13. F03 reports numbers of visits and "
            "no credit codes, so one enterprise visited twice cannot be told from two; visits divided by enterprises "
            "would be another figure, and can exceed 100 %."
        ),
        said=(
            "它按企业去重，而 F03 只报检查家次、不报被检查企业的统一社会信用代码，同一企业查两次与查两家企业分不开。"
            "检查家次见 ENF01。"
        ),
    )
}

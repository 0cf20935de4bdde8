"""The wide monthly views of schema ``mart``: one a topic, with a column an indicator, made from their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator
from warehouse.register import load_indicators

_SCHEMA = "mart"


@dataclass(frozen=True)
class Topic:
    """What a view is about: the groups of the catalogue that it has, in Chinese and in English."""

    groups: tuple[str, ...]
    title: str
    title_en: str


TOPICS: Mapping[str, Topic] = {
    "accident_month": Topic(("ACC",), "事故", "accidents"),
    "incident_month": Topic(("INC",), "突发事件", "incidents"),
    "enforcement_month": Topic(("ENF", "CMP"), "监督检查、执法和专项行动", "inspections, penalties and campaigns"),
    "hazard_month": Topic(("HAZ",), "隐患", "hazards"),
    "training_month": Topic(
        ("TRN", "OFF", "COM"), "培训、灾害信息员和减灾示范社区", "trainings, officers and communities"
    ),
    "publicity_month": Topic(("PUB",), "宣传", "publicity"),
    "preparedness_month": Topic(
        ("PLN", "DRL", "TEM", "SUP"), "预案、演练、队伍和物资", "plans, drills, teams and supplies"
    ),
    "disaster_month": Topic(("DIS", "FLD", "FOR"), "灾情、值守和森林火灾", "disasters, duty and forest fires"),
    "responsibility_month": Topic(
        ("RSP", "RSK", "TIP"), "责任落实、企业风险和举报", "responsibility, risks of enterprises and tips"
    ),
    "reporting_month": Topic(("SUB",), "报送", "reporting"),
}
_OWN = {
    "unit_code": "单位代码 [unit code]",
    "unit_name": "单位名称 [name of the unit]",
    "unit_level": "单位层级：district 区，township 乡镇街道，other 部门和园区 [level of the unit]",
    "month": "月份，当月 1 日 [first day of the month]",
}


def monthly_view_scripts(connection: Connection) -> list[str]:
    """The statements that make the views, with comments.

    Columns stand in the order in which a view got them, so that it can be replaced in place where an indicator is new,
    and nothing that reads it has to be dropped.
    """
    return [_script(name, topic, _in_order(connection, name, topic)) for name, topic in TOPICS.items()]


def _in_order(connection: Connection, name: str, topic: Topic) -> Sequence[Indicator]:
    wanted = {each.id: each for each in load_indicators().values() if each.code[:3] in topic.groups}
    found = sa.inspect(connection)
    there = found.get_columns(name, schema=_SCHEMA) if found.has_table(name, schema=_SCHEMA) else []
    known = [column["name"] for column in there if column["name"] in wanted]
    return [wanted[each] for each in (*known, *(each for each in wanted if each not in known))]


def _script(name: str, topic: Topic, indicators: Sequence[Indicator]) -> str:
    columns = ",\n".join(
        f"    max(value) FILTER (WHERE indicator_id = '{each.id}') AS {each.id}" for each in indicators
    )
    groups = ", ".join(f"'{group}'" for group in topic.groups)
    comment = (
        f"{topic.title}月度宽表，一行一个单位一个月，空为无人报送 "
        f"[{topic.title_en} by unit and month; empty: nobody reported]"
    )
    # Identifiers have the pattern of Indicator.id, and texts of files are quoted.
    view = f"""CREATE OR REPLACE VIEW {_SCHEMA}.{name} AS
SELECT
    unit_code,
    unit_name,
    unit_level,
    start_on AS month,
{columns}
FROM {_SCHEMA}.figure
WHERE period_kind = 'month' AND dimension = '' AND left(indicator_code, 3) IN ({groups})
GROUP BY unit_code, unit_name, unit_level, start_on;
COMMENT ON VIEW {_SCHEMA}.{name} IS '{comment}';
"""  # noqa: S608 -- see above
    described = _OWN | {each.id: f"{each.code} {each.name}（{each.unit}）[{each.name_en}]" for each in indicators}
    return view + "\n".join(_comment(name, column, text) for column, text in described.items())


def _comment(name: str, column: str, text: str) -> str:
    quoted = text.replace("'", "''")
    return f"COMMENT ON COLUMN {_SCHEMA}.{name}.{column} IS '{quoted}';"

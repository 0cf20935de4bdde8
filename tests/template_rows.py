"""Legal rows of every table for templates: the row of examples, then one for every code of every small list."""

from collections.abc import Mapping
from datetime import date

from schemas.credit_code import check_character
from schemas.form import Column, Table, tables
from schemas.unit import load_register
from tasks.template.choices import choices

# A text as a careful colleague writes it, None where the cell stays blank.
TextRow = Mapping[str, str | None]
MONTH = date(2021, 3, 1)
LONGEST_SMALL = 20
_REGISTER = load_register()
# What cannot be right in March 2021, or in the report of a street, whatever stands beside it.
NEVER_RIGHT = {
    ("campaign", "campaign_code", "无"),
    ("publicity", "tag", "6·16咨询日"),
    ("publicity", "tag", "5·12防灾减灾"),
    ("publicity", "tag", "安全生产月"),
    ("training", "organizer_level", "区级"),
}
# What must stand beside a code, by table, column and code.
_BESIDE: Mapping[tuple[str, str, str], TextRow] = {
    ("accident", "industry_section", "交通运输、仓储和邮政业"): {"sector": "道路运输"},
    ("accident", "sector", "建筑施工"): {"industry_section": "建筑业", "industry_division": "47"},
    ("accident", "sector", "道路运输"): {"industry_section": "交通运输、仓储和邮政业", "industry_division": "54"},
    ("accident", "sector", "农业机械"): {"industry_section": "农、林、牧、渔业", "industry_division": "01"},
    ("accident", "sector", "水上交通渔业船舶"): {
        "industry_section": "交通运输、仓储和邮政业",
        "industry_division": "55",
    },
    ("accident", "sector", "校园"): {"industry_section": "教育", "industry_division": "83"},
    ("accident", "grade", "较大"): {"serious_injuries": "10"},
    ("accident", "grade", "重大"): {"serious_injuries": "50"},
    ("accident", "grade", "特别重大"): {"serious_injuries": "100"},
    **{
        ("hazard", "status", status): {"verified_on": None, "verifier": None}
        for status in ("未整改", "整改中", "待验收")
    },
    ("community", "stage", "创建"): {"applied_on": None},
    **{
        ("penalty", "penalty_kinds", kind): {"fine_yuan": None}
        for kind in ("警告", "没收", "停产停业", "暂扣吊销", "关闭", "拘留")
    },
    ("tip", "finding", "不属实"): {"reward_yuan": None},
    ("tip", "finding", "核查中"): {"closed_on": None},
    ("training", "category", "灾害信息员培训"): {"audience": "灾害信息员"},
}
# Columns that belong to another: which of its codes go with a code is said by a rule of the form.
_BELONGING = {("accident", "industry_section"): "industry_division", ("disaster", "disaster_type"): "disaster_subtype"}


# What carries the number of a row, where it is not the first column of the key.
_NUMBERED = {"officer": "name", "supply": "spec", "campaign": "subplan_code"}


def rows_of(table_id: str) -> list[TextRow]:
    """The rows; all fields are filled in but where something would be wrong."""
    table = tables()[table_id][1]
    if not table.key:
        return [_example(table)]
    example = _example(table)
    changes = [{}, *(_change(table, name, word) for name, word in words_of(table) if word != example[name])]
    return [_numbered(table, {**example, **change}, number) for number, change in enumerate(changes)]


def words_of(table: Table) -> list[tuple[str, str]]:
    """Every code of every small list that can be right, with its column."""
    return [
        (name, word)
        for name, column in table.columns.items()
        if column.type in ("code", "codes", "yes_no") and len(column.codes) <= LONGEST_SMALL
        for word in choices(table, name, _REGISTER, MONTH)
        if (table.id, name, word) not in NEVER_RIGHT
    ]


def _example(table: Table) -> dict[str, str | None]:
    return {name: _official(column, str(column.example)) for name, column in table.columns.items()}


def _official(column: Column, text: str) -> str:
    return column.codes[text][0] if column.type == "code" and text in column.codes else text


def _change(table: Table, name: str, word: str) -> dict[str, str | None]:
    """A code with what must stand beside it."""
    change: dict[str, str | None] = {name: word, **_BESIDE.get((table.id, name, word), {})}
    if belonging := _BELONGING.get((table.id, name)):
        change.setdefault(belonging, _part_of(table, name, word, belonging))
    for whole, part in ((whole, part) for (of, whole), part in _BELONGING.items() if of == table.id and part == name):
        change[whole] = _whole_of(table, whole, part, word)
    return change


def _pairs(table: Table, whole: str, part: str) -> Mapping[str, tuple[str, ...]]:
    """For each code of the whole those of its parts."""
    (pairs,) = [rule.pairs for rule in table.rules if {rule.column, rule.other} == {whole, part} and rule.pairs]
    return pairs


def _part_of(table: Table, whole: str, word: str, part: str) -> str | None:
    code = next(code for code, names in table.columns[whole].codes.items() if names[0] == word)
    parts = _pairs(table, whole, part).get(code, ())
    return table.columns[part].codes[parts[0]][0] if parts else None


def _whole_of(table: Table, whole: str, part: str, word: str) -> str:
    code = next(code for code, names in table.columns[part].codes.items() if names[0] == word)
    owner = next(owner for owner, parts in _pairs(table, whole, part).items() if code in parts)
    return table.columns[whole].codes[owner][0]


def _numbered(table: Table, row: dict[str, str | None], number: int) -> TextRow:
    """The row as one of several: what makes it the only one of its kind carries its number."""
    return {**row, **_unique(table.id, row, number)}


def _unique(table_id: str, row: TextRow, number: int) -> TextRow:
    match table_id:
        case "accident":
            return {"accident_no": f"SG34040420210309{number:02d}"}
        case "incident":
            day = f"2021-03-{number + 1:02d}"
            return {
                "incident_no": f"SJ340404{day.replace('-', '')}01",
                "occurred_at": f"{day} 06:30",
                "resolved_at": f"{day} 09:50",
            }
        case "hazard":
            return {"hazard_no": f"{row['hazard_no']}{number}", "description": f"{row['description']}（{number}）"}
        case "community":
            return {"year": str(2021 + number)}
        case "risk":
            return {"uscc": _credit_code(number)}
        case "inspection":
            return {}
    key = _NUMBERED.get(table_id, tables()[table_id][1].key[0])
    return {key: f"{row[key]}{number}"}


def _credit_code(number: int) -> str:
    first = f"91340404MA{number:07d}"
    return first + check_character(first)

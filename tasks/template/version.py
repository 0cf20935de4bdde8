"""The version of a form's template: a digest of what the form asks, hidden in the workbook and known by the reader."""

import hashlib
import json
from collections.abc import Sequence

from schemas.form import Column, Form, load_forms
from schemas.issue import Issue
from tasks.formats.sheet import Sheet

# Very hidden: the version, and the lists of drop-downs. Programs that know no "very hidden" keep it hidden.
HIDDEN_SHEET = "_huizong"
GUIDE_SHEET = "填表说明"
MARK = "huizong template"
# Sheets of a template that hold no data; nobody is told that they were not read.
OWN_SHEETS = frozenset({HIDDEN_SHEET, GUIDE_SHEET})
_CHARACTERS = 12


def version_of(form: Form) -> str:
    """Twelve characters that change with what the form asks: its tables, its columns and what their cells may hold.

    Hints, examples, aliases and rules are left out: an older template serves as well. So is the validity of codes: a
    template is made for a month.
    """
    asked = [
        [table.id, table.title, table.grain, [[name, *_asked(each)] for name, each in table.columns.items()]]
        for table in form.tables.values()
    ]
    text = json.dumps([form.code, form.title, asked], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_CHARACTERS]


def _asked(column: Column) -> list[object]:
    codes = [[code, names[0]] for code, names in column.codes.items()]
    bounds = [column.minimum, column.maximum, column.max_length, column.decimals, column.pattern]
    return [column.label, column.type, column.unit, column.required, column.expected, codes, bounds]


def outdated(sheets: Sequence[Sheet]) -> tuple[str, Issue] | None:
    """The code of the form whose older template a workbook was made from, and what its sender is told.

    None where it is of today's version, of no template, or of a form that is no more.
    """
    for sheet in sheets:
        if sheet.name == HIDDEN_SHEET and len(sheet.rows) >= 3:
            mark, code, version = (row[0] if row else None for row in sheet.rows[:3])
            form = next((each for each in load_forms().values() if each.code == code), None)
            if mark == MARK and form and version != version_of(form):
                return form.code, Issue("W-FILE-15", value=f"{form.code} {form.title}")
    return None

"""Four states of a submission: rows, a zero report, no change, and missing; the first three are told apart here."""

from collections.abc import Iterator, Sequence

from schemas.form import Form, Table
from schemas.issue import Issue
from tasks.head import Head
from tasks.recognise import Block

_ADVICE = {"snapshot": "请填报现状；与上月相同的，写无变化", "month": "请逐项填写，没有发生的写 0"}


def states_of(form: Form, head: Head, blocks: Sequence[Block]) -> dict[str, str]:
    """What was sent of each table: data, zero or unchanged; a table of which nothing was sent or said is left out."""
    sent = {block.table.id: block.state for block in blocks}
    states = {}
    for table_id, table in form.tables.items():
        state = sent.get(table_id)
        if state != "data" and head.situation == "unchanged" and table.may_be_unchanged:
            state = "unchanged"
        if state or head.situation == "zero":
            states[table_id] = state or "zero"
    return states


def issues_of_situation(form: Form, head: Head, blocks: Sequence[Block]) -> Iterator[Issue]:
    """Head and rows must tell the same story, and each table one that it can tell (domain section 4.1)."""
    states = states_of(form, head, blocks)
    with_rows = [form.tables[table_id] for table_id, state in states.items() if state == "data"]
    if head.situation == "zero" and with_rows:
        yield Issue("E-COV-15")
    if head.situation == "unchanged":
        yield from _issues_of_no_change(form, with_rows)
    if head.situation == "data" and not with_rows and "unchanged" not in states.values():
        yield Issue("E-COV-19")
        return
    for table in form.tables.values():
        yield from _issues_of_table(table, states.get(table.id))


def _issues_of_no_change(form: Form, with_rows: Sequence[Table]) -> Iterator[Issue]:
    if not any(table.may_be_unchanged for table in form.tables.values()):
        yield Issue("E-COV-24", value=form.title)
    elif any(table.may_be_unchanged for table in with_rows):
        yield Issue("E-COV-23")


def _issues_of_table(table: Table, state: str | None) -> Iterator[Issue]:
    if state == "unchanged" and not table.may_be_unchanged:
        yield Issue("E-COV-24", value=table.title)
    elif state == "zero" and not table.may_report_nothing:
        yield Issue("E-COV-18", value=table.title, hint=_ADVICE[table.grain])
    elif state is None and not table.may_report_nothing:
        yield Issue("E-COV-25", value=table.title)

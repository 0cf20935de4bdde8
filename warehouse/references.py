"""Lists that the program keeps and others look up, with their validity: codes, fines, due days, residents."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from schemas.calendar import due_at, due_months
from schemas.form import CodeList, Column, Form, Span, code_lists
from schemas.reference import accident_fines, reference_values
from warehouse import tables as t
from warehouse.forms import Definitions

_ALWAYS = (Span(),)


def sync_codes(connection: Connection, definitions: Definitions) -> None:
    """Bring ``core.code`` in step with ``schemas/codes`` and with the codes that stand in the forms themselves."""
    shared = code_lists()
    rows = [row for name, listed in shared.items() for row in _codes(name, listed)]
    rows += [row for name, listed in _lists_of_columns(definitions, shared) for row in _codes(name, listed)]
    connection.execute(sa.delete(t.code))
    connection.execute(sa.insert(t.code), rows)


def list_name(table_id: str, name: str, column: Column, shared: Mapping[str, CodeList]) -> str:
    """The list in ``core.code`` that has the codes of a column: a shared one, or one of its own."""
    return next((each for each, listed in shared.items() if listed.codes == column.codes), f"{table_id}.{name}")


def _lists_of_columns(definitions: Definitions, shared: Mapping[str, CodeList]) -> Iterator[tuple[str, CodeList]]:
    for table_id, (form, table) in definitions.items():
        for name, column in table.columns.items():
            own = list_name(table_id, name, column, shared)
            if column.codes and own not in shared:
                source = f"{form.code} {form.title}"
                yield own, CodeList(title=column.label, source=source, codes=column.codes, valid=column.valid)


def _codes(name: str, listed: CodeList) -> Iterator[dict[str, Any]]:
    for position, (code, names) in enumerate(listed.codes.items()):
        for span in listed.valid.get(code, _ALWAYS):
            yield {
                "list": name,
                "code": code,
                "name": names[0],
                "position": position,
                "valid_from": span.start,
                "valid_to": span.end,
                "source": listed.source,
            }


def sync_fines(connection: Connection) -> None:
    """Bring ``core.accident_fine`` in step with ``schemas/reference``."""
    rows = [
        {
            "grade": each.grade,
            "valid_from": each.start,
            "valid_to": each.end,
            "lowest_wan": each.low,
            "highest_wan": each.high,
            "source": each.source,
        }
        for each in accident_fines()
    ]
    connection.execute(sa.delete(t.accident_fine))
    connection.execute(sa.insert(t.accident_fine), rows)


def sync_due_days(connection: Connection, forms: Iterable[Form]) -> None:
    """Bring ``core.due_day`` in step with ``schemas/holidays.toml``: when each form is due, in every month it knows."""
    rows = [
        {"form": form.id, "month": month, "due_at": due_at(month, form.due_workday)}
        for form in forms
        for month in due_months()
    ]
    connection.execute(sa.delete(t.due_day))
    connection.execute(sa.insert(t.due_day), rows)


def sync_reference_values(connection: Connection) -> None:
    """Bring ``core.reference_value`` in step with ``schemas/reference``."""
    rows = [
        {
            "name": each.name,
            "unit_code": each.unit_code,
            "valid_from": each.start,
            "valid_to": each.end,
            "amount": each.amount,
            "measure": each.measure,
            "source": each.source,
        }
        for each in reference_values()
    ]
    connection.execute(sa.delete(t.reference_value))
    connection.execute(sa.insert(t.reference_value), rows)

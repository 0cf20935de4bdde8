"""The template of a form for a unit and a month, begun with what the warehouse knows."""

from datetime import date

from flows.house import House
from schemas.form import Form, load_forms
from schemas.unit import Register
from tasks.handout import Handout
from tasks.template.book import write_template
from tasks.template.content import Filing, file_name, template_of
from warehouse.prefill import rows_to_begin_with


def prefilled(house: House, form_id: str, unit_code: str, month: date) -> Handout:
    """The workbook in which a unit reports a form of a month; it holds names and phones of that unit."""
    form = load_forms()[form_id]
    filing = Filing(unit_code, month)
    rows = rows_to_begin_with(house.engine, form, unit_code, month)
    return Handout(file_name(form, filing), write_template(template_of(form, house.register, filing, rows)))


def blank(register: Register, form: Form, filing: Filing) -> Handout:
    """The workbook without rows."""
    return Handout(file_name(form, filing), write_template(template_of(form, register, filing)))

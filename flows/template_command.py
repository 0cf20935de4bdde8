"""``huizong template``: blank workbooks into a folder, for a unit and a month begun with its own rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.markup import escape

from flows import show
from flows.commands import form_of, month_of, unit_code_in
from flows.house import open_house
from flows.settings import Settings, load_settings
from flows.templates import blank, prefilled
from schemas.form import load_forms
from schemas.unit import Register, UnitError
from tasks.handout import Handout, lay_out
from tasks.standing import issues_of_standing
from tasks.template.content import Filing


def write_templates(forms: Sequence[str], out: Path, unit: str | None, month: str | None) -> None:
    """Write the forms that are asked for, else those that the unit owes, else all.

    Raises:
        FormError: there is no such form.
        PeriodError: the month is none.
        UnitError: there is no such unit, not in the month, or it owes no form.
        HandoutError: a file of another content lies in the folder.
    """
    settings = load_settings()
    register = settings.register()
    asked = month_of(month).start_on if month is not None else None
    filing = Filing(unit_code_in(register, unit) if unit is not None else None, asked)
    ids = list(dict.fromkeys(map(form_of, forms))) or _owed(register, filing)
    _check_standing(register, filing)
    files = list(_templates(settings, register, ids, filing))
    lay_out(out, files)
    console = show.console()
    for file in files:
        console.print(escape(str(out / file.name)), soft_wrap=True, highlight=False)
    console.print(
        f"共 {len(files)} 个模板。" + ("预填了行的含该单位的姓名、电话，只交给该单位。" if unit and month else "")
    )


def _templates(settings: Settings, register: Register, ids: Sequence[str], filing: Filing) -> Iterator[Handout]:
    if filing.unit_code and filing.month and _has_warehouse(settings):
        house = open_house(settings)
        yield from (prefilled(house, form_id, filing.unit_code, filing.month) for form_id in ids)
    else:
        yield from (blank(register, load_forms()[form_id], filing) for form_id in ids)


def _has_warehouse(settings: Settings) -> bool:
    """Whether there is one to ask; none is made for a template."""
    return settings.warehouse_url is not None or (settings.root / "postgres").is_dir()


def _owed(register: Register, filing: Filing) -> list[str]:
    """The forms that the unit owes in the month, without a month those that it owes for good; all without a unit."""
    if filing.unit_code is None:
        return sorted(load_forms(), key=_code)
    owed = {
        duty.form
        for duty in register.duties()
        if duty.unit_code == filing.unit_code and _lasts(duty.valid_from, duty.valid_to, filing.month)
    }
    if not owed:
        raise UnitError(f"「{register.units[filing.unit_code].name}」没有应报的报表，请写明要哪几张，如 F05")
    return sorted(owed, key=_code)


def _code(form_id: str) -> str:
    return load_forms()[form_id].code


def _lasts(valid_from: date, valid_to: date | None, month: date | None) -> bool:
    if month is None:
        return valid_to is None
    return valid_from <= month and (valid_to is None or month < valid_to)


def _check_standing(register: Register, filing: Filing) -> None:
    """A unit that did not stand in the month would fill in a report that is refused."""
    if filing.unit_code and filing.month:
        for issue in issues_of_standing(filing.unit_code, filing.month, register):
            raise UnitError(issue.message)

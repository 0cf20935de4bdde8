"""The commands of administrators: close, reopen and release a month, withdraw a report, and the book of their acts."""

import getpass
from dataclasses import asdict
from datetime import datetime

from flows import show
from flows.commands import form_of, month_of, print_json, unit_code_of
from flows.house import House, open_house
from flows.settings import SettingsError, load_settings
from flows.show_audit import audit_table
from schemas.as_of import moment_of
from schemas.form import load_forms
from warehouse.acts import Act, close_month, release_month, reopen_month, withdraw
from warehouse.audit import audit_lines

_LATER = "指标在下次 huizong run 时重算。"


def act_of(reason: str, by: str | None, today: datetime | None = None) -> Act:
    """Who acts, why and as of when; without a name the person who is logged in.

    Raises:
        SettingsError: the machine knows no name.
    """
    return Act(who=_login() if by is None else by, why=reason, at=moment_of(today.date() if today else None))


def _login() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:
        raise SettingsError("不知道登录用户名，请用 --by 写明经办人") from error


def close(month: str, act: Act) -> None:
    """Close a month, and say what becomes of what comes later."""
    period = month_of(month)
    close_month(_house(act).engine, period.start_on, act)
    _say(f"{period.title}已封账。")
    _say(
        f"此后收到的补报和更正暂存，由 huizong status {period.label} 列出；"
        f"放行：huizong month release {period.label} --reason 理由"
    )


def reopen(month: str, act: Act) -> None:
    """Open a closed month, and say how many reports still wait."""
    period = month_of(month)
    held = reopen_month(_house(act).engine, period.start_on, act)
    _say(f"{period.title}已解封，暂存待处理的报表 {held} 份。")
    if held:
        _say(f"放行：huizong month release {period.label} --reason 理由")


def release(month: str, act: Act, form: str | None, unit: str | None) -> int:
    """Let in what is held: 1 when something of it went back, else 0."""
    period, form_id = month_of(month), form_of(form) if form is not None else None
    house = _house(act)
    unit_code = unit_code_of(house, unit) if unit is not None else None
    done = release_month(house.engine, period.start_on, act, form_id, unit_code)
    _say(f"{period.title}放行：接收报表 {done.accepted} 份（{done.rows} 行），退回 {done.rejected} 份。{_LATER}")
    if done.rejected:
        _say(f"退回的原因见 huizong status {period.label}。")
    return int(done.rejected > 0)


def take_out(form: str, unit: str, month: str, act: Act) -> None:
    """Withdraw what is in force and what is held of a form, a unit and a month."""
    period, form_id = month_of(month), form_of(form)
    house = _house(act)
    unit_code = unit_code_of(house, unit)
    withdraw(house.engine, form_id, unit_code, period.start_on, act)
    name = house.register.at(unit_code, period.start_on).name
    _say(f"已撤回{name} {load_forms()[form_id].code} {period.title}的报表。{_LATER}")


def show_audit(month: str | None, *, as_json: bool) -> None:
    """The book of acts, newest last: all of it, or that of one month."""
    period = month_of(month) if month is not None else None
    lines = audit_lines(open_house(load_settings()).engine, period.start_on if period else None)
    if as_json:
        print_json({"acts": [asdict(line) for line in lines]})
    else:
        audit_table(lines, show.console())


def _house(act: Act) -> House:
    return open_house(load_settings(), act.at)


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- the output itself

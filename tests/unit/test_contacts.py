"""The list of contacts: wrong lines are named, and nothing of an address is."""

import pytest

from flows.settings import Settings, SettingsError, load_settings
from schemas.contacts import ContactsError, parse_contacts, split_addresses
from schemas.unit import load_register

STREET = "340404001"
SECRET = "geheim123"


def refused(text: str) -> str:
    with pytest.raises(ContactsError) as raised:
        parse_contacts(text, load_register(), "contacts.toml")
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None
    return str(raised.value)


def test_a_unit_is_given_by_its_code_or_its_name() -> None:
    text = f'"{STREET}" = ["json://a"]\n"杨公镇" = "json://b"\n'
    assert sorted(parse_contacts(text, load_register()).values()) == [("json://a",), ("json://b",)]


def test_addresses_are_separated_by_commas_or_blanks_and_a_comma_inside_of_one_stays() -> None:
    text = " json://a,wecombot://b\nmailto://u:p@h?to=x@y.z,v@y.z  lark://c "
    assert split_addresses(text) == ("json://a", "wecombot://b", "mailto://u:p@h?to=x@y.z,v@y.z", "lark://c")


def test_an_unknown_unit_is_named_with_its_line() -> None:
    assert "contacts.toml 第 2 行「幸福街道」" in refused(f'"{STREET}" = []\n"幸福街道" = ["json://{SECRET}"]\n')


def test_a_unit_stands_there_once() -> None:
    said = refused(f'"谢家集街道" = ["json://{SECRET}"]\n"{STREET}" = ["json://{SECRET}"]\n')
    assert f"第 2 行「{STREET}」：这个单位写了两次" in said


@pytest.mark.parametrize("value", ["3", f'[["{SECRET}"]]', f'{{ url = "{SECRET}" }}'])
def test_what_is_no_list_of_addresses_is_named_with_its_line(value: str) -> None:
    assert "第 1 行「谢家集街道」" in refused(f'"谢家集街道" = {value}\n')


def test_which_address_has_no_shape_is_said_by_its_number() -> None:
    assert "第 2 个" in refused(f'"谢家集街道" = ["json://a", "{SECRET}"]\n')


def test_what_is_no_toml_is_named_with_its_line() -> None:
    assert "contacts.toml 第 2 行" in refused(f'"{STREET}" = []\n谢家集街道 = json://{SECRET}\n')


@pytest.mark.parametrize(
    ("name", "value"), [("HUIZONG_NOTIFY", f"json://a, {SECRET}"), ("HUIZONG_WAREHOUSE_URL", f"mysql://u:{SECRET}@h")]
)
def test_a_wrong_secret_setting_is_named_and_not_quoted(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as raised:
        load_settings()
    assert SECRET not in f"{raised.value} {raised.value.__cause__!r}"


def test_the_addresses_of_the_administrators_are_not_shown_with_the_settings() -> None:
    assert SECRET not in repr(Settings(notify=(f"json://{SECRET}",)))

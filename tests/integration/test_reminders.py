"""Units that are late are told once a working day, and the administrators how that went."""

import base64
import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from flows.house import House
from flows.remind import Reminders, plan_reminders, send_reminders
from flows.settings import Settings, SettingsError
from schemas.contacts import ContactsError
from schemas.form import load_forms
from schemas.unit import Register
from tasks.deliver import Delivery
from tasks.outstanding import outstanding
from tests.integration.builders import build_batch, report
from tests.integration.facts import STREET, TOWN, hazard, training
from tests.integration.huizong import huizong, new_home
from tests.integration.mailbox import Mailbox, open_mailbox
from warehouse.acts import Act, close_month, withdraw
from warehouse.engine import Engine, open_engine
from warehouse.load import load
from warehouse.messages import Message, claim

DAY, MARCH = date(2021, 4, 20), date(2021, 3, 1)
ACT = Act(who="管理员", why="如所述")
SECRET = "token-geheim"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@dataclass
class Office:
    """An installation with contacts, its mailbox, and what is done there."""

    engine: Engine
    register: Register
    mailbox: Mailbox
    home: Path

    def house(self, engine: Engine | None = None) -> House:
        notify = (f"{self.mailbox.address('admin')}?+key={SECRET}",)
        return House(Settings(home=self.home, notify=notify), self.register, engine or self.engine)

    def contacts(self, **units: Sequence[str]) -> None:
        """Channels by unit: ``STREET=("a", "b")``."""
        codes = {"STREET": STREET, "TOWN": TOWN}
        lines = [
            f"{json.dumps(codes[unit])} = {json.dumps([f'{self.mailbox.address(n)}?+key={SECRET}' for n in names])}"
            for unit, names in units.items()
        ]
        (self.home / "contacts.toml").write_text("\n".join(lines), encoding="utf-8")

    def remind(self, day: date = DAY, engine: Engine | None = None) -> Reminders:
        house = self.house(engine)
        return send_reminders(house, plan_reminders(house, day))

    def messages(self) -> list[str]:
        """Every row of the book of messages as text."""
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text("SELECT to_jsonb(m)::text FROM core.message AS m")).scalars())


@pytest.fixture
def office(engine: Engine, register: Register, mailbox: Mailbox, tmp_path: Path) -> Office:
    opened = Office(engine, register, mailbox, tmp_path)
    opened.contacts(STREET=["street"])
    return opened


def street_of(done: Reminders) -> tuple[Delivery, ...]:
    (found,) = [each.deliveries for each in done.units if each.told.unit_code == STREET]
    return found


def late_forms(engine: Engine, day: date = DAY) -> dict[str, str]:
    """The forms of March that are late of the street, with what stands for each."""
    return {
        each.form: each.state for each in outstanding(engine, day) if (each.unit_code, each.month) == (STREET, MARCH)
    }


def test_who_is_late_gets_one_message_with_everything_that_is_missing(office: Office) -> None:
    office.remind()

    (said,) = office.mailbox.of("street")
    owed = [each for each in outstanding(office.engine, DAY) if each.unit_code == STREET]
    assert len(owed) > 5
    assert all(f"{each.form_code} {each.form_title}" in said for each in owed)
    assert all(f"{each.due_on.day}日 截止，已逾期 {each.days_late} 天" in said for each in owed)
    assert said.startswith("报表逾期提醒：谢三村街道\n")


def test_what_is_not_due_before_the_end_of_its_day_is_not_late(office: Office) -> None:
    due_on = next(each.due_on for each in outstanding(office.engine, DAY) if each.form == "training")

    assert "training" not in late_forms(office.engine, due_on)
    assert "training" in late_forms(office.engine, date(due_on.year, due_on.month, due_on.day + 1))


def test_what_was_accepted_is_not_late_and_neither_is_a_zero_report(office: Office) -> None:
    before = late_forms(office.engine)
    load(office.engine, build_batch(report("training", STREET, "2021-03", training("2021-03-05"))))
    load(office.engine, build_batch(report("incident", STREET, "2021-03")))

    assert before.keys() - late_forms(office.engine).keys() == {"training", "incident"}


def test_what_was_sent_back_carries_its_first_message(office: Office) -> None:
    errors = ["第 3 行「人数」：不是数字", "第 4 行也错"]
    load(office.engine, build_batch(report("training", STREET, "2021-03", training("2021-03-05"), errors=errors)))
    office.remind()

    (said,) = office.mailbox.of("street")
    assert "被退回，有 2 个错误，第一个：第 3 行「人数」：不是数字" in said
    assert errors[1] not in said


def test_what_was_withdrawn_is_asked_for_again(office: Office) -> None:
    load(office.engine, build_batch(report("training", STREET, "2021-03", training("2021-03-05"))))
    withdraw(office.engine, "training", STREET, MARCH, ACT)

    assert late_forms(office.engine)["training"] == "withdrawn"


def test_months_without_any_report_are_asked_for_from_the_first_that_has_one(office: Office) -> None:
    load(office.engine, build_batch(report("training", STREET, "2021-01", training("2021-01-05"))))

    assert {each.month.month for each in outstanding(office.engine, DAY)} == {1, 2, 3}


def test_a_closed_month_is_asked_for_only_by_name(office: Office) -> None:
    close_month(office.engine, MARCH, ACT)

    assert outstanding(office.engine, DAY) == []
    assert outstanding(office.engine, DAY, MARCH)


@pytest.mark.parametrize(
    ("day", "is_sent"),
    [(date(2021, 5, 3), False), (date(2021, 4, 24), False), (date(2021, 4, 25), True)],
    ids=["holiday", "Saturday", "Sunday on which offices work"],
)
def test_only_working_days_are_for_reminders(office: Office, day: date, is_sent: bool) -> None:
    done = office.remind(day)

    assert done.is_working_day == is_sent
    assert [len(office.mailbox.of(name)) for name in ("street", "admin")] == [int(is_sent)] * 2
    assert bool(office.messages()) == is_sent


def test_nothing_is_sent_twice_on_a_day_and_again_on_the_next(office: Office) -> None:
    office.remind()
    again = office.remind()
    sent = [len(office.mailbox.of(name)) for name in ("street", "admin")]
    office.remind(date(2021, 4, 21))

    assert sent == [1, 1]
    assert [each.outcome for each in (*street_of(again), *again.administrators)] == ["already", "already"]
    assert [len(office.mailbox.of(name)) for name in ("street", "admin")] == [2, 2]


def test_two_at_once_send_one(office: Office, warehouse_url: str) -> None:
    office.contacts(STREET=["street", "street"], TOWN=["town"])
    engines = [open_engine(warehouse_url) for _ in range(4)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(lambda own: office.remind(engine=own), engines))
    for each in engines:
        each.dispose()

    assert [len(office.mailbox.of(name)) for name in ("street", "town", "admin")] == [2, 1, 1]


def test_a_channel_that_fails_is_reported_and_tried_again_alone(office: Office) -> None:
    office.contacts(STREET=["street", "group"])
    office.mailbox.broken.add("group")
    first = office.remind()
    office.mailbox.broken.clear()
    second = office.remind()

    assert first.has_failures
    assert street_of(first) == (Delivery("json-1", "sent"), Delivery("json-2", "failed", "对方返回 503"))
    assert street_of(second) == (Delivery("json-1", "already"), Delivery("json-2", "sent"))
    assert [len(office.mailbox.of(name)) for name in ("street", "group")] == [1, 1]
    (told,) = office.mailbox.of("admin")
    assert "没有送达，下次运行再试：" in told
    assert "json-2 对方返回 503" in told


def test_a_server_that_is_not_there_is_reported_and_the_others_are_told(office: Office) -> None:
    office.contacts(STREET=["street"], TOWN=["town"])
    text = (office.home / "contacts.toml").read_text(encoding="utf-8")
    nowhere = text.replace(f":{office.mailbox.port}/street", ":9/street")
    (office.home / "contacts.toml").write_text(nowhere, encoding="utf-8")

    assert street_of(office.remind()) == (Delivery("json-1", "failed", "连不上，或对方没有接收"),)
    assert len(office.mailbox.of("town")) == 1


def test_what_a_process_began_to_send_and_did_not_end_is_not_sent_again_and_told(office: Office) -> None:
    claim(office.engine, Message("reminder", STREET, "json-1", DAY))
    done = office.remind()

    assert street_of(done) == (Delivery("json-1", "unclear"),)
    assert office.mailbox.of("street") == []
    (told,) = office.mailbox.of("admin")
    assert "不能确认是否送达（发送时中断，今天不再发）" in told


def test_units_without_contacts_are_told_to_the_administrators(office: Office) -> None:
    done = office.remind()

    (told,) = office.mailbox.of("admin")
    listed = next(line for line in told.splitlines() if "没有联系方式" in line)
    names = {each.told.unit_name for each in done.units if each.told.unit_code != STREET}
    assert all(name in listed for name in names)
    assert f"逾期报表 {len(outstanding(office.engine, DAY))} 份，涉及 {len(done.units)} 个单位" in told


def test_who_is_not_late_hears_nothing(office: Office) -> None:
    close_month(office.engine, MARCH, ACT)

    assert office.remind().summary is None
    assert (office.mailbox.received, office.messages()) == ([], [])


def test_addresses_stay_secret(
    office: Office, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    # What this library says of its connections is not ours, and where Prefect was imported it is printed too.
    caplog.set_level("INFO", logger="urllib3")
    office.mailbox.broken.update({"street", "admin"})
    with caplog.at_level("DEBUG"):
        done = office.remind()

    rows = office.messages()
    output = capfd.readouterr()
    own_log = [each.getMessage() for each in caplog.records if not each.name.startswith("urllib3")]
    assert len(rows) == 2
    for told in (*rows, *own_log, output.out, output.err, repr([each.deliveries for each in done.units])):
        assert SECRET not in told
        assert "127.0.0.1" not in told


def test_an_address_that_no_service_knows_stops_all_before_anything_is_sent(office: Office) -> None:
    office.contacts(STREET=["street"], TOWN=["town"])
    text = (office.home / "contacts.toml").read_text(encoding="utf-8")
    (office.home / "contacts.toml").write_text(text.replace("json://", "jsno://", 1), encoding="utf-8")

    with pytest.raises(ContactsError, match="第 1 个网址") as raised:
        office.remind()
    assert SECRET not in str(raised.value)
    assert office.mailbox.received == []


def test_a_wrong_address_of_the_administrators_is_a_wrong_setting(office: Office) -> None:
    settings = Settings(home=office.home, notify=(f"wecmbot://{SECRET}",))
    with pytest.raises(SettingsError, match=r"HUIZONG_NOTIFY：第 1 个") as raised:
        plan_reminders(House(settings, office.register, office.engine), DAY)
    assert SECRET not in str(raised.value)


def test_a_dry_run_prints_the_texts_and_sends_and_writes_nothing(office: Office, warehouse_url: str) -> None:
    with new_home() as home:
        home.mkdir()
        (home / "contacts.toml").write_text((office.home / "contacts.toml").read_text(encoding="utf-8"), "utf-8")
        settings = {
            "HUIZONG_WAREHOUSE_URL": warehouse_url,
            "HUIZONG_NOTIFY": f"{office.mailbox.address('admin')}?+k={SECRET}",
        }
        shown = huizong(home, "remind", "--today", "2021-04-20", "--dry-run", **settings)
        told = huizong(home, "remind", "--today", "2021-04-20", "--dry-run", "--month", "2021-03", "--json", **settings)
        real = huizong(home, "remind", "--today", "2021-04-20", **settings)

    assert (shown.returncode, told.returncode, real.returncode) == (0, 0, 2), shown.stderr + told.stderr
    assert "试运行：什么也没有发" in shown.stdout
    assert "未报：F" in shown.stdout
    assert "chmod 600" in shown.stdout
    answer = json.loads(told.stdout)
    (street,) = [each for each in answer["units"] if each["unit_code"] == STREET]
    assert street["text"] in shown.stdout
    assert (street["channels"], street["deliveries"], street["late"][0]["month"]) == (["json-1"], [], "2021-03")
    assert "--dry-run" in real.stderr
    assert SECRET not in shown.stdout + shown.stderr + told.stdout + told.stderr
    assert (office.mailbox.received, office.messages()) == ([], [])


def test_the_templates_of_what_is_missing_go_along_where_files_can(office: Office) -> None:
    rejected = report("training", STREET, "2021-03", training("2021-03-05"), errors=["日期不对"])
    february = report("hazard", STREET, "2021-02", hazard("2021-02-05", 7))
    load(office.engine, build_batch(rejected, february))
    text_only = f"gotify://127.0.0.1:{office.mailbox.port}/{'a' * 15}"
    listed = [office.mailbox.address("street"), text_only]
    (office.home / "contacts.toml").write_text(f"{json.dumps(STREET)} = {json.dumps(listed)}", encoding="utf-8")

    office.remind()

    said = {path.strip("/"): message for path, message in office.mailbox.received}
    files = {each["filename"]: base64.b64decode(each["base64"]) for each in said["street"]["attachments"]}
    missing = {form for form, state in late_forms(office.engine).items() if state == "missing"}
    codes = {load_forms()[form].code for form in missing}
    assert {name for name in files if "_202103_" in name} == {f"{STREET}_{code}_202103_v1.xlsx" for code in codes}
    assert "F06" not in codes, "what went back is there already"
    ledger = openpyxl.load_workbook(io.BytesIO(files[f"{STREET}_F05_202103_v1.xlsx"]))["隐患台账"]
    assert ledger["A4"].value == hazard("2021-02-05", 7)["hazard_no"]
    assert not said["admin"]["attachments"]
    assert "attachments" not in said["message"]
    assert said["message"]["message"] == said["street"]["message"]

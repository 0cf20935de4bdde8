"""The outbox after nights: what is wrong goes back once, and what was put right is settled."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from flows.house import House
from flows.returned import Returned, return_workbooks
from flows.settings import Settings
from schemas.unit import Register
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.returned.own import TITLE
from tasks.validate import validate
from tests.integration.facts import STREET
from tests.integration.huizong import answer, huizong, new_home
from tests.integration.mailbox import Mailbox, open_mailbox
from tests.returned import corrected, marked, opened
from tests.unit.test_returned import address, as_csv
from tests.workbooks import HEAD, TRAINING, Cell, grid, xlsx
from warehouse.engine import Engine
from warehouse.files import known_files
from warehouse.load import load

APRIL = ("填报单位：谢三村街道", "所属月份：2021年4月")
DAY = date(2021, 5, 8)
PLACE = "谢三村街道/2021-03"


def training(*, head: tuple[str, str] = HEAD, **changes: Cell) -> list[list[Cell]]:
    return grid("training", {**TRAINING, **changes}, head=head)


BAD = xlsx(台账=training(participants="约30", title=None))


@dataclass
class Office:
    """An installation and its nights, step by step as the flow has them."""

    engine: Engine
    register: Register
    home: Path

    @property
    def house(self) -> House:
        return House(Settings(home=self.home, settle_seconds=0), self.register, self.engine)

    @property
    def outbox(self) -> Path:
        return self.home / "outbox"

    def put(self, name: str, content: bytes) -> None:
        path = self.home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def load(self) -> int:
        """What a night does before it feeds back; how many reports it accepted."""
        settings = self.house.settings
        files = collect_all(settings.sources, known_files(self.engine), settings.means).files
        return load(self.engine, validate(read_batch(files, self.register, DAY), self.register)).accepted

    def feed_back(self, *, tells: bool = False) -> Returned:
        return return_workbooks(self.house, tells=tells)

    def night(self, **files: bytes) -> Returned:
        """A night to which these files came; ``a__xlsx`` is a.xlsx."""
        for name, content in files.items():
            self.put(name.replace("__", "."), content)
        self.load()
        return self.feed_back()

    def lying(self) -> dict[str, bytes]:
        """Everything in the outbox by its path."""
        paths = [path for path in self.outbox.rglob("*") if path.is_file()]
        return {f"{path.relative_to(self.outbox)}": path.read_bytes() for path in paths}

    def open(self) -> set[str]:
        """The copies that wait for their senders."""
        return {path for path in self.lying() if "已办结" not in path and path != ".returned.json"}


@pytest.fixture
def office(engine: Engine, register: Register, tmp_path: Path) -> Office:
    return Office(engine, register, tmp_path)


def put_right(copy: bytes, right: Mapping[str, Cell], sheet: str = "台账") -> bytes:
    """The copy with every cell that is marked red changed, and nothing else."""
    red = {at for (_, at), severity in marked(opened(copy)).items() if severity == "error"}
    assert red == {address(field) for field in right}
    return corrected(copy, {(sheet, address(field)): value for field, value in right.items()})


def test_fixing_only_the_marked_cells_makes_a_workbook_pass(office: Office) -> None:
    table = as_csv(training(head=APRIL, started_on="2021-13-01", ended_on="2021-04-09"))
    assert office.night(甲__xlsx=BAD, 乙__csv=table).written == 2
    assert office.open() == {f"{PLACE}/甲.xlsx", "谢三村街道/2021-04/乙.xlsx"}
    first, second = (office.outbox / each for each in (f"{PLACE}/甲.xlsx", "谢三村街道/2021-04/乙.xlsx"))
    assert opened(first.read_bytes()).sheetnames == [TITLE, "台账"]

    office.put("甲改.xlsx", put_right(first.read_bytes(), {"participants": 30, "title": "春季培训"}))
    office.put("乙改.xlsx", put_right(second.read_bytes(), {"started_on": "2021-04-08"}, "csv"))

    assert office.load() == 2
    assert office.feed_back() == Returned(0)
    assert office.open() == set()
    assert f"{PLACE}/已办结/甲.xlsx" in office.lying()


def test_a_file_that_is_too_large_goes_back_as_a_list_until_a_smaller_one_lies_in_its_place(office: Office) -> None:
    place = office.home / "inbox" / PLACE / "甲.xlsx"
    place.parent.mkdir(parents=True)
    with place.open("wb") as endless:
        endless.truncate(1 << 40)

    assert office.night() == Returned(1)
    (copy,) = office.open()
    assert copy == f"{PLACE}/甲.xlsx"
    assert opened((office.outbox / copy).read_bytes()).sheetnames == [TITLE]
    assert office.night() == Returned(0)

    office.put(f"{PLACE}/甲.xlsx", xlsx(台账=training()))
    assert office.night() == Returned(0)
    assert office.open() == set()


def test_the_bytes_that_came_are_never_changed(office: Office) -> None:
    office.night(甲__xlsx=BAD)
    kept = [path.read_bytes() for path in (office.home / "archive").rglob("*") if path.is_file()]
    assert (kept, (office.home / "inbox" / "甲.xlsx").read_bytes()) == ([BAD], BAD)


def test_a_copy_has_its_sheets_though_the_home_was_moved_since_the_file_came(office: Office) -> None:
    office.put("甲.xlsx", BAD)
    office.load()
    office.home = office.home.rename(office.home.with_name("moved"))

    assert office.feed_back() == Returned(1)
    assert opened((office.outbox / PLACE / "甲.xlsx").read_bytes()).sheetnames == [TITLE, "台账"]


def test_a_second_night_changes_nothing(office: Office) -> None:
    office.night(甲__xlsx=BAD, 乙__pdf=b"%PDF-1.4")
    before = office.lying()
    times = {path: (office.outbox / path).stat().st_mtime_ns for path in before}
    assert office.night() == Returned(0)
    assert office.lying() == before
    assert {path: (office.outbox / path).stat().st_mtime_ns for path in before} == times


def test_what_was_loaded_by_a_night_that_was_cut_short_goes_back_with_the_next(office: Office) -> None:
    office.put("甲.xlsx", BAD)
    office.load()
    assert not office.outbox.exists()
    assert office.night() == Returned(1)
    assert office.open() == {f"{PLACE}/甲.xlsx"}


def test_a_night_cut_short_between_copies_and_ledger_writes_the_same_again(office: Office) -> None:
    office.night(甲__xlsx=BAD)
    before = office.lying()
    (office.outbox / ".returned.json").unlink()
    office.night()
    assert office.lying() == before


def test_a_copy_that_somebody_took_does_not_come_again(office: Office) -> None:
    office.night(甲__xlsx=BAD)
    (office.outbox / PLACE / "甲.xlsx").unlink()
    assert office.night() == Returned(0)
    assert office.open() == set()


def test_a_correction_that_is_wrong_too_takes_the_place_of_the_first(office: Office) -> None:
    office.night(甲__xlsx=BAD)
    (office.outbox / PLACE / "甲.xlsx").write_bytes(b"half done by hand")
    office.night(甲__xlsx=xlsx(台账=training(participants="约40")))
    lying = office.lying()

    assert office.open() == {f"{PLACE}/甲.xlsx"}
    assert marked(opened(lying[f"{PLACE}/甲.xlsx"])).keys() == {("台账", address("participants"))}
    assert lying[f"{PLACE}/已办结/甲.xlsx"] == b"half done by hand"


def test_what_was_accepted_with_a_warning_comes_back_until_it_is_corrected(office: Office) -> None:
    office.night(甲__xlsx=xlsx(台账=training(hours=90)))
    assert office.open() == {f"{PLACE}/甲.xlsx"}
    assert "已接收，已入库" in str(opened(office.lying()[f"{PLACE}/甲.xlsx"])[TITLE]["A3"].value)

    office.night(乙__xlsx=xlsx(台账=training(hours=90)))
    assert office.open() == {f"{PLACE}/甲.xlsx"}
    head = (*HEAD, "版本：2", "更正说明：学时写错")
    office.night(丙__xlsx=xlsx(台账=grid("training", TRAINING, head=head)))
    assert office.open() == set()


def test_files_of_one_name_lie_beside_one_another_and_strays_under_what_their_folder_says(office: Office) -> None:
    for name, content in {
        "甲/表.xlsx": xlsx(台账=training(participants="约30")),
        "乙/表.csv": as_csv([list(HEAD), ["甲", "乙"]]),
        "丙/表.xlsx": b"",
        "谢三村街道/2021-03/表.xlsx": b"%PDF-1.4",
    }.items():
        office.put(name, content)
    office.load()
    office.feed_back()
    assert office.open() == {
        f"{PLACE}/表.xlsx",
        f"{PLACE}/表（2）.xlsx",
        "单位不明/月份不明/表.xlsx",
        "单位不明/月份不明/表（2）.xlsx",
    }


def test_an_outbox_that_cannot_be_written_is_told_and_the_next_night_writes_it(office: Office) -> None:
    office.outbox.write_text("in the way")
    (trouble,) = office.night(甲__xlsx=BAD).troubles
    assert "没有写全，下一夜再写" in trouble
    office.outbox.unlink()
    assert office.night() == Returned(1)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened_mailbox:
        yield opened_mailbox


def test_a_copy_is_sent_once_to_the_contacts_of_its_unit_that_take_files(office: Office, mailbox: Mailbox) -> None:
    channels = [mailbox.address("street"), "dingtalk://TOKENTOKEN"]
    (office.home / "contacts.toml").write_text(f"{STREET} = {json.dumps(channels)}", encoding="utf-8")
    office.put("甲.xlsx", BAD)
    office.load()
    mailbox.broken.add("street")
    (trouble,) = office.feed_back(tells=True).troubles
    assert "json-1" in trouble
    mailbox.broken.clear()

    assert office.feed_back(tells=True) == office.feed_back(tells=True) == Returned(0)
    ((_, said),) = mailbox.received
    assert "谢三村街道 2021年3月 的报表 甲.xlsx退回：2 个错误" in said["message"]
    (attached,) = said["attachments"]
    assert base64.b64decode(attached["base64"]) == office.lying()[f"{PLACE}/甲.xlsx"]


def test_a_night_of_another_day_tells_nobody_and_neither_do_the_nights_after_it(
    office: Office, mailbox: Mailbox
) -> None:
    (office.home / "contacts.toml").write_text(f'{STREET} = ["{mailbox.address("street")}"]', encoding="utf-8")
    office.put("甲.xlsx", BAD)
    office.load()
    office.feed_back(tells=False)
    office.feed_back(tells=True)
    assert mailbox.received == []


@pytest.mark.slow
def test_two_whole_nights_bring_the_copies_and_settle_them() -> None:
    with new_home() as home:
        inbox = home / "inbox"
        inbox.mkdir(parents=True)
        (inbox / "甲.xlsx").write_bytes(BAD)
        (inbox / "乙.csv").write_bytes(as_csv(training(head=APRIL, started_on="2021-13-01", ended_on="2021-04-09")))
        first = json.loads(huizong(home, "run", "--today", f"{DAY}", "--json").stdout)
        assert (first["rejected"], first["returned"], first["unreturned"]) == (2, 2, [])

        copies = {path.stem: path.read_bytes() for path in (home / "outbox").rglob("*.xlsx")}
        (inbox / "甲改.xlsx").write_bytes(put_right(copies["甲"], {"participants": 30, "title": "春季培训"}))
        (inbox / "乙改.xlsx").write_bytes(put_right(copies["乙"], {"started_on": "2021-04-08"}, "csv"))
        second = answer(home, "run", "--today", f"{DAY}")
        assert (second["accepted"], second["rejected"], second["returned"]) == (2, 0, 0)
        assert {path.parent.name for path in (home / "outbox").rglob("*.xlsx")} == {"已办结"}

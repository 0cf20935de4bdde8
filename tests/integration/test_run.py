"""A night over an inbox with everything that goes wrong: it goes on, says so, and loses nothing."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.huizong import answer, huizong, new_home
from tests.workbooks import TRAINING, grid, xlsx

GOOD = xlsx(台账=grid("training", TRAINING))
BAD = {
    "empty.xlsx": b"",
    "cut.xlsx": GOOD[:2000],
    "encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40,
    "text.xlsx": "不是表格".encode(),
    "form.xlsx": xlsx(表=[["甲", "乙", "丙"], [1, 2, 3]]),
    "unit.xlsx": xlsx(台账=grid("training", TRAINING, head=["填报单位：幸福街道", "所属月份：2021年3月"])),
    "杨公镇/2021-03/two.xlsx": GOOD,
}


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[Path, int, dict[str, Any]]]:
    """The home, the exit code and the report of one night over the good file and the bad ones."""
    with new_home() as home:
        for name, content in {**BAD, "good.xlsx": GOOD, "~$good.xlsx": b"lock"}.items():
            path = home / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        done = huizong(home, "run", "--json", HUIZONG_INBOX=f"{home}/gone,{home}/inbox")
        assert done.returncode in (0, 1), done.stderr
        yield home, done.returncode, json.loads(done.stdout)


def test_what_is_right_is_loaded_and_the_exit_code_says_that_something_was_rejected(
    run: tuple[Path, int, dict[str, Any]],
) -> None:
    _, code, report = run
    assert code == 1
    assert (report["files"], report["accepted"], report["rejected"], report["unreadable"]) == (8, 1, 2, 5)
    assert report["publication"] == 1


def test_an_inbox_that_is_gone_is_told_and_the_other_one_is_read(run: tuple[Path, int, dict[str, Any]]) -> None:
    home, code, report = run
    assert (code, [down["source"] for down in report["sources_down"]]) == (1, [f"{home}/gone"])


def test_the_bytes_of_every_file_are_in_the_archive(run: tuple[Path, int, dict[str, Any]]) -> None:
    kept = {path.stem for path in (run[0] / "archive").rglob("*") if path.is_file()}
    assert kept == {hashlib.sha256(content).hexdigest() for content in (*BAD.values(), GOOD)}


def test_files_without_a_unit_are_listed_with_what_to_do(run: tuple[Path, int, dict[str, Any]]) -> None:
    unplaced = {file["name"]: file["message"] for file in answer(run[0], "status", "2021-03")["unplaced"]}
    assert {"empty.xlsx", "cut.xlsx", "encrypted.xlsx", "text.xlsx", "form.xlsx", "unit.xlsx"} <= set(unplaced)
    assert "取消密码" in unplaced["encrypted.xlsx"]


def test_a_corrected_file_replaces_what_was_sent_before(run: tuple[Path, int, dict[str, Any]]) -> None:
    home = run[0]
    corrected = xlsx(台账=grid("training", {**TRAINING, "participants": 55}, {**TRAINING, "training_no": "PX-02"}))
    (home / "inbox" / "good_v2.xlsx").write_bytes(corrected)
    report = answer(home, "run")
    assert (report["files"], report["accepted"], report["rows"]) == (1, 1, 2)
    (line,) = [part for part in answer(home, "indicators", "2021-03")["indicators"] if part["code"] == "TRN02"]
    assert line["value"] == 2


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("HUIZONG_INBXO", "x"),
        ("HUIZONG_WAREHOUSE_URL", "mysql://x"),
        ("HUIZONG_WAREHOUSE_URL", "postgresql://127.0.0.1:1/none"),
        ("HUIZONG_BATCH_FILES", "many"),
        ("HUIZONG_INBOX", "ftp://host/inbox"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(setting: str, value: str) -> None:
    with new_home() as home:
        home.mkdir()
        done = huizong(home, "status", "2021-03", **{setting: value})
    assert (done.returncode, done.stdout) == (2, "")
    lines = [line for line in done.stderr.splitlines() if "：" in line or setting in line]
    assert any(setting in line for line in lines)
    assert "Traceback" not in done.stderr


def test_a_broken_list_of_units_names_the_file() -> None:
    with new_home() as home:
        home.mkdir()
        (home / "units.toml").write_text("[[units]]\ncode = 1\n", encoding="utf-8")
        done = huizong(home, "status", "2021-03")
    assert done.returncode == 2
    assert "units.toml" in done.stderr

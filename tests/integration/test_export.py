"""Exports of the mart: what is read back is what the warehouse has, in each of the formats."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from schemas.calendar import SHANGHAI
from tasks.aside import OutputError
from tasks.export import workbook, write_export
from tests.integration.conftest import own_database
from tests.integration.huizong import huizong, new_home
from warehouse.engine import Engine, open_engine
from warehouse.errors import WarehouseError
from warehouse.export import BATCH_ROWS, open_extract
from warehouse.scripts import run_script

EXACT = Decimal("12345678901234567.12345678901234567890")
MOMENT = datetime(2021, 7, 7, 9, 30, 0, 125000, tzinfo=UTC)
AWKWARD = """
CREATE TABLE mart.awkward AS
SELECT * FROM (VALUES
    (1, '谢三村街道，“3·9”', 0.10::numeric, 12.50::numeric(8, 2), true, '2021-03-09'::date,
     '2021-07-07 09:30:00.125+00'::timestamptz, ARRAY['区', 'a,"b"'], '{"值": [1, null]}'::jsonb, 9007199254740993),
    (2, '=HYPERLINK("http://x")', 12345678901234567.12345678901234567890, -3, false,
     '1899-12-31', NULL, ARRAY[]::text[], 'null', -5),
    (3, '-1+1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS given (no, name, exact, money, is_so, on_date, at, several, document, large);
COMMENT ON COLUMN mart.awkward.name IS '名称 [name]';
"""


@pytest.fixture(scope="module")
def engine(server_url: str, template: str) -> Iterator[Engine]:
    """A prepared warehouse with awkward values in it. The tests add tables of different names, and change none."""
    for url in own_database(server_url, template):
        opened = open_engine(url)
        run(opened, AWKWARD)
        yield opened
        opened.dispose()


def run(engine: Engine, statements: str) -> None:
    with engine.begin() as connection:
        run_script(connection, statements)


def exported(engine: Engine, view: str, target: Path) -> int:
    with open_extract(engine, view) as extract:
        return write_export(extract, target)


def sheet_of(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_parquet_keeps_every_value_in_its_type(engine: Engine, tmp_path: Path) -> None:
    assert exported(engine, "awkward", tmp_path / "a.parquet") == 3

    table = parquet.read_table(tmp_path / "a.parquet")
    first, second, third = table.to_pylist()
    assert first == {
        "no": 1, "name": "谢三村街道，“3·9”", "exact": Decimal("0.10"), "money": Decimal("12.50"), "is_so": True,
        "on_date": date(2021, 3, 9), "at": MOMENT, "several": ["区", 'a,"b"'], "document": '{"值": [1, null]}',
        "large": 9007199254740993,
    }  # fmt: skip
    assert (second["name"], second["exact"], second["several"]) == ('=HYPERLINK("http://x")', EXACT, [])
    assert {value for name, value in third.items() if name not in ("no", "name")} == {None}
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["exact"], types["at"]) == ("decimal128(38, 20)", "timestamp[us, tz=Asia/Shanghai]")
    assert table.schema.field("name").metadata == {b"comment": "名称 [name]".encode()}


def test_parquet_takes_more_digits_where_a_number_needs_them_and_says_where_it_has_too_many(
    engine: Engine, tmp_path: Path
) -> None:
    fine, large = Decimal("1E-30"), Decimal(10) ** 37 + Decimal("0.5")
    run(engine, f"CREATE TABLE mart.wide AS SELECT * FROM (VALUES ({fine:f}), ({large:f})) AS a (n)")
    exported(engine, "wide", tmp_path / "a.parquet")
    assert parquet.read_table(tmp_path / "a.parquet")["n"].to_pylist() == [fine, large]

    run(engine, "INSERT INTO mart.wide VALUES (1e40)")
    with pytest.raises(OutputError, match=r"列 n 有的数超出 Parquet .*请改用 \.csv"):
        exported(engine, "wide", tmp_path / "b.parquet")
    assert [file.name for file in tmp_path.iterdir()] == ["a.parquet"]


def test_csv_is_exact_and_opens_in_excel_without_a_formula(engine: Engine, tmp_path: Path) -> None:
    assert exported(engine, "mart.awkward", tmp_path / "a.csv") == 3

    content = (tmp_path / "a.csv").read_bytes()
    head, first, second, third = csv.reader(content.decode("utf-8-sig").splitlines())
    assert content.startswith(b"\xef\xbb\xbf")
    assert head == ["no", "name", "exact", "money", "is_so", "on_date", "at", "several", "document", "large"]
    assert first[:6] == ["1", "谢三村街道，“3·9”", "0.10", "12.50", "true", "2021-03-09"]
    assert (datetime.fromisoformat(first[6]), first[6][-6:]) == (MOMENT, "+08:00")
    assert (json.loads(first[7]), json.loads(first[8])) == (["区", 'a,"b"'], {"值": [1, None]})
    assert second[1:4] == ['\'=HYPERLINK("http://x")', str(EXACT), "-3"]
    assert third == ["3", "'-1+1", *[""] * 8]


def test_a_workbook_has_numbers_and_days_under_headings_in_chinese_and_no_formula(
    engine: Engine, tmp_path: Path
) -> None:
    assert exported(engine, "awkward", tmp_path / "a.xlsx") == 3

    names, meanings, first, second, third = sheet_of(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert (names[1], meanings[1]) == ("name", "名称")
    assert first[:5] == (1, "谢三村街道，“3·9”", 0.1, 12.5, True)
    assert first[5:7] == (datetime.fromisoformat("2021-03-09"), MOMENT.astimezone(SHANGHAI).replace(tzinfo=None))
    assert (first[9], second[9]) == ("9007199254740993", -5)
    assert (second[1], second[5], third[2]) == ('=HYPERLINK("http://x")', "1899-12-31", None)
    assert {sheet["B4"].data_type, sheet["B5"].data_type} == {"s"}
    assert (sheet["B4"].quotePrefix, sheet["B3"].quotePrefix) == (True, False)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:J5")


def test_more_rows_than_a_sheet_has_are_refused_and_what_was_there_stays(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(engine, "publication", tmp_path / "a.xlsx")
    before = (tmp_path / "a.xlsx").read_bytes()
    monkeypatch.setattr(workbook, "MOST_ROWS", 20)

    with pytest.raises(OutputError, match=r"indicator 有 \d+ 行，超过 Excel 一张表的 20 行，请改用 \.parquet 或 \.csv"):
        exported(engine, "indicator", tmp_path / "a.xlsx")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.xlsx", before)]


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_left(engine: Engine, tmp_path: Path) -> None:
    run(engine, "CREATE TABLE mart.long AS SELECT repeat('长', 32768) AS said")

    with pytest.raises(OutputError, match="第 1 行「said」超过 Excel 单元格的 32767 字"):
        exported(engine, "long", tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["parquet", "csv", "xlsx"])
def test_a_table_without_rows_gives_its_headings(engine: Engine, tmp_path: Path, ending: str) -> None:
    assert exported(engine, "publication", tmp_path / f"a.{ending}") == 0
    assert (tmp_path / f"a.{ending}").stat().st_size > 0


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_same_content_gives_the_same_file_in_whatever_order_it_is_kept(
    engine: Engine, tmp_path: Path, ending: str
) -> None:
    rows = "SELECT n % 7 AS k, n, '[1]'::jsonb AS j FROM generate_series(1, 100) AS s (n) ORDER BY n"
    for name, order in (("a", "ASC"), ("b", "DESC")):
        run(engine, f"DROP TABLE IF EXISTS mart.kept; CREATE TABLE mart.kept AS {rows} {order}")
        exported(engine, "kept", tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_rows_come_in_batches_and_are_never_here_all_at_once(engine: Engine, tmp_path: Path) -> None:
    rows = 10 * BATCH_ROWS
    many = f"SELECT n, repeat('x', 200) AS t FROM generate_series(1, {rows}) AS s (n)"
    run(engine, f"CREATE VIEW mart.many AS {many}")
    tracemalloc.start()
    try:
        assert exported(engine, "many", tmp_path / "a.csv") == rows
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000 < rows * 200


def test_an_unknown_view_is_answered_with_those_that_there_are(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"没有「figur」（是否为「figure」），可导出的有：accident、.*figure"):
        exported(engine, "figur", tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["core.submission", "submission", 'figure"; DROP SCHEMA mart; --', "MART.FIGURE"])
def test_nothing_outside_the_mart_is_read(engine: Engine, tmp_path: Path, name: str) -> None:
    with pytest.raises(WarehouseError, match="mart 里没有"):
        exported(engine, name, tmp_path / "a.csv")


def test_what_the_reader_may_not_read_is_not_exported(engine: Engine, tmp_path: Path) -> None:
    run(engine, "CREATE TABLE mart.hidden (a int); REVOKE ALL ON mart.hidden FROM huizong_reader")
    with pytest.raises(WarehouseError, match="mart 里没有「hidden」"):
        exported(engine, "hidden", tmp_path / "a.csv")


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as folder:
        yield folder


def test_the_command_writes_the_file_and_says_how_many_rows(warehouse_url: str, home: Path) -> None:
    done = huizong(home, "export", "indicator", "--out", "指标.csv", HUIZONG_WAREHOUSE_URL=warehouse_url)
    wrong = huizong(home, "export", "indicator", "--out", "指标.doc", HUIZONG_WAREHOUSE_URL=warehouse_url)

    lines = (home.parent / "指标.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (done.returncode, done.stdout) == (0, f"mart.indicator 共 {len(lines) - 1} 行，已写入 指标.csv\n")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "看不出格式，文件名请以 .parquet、.csv、.xlsx 结尾" in wrong.stderr


def test_a_place_that_cannot_be_written_is_said_in_one_line(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"写不了 .*a\.csv：.*请换一个位置"):
        exported(engine, "publication", tmp_path / "file" / "a.csv")

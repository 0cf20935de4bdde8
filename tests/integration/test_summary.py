"""The summary of a half-year: the figures of the seed, each with the cells that it comes from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.text.run import Run

from flows.house import House
from flows.settings import Settings
from flows.summary_report import write_summary_of
from schemas.period import Period
from schemas.unit import Register, load_register
from tasks.aside import OutputError
from tasks.summary.problem import SummaryError
from tests.integration.builders import report
from tests.integration.conftest import own_warehouse
from tests.integration.facts import (
    BUREAU,
    DISTRICT,
    HOUSING,
    STREET,
    TOWN,
    accident,
    community,
    incident,
    officer,
    training,
    villages,
)
from tests.integration.huizong import huizong, new_home
from tests.integration.published import publish_all
from tests.integration.registers import register_of
from warehouse.engine import Engine, open_engine

HALF = Period.parse("2021-H1")
FEW = (DISTRICT, STREET, TOWN, BUREAU, HOUSING)
VILLAGES = tuple(f"{STREET}00{number}" for number in (1, 2, 3))
NAME = "“3·9”谢三村菜市场燃气泄漏爆燃事故"
SEED = (
    report("accident", TOWN, "2020-05", accident("2020-05-14", deaths=1, town_code=TOWN), name="去年.xlsx"),
    report("accident", HOUSING, "2021-03", accident("2021-03-09", accident_name=NAME), name="事故.xlsx"),
    *(
        report("incident", STREET, f"2021-{month:02d}", incident(f"2021-{month:02d}-11"), name=f"事件{month}.xlsx")
        for month in (1, 2, 4, 5, 6)
    ),
    *(
        report("training", BUREAU, on[:7], training(on), name=f"培训{on}.xlsx")
        for on in ("2021-01-20", "2021-03-25", "2021-04-28", "2021-06-10")
    ),
    report(
        "officer_community",
        BUREAU,
        "2021-06",
        tables={
            "officer": [officer("340404", "2021-05-11"), officer(STREET, "2021-05-11"), officer(TOWN, "2020-05-11")],
            "community": [community(village, "2021-06-15") for village in VILLAGES],
        },
        name="信息员.xlsx",
    ),
)


@pytest.fixture(scope="module")
def district() -> Register:
    """The tests' district with the three villages that apply."""
    return register_of(*FEW, *VILLAGES, own=villages(dict.fromkeys(VILLAGES, STREET)))


@pytest.fixture(scope="module")
def engine(server_url: str, district: Register) -> Iterator[Engine]:
    """A warehouse with the seed's half-year; the tests only read."""
    with own_warehouse(server_url, district) as opened:
        publish_all(opened, *SEED)
        yield opened


@pytest.fixture
def house(engine: Engine, district: Register, tmp_path: Path) -> House:
    return House(Settings(home=tmp_path / "home"), district, engine)


@pytest.fixture(scope="module")
def summary(engine: Engine, district: Register, tmp_path_factory: pytest.TempPathFactory) -> Docx:
    """The summary by our own template."""
    folder = tmp_path_factory.mktemp("summary")
    (path,) = write_summary_of(House(Settings(home=folder / "home"), district, engine), HALF, DISTRICT, folder)
    assert path == folder / "2021年上半年工作总结.docx"
    return Document(str(path))


def text_of(document: Docx) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def comments_on(document: Docx, code: str) -> list[str]:
    return [comment.text for comment in document.comments if comment.text.startswith(code)]


def own_template(house: House, text: str, name: str = "半年总结.docx") -> None:
    document = Document()
    document.add_paragraph(text)
    folder = house.settings.root / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    document.save(str(folder / name))


@pytest.mark.parametrize(
    "words",
    [
        "谢家集区应急管理局2021年上半年工作总结",
        "发生生产安全事故1起",
        f"为{NAME}*，未接报人员伤亡*。",
        "事故起数持平",
        "死亡人数下降1人",
        "举办各类安全知识培训4次",
        "市政工程施工导致的燃气泄漏事件5起",
        "申报综合减灾示范社区的村、社区3家",
        "家未报）",
        "【请填写：形势判断】",
        "取自第1次发布",
    ],
)
def test_the_text_states_the_figures_of_the_seed(summary: Docx, words: str) -> None:
    assert words in text_of(summary)


def test_what_is_not_proved_is_not_said(summary: Docx) -> None:
    assert "全覆盖" not in text_of(summary)
    assert "未造成人员伤亡" not in text_of(summary)
    assert "信息员培训覆盖率区100.0%（1/1）、乡镇（街道）50.0%（1/2）" in text_of(summary)


def test_what_is_left_for_people_is_shown_in_yellow(summary: Docx) -> None:
    yellow = [run.text for paragraph in summary.paragraphs for run in paragraph.runs if run.font.highlight_color]
    assert "【请填写：形势判断】" in yellow
    assert all(text.startswith("【请填写：") for text in yellow)


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("ACC01", ["ACC01 生产安全事故起数：1起（2021年上半年）", "口径：发生日期在期内的生产安全事故，同一编号计1起",
                   "1. 区住房和城乡建设局 2021-03 事故.xlsx“生产安全事故登记表”第3行：事故编号 A3=SG3404042021030901",
                   "死亡人数 O3=0"]),
        ("ACC02", ["去年同期（2020年上半年）：1人",
                   "1. 唐山镇 2020-05 去年.xlsx“生产安全事故登记表”第3行：事故编号 A3=SG3404042020051401",
                   "死亡人数 O3=1"]),
        ("TRN01", [f"培训{on}.xlsx“安全教育培训台账”第3行：培训编号 A3=PX{on.replace('-', '')}01"
                   for on in ("2021-01-20", "2021-03-25", "2021-04-28", "2021-06-10")]),
        ("INC02", [f"谢三村街道 2021-{month:02d} 事件{month}.xlsx" for month in (1, 2, 4, 5, 6)]),
        ("COM01", [f"信息员.xlsx“综合减灾示范社区创建表”第{row}行" for row in (3, 4, 5)]),
        ("OFF03", ["OFF02 灾害信息员培训覆盖率（分级）", "谢三村街道", "没有报送行"]),
    ],
)  # fmt: skip
def test_a_comment_names_the_cells_of_its_figure(summary: Docx, code: str, lines: list[str]) -> None:
    found = "\n".join(comments_on(summary, code))
    assert [line for line in lines if line not in found] == []
    assert all("第1次发布" in comment.text and "数据截至" in comment.text for comment in summary.comments)


def test_names_and_phones_stand_nowhere(summary: Docx) -> None:
    said = text_of(summary) + "".join(comment.text for comment in summary.comments)
    assert not any(secret in said for secret in ("王某", "13800000000"))


def test_many_rows_are_cut_short_with_the_command_that_lists_all(house: House, tmp_path: Path) -> None:
    own_template(house, "{{ value.SUB01 }}")
    (path,) = write_summary_of(house, HALF, DISTRICT, tmp_path)
    (comment,) = Document(str(path)).comments
    assert comment.text.count("\n20. ") == 1
    assert "\n21. " not in comment.text
    assert "行见 huizong trace SUB01 2021-H1\n" in comment.text


def test_the_office_puts_its_own_template_in_place_of_ours(house: House, tmp_path: Path) -> None:
    own_template(house, "本期{{ value.ACC02 }}，去年{{ last.ACC02 }}，{{ yoy.ACC02 }}。")
    (path,) = write_summary_of(house, HALF, DISTRICT, tmp_path)
    assert text_of(Document(str(path))).startswith("本期0人（截至")
    assert "，去年1人，同比减少1人" in text_of(Document(str(path)))


def test_the_same_summary_again_takes_the_place_of_the_first(house: House, tmp_path: Path) -> None:
    own_template(house, "{{ value.ACC01 }}")
    (first,) = write_summary_of(house, HALF, DISTRICT, tmp_path / "out")
    (second,) = write_summary_of(house, HALF, DISTRICT, tmp_path / "out")
    assert first == second
    assert list((tmp_path / "out").iterdir()) == [first]


def test_a_year_whose_data_end_before_it_says_so(house: House, tmp_path: Path) -> None:
    (path,) = write_summary_of(house, Period.parse("2021"), DISTRICT, tmp_path)
    assert path.name == "2021年工作总结.docx"
    assert "【请注意：2021年的数据目前只到2021年6月" in text_of(Document(str(path)))


@pytest.mark.parametrize(
    ("period", "message"),
    [("2021-03", "总结只有半年和全年的，「2021-03」不是"), ("2023-H1", "谢家集区没有2023年上半年的已发布指标")],
)
def test_a_period_without_a_summary_is_said_plainly_and_leaves_nothing(
    house: House, tmp_path: Path, period: str, message: str
) -> None:
    with pytest.raises(SummaryError, match=message):
        write_summary_of(house, Period.parse(period), DISTRICT, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unknown_slot_leaves_the_folder_as_it_was(house: House, tmp_path: Path) -> None:
    own_template(house, "{{ value.ACC01 }}{{ acc_cuont }}")
    with pytest.raises(SummaryError, match=r"半年总结\.docx 里没有槽位「acc_cuont」，最接近的是「acc_count」"):
        write_summary_of(house, HALF, DISTRICT, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_said_in_one_line(house: House, tmp_path: Path) -> None:
    own_template(house, "{{ value.ACC01 }}")
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match=r"写不了 .*out"):
        write_summary_of(house, HALF, DISTRICT, tmp_path / "out")


def test_before_the_first_publication_there_is_no_summary(warehouse_url: str, tmp_path: Path) -> None:
    empty = House(Settings(home=tmp_path / "home"), load_register(), open_engine(warehouse_url))
    with pytest.raises(SummaryError, match="尚未发布过指标，请先运行 huizong run"):
        write_summary_of(empty, HALF, DISTRICT, tmp_path / "out")
    empty.engine.dispose()


@pytest.mark.slow
def test_the_summary_of_the_demo_says_what_the_bureau_published(tmp_path: Path) -> None:
    with new_home() as home:
        assert huizong(home, "demo").returncode == 0
        for period in ("2021-H1", "2021"):
            done = huizong(home, "report", period, "--out", str(tmp_path))
            assert done.returncode == 0, done.stderr

    half, year = (Document(str(tmp_path / f"2021年{span}工作总结.docx")) for span in ("上半年", ""))
    for words in (
        f"发生生产安全事故1起，为{NAME}，未造成人员伤亡。与去年同期相比，事故起数持平，死亡人数下降1人。",
        "全区未发生较大及以上事故",
        "举办各类安全知识培训4次",
        "覆盖“五进”中的5类",
        "区、乡镇（街道）和村（社区）三级信息员培训全覆盖",
        "申报综合减灾示范社区的村、社区3家",
        "市政工程施工导致的燃气泄漏事件5起",
    ):
        assert words in text_of(half)
    assert len(half.comments) == len([run for p in half.paragraphs for run in p.runs if _has_comment(run)])
    assert "2021年的数据目前只到2021年" in text_of(year)


def _has_comment(run: Run) -> bool:
    return bool(run._r.xpath("./w:commentReference"))

"""What the bulletin says, and that every number of it comes from the rows it leads to."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from schemas.period import Period
from schemas.unit import Register
from tasks.bulletin.compose import read_book
from tasks.bulletin.document import Cell, Chart, Figure, Section, Sentence, Source, Table, figures_of
from tests.integration.bulletin.conftest import Made, make
from tests.integration.facts import DISTRICT, STREET
from warehouse.edition import latest_edition
from warehouse.engine import Engine
from warehouse.errors import WarehouseError

PARTS = (
    "综述", "主要指标", "分行业情况", "分乡镇街道情况", "事故和事件", "事故隐患", "监督执法", "培训、宣传和演练",
    "自然灾害、防汛和森林防火", "报送情况", "已公布数字的变动", "口径说明",
)  # fmt: skip


def test_it_has_the_twelve_parts_and_the_six_charts_of_the_catalogue(made: Made) -> None:
    charts = [block for section in made.bulletin.sections for block in section.blocks if isinstance(block, Chart)]

    assert tuple(section.title for section in made.bulletin.sections) == PARTS
    assert len(charts) == 6


def test_the_conclusion_states_the_month_and_the_year_and_leaves_the_judgement_to_people(made: Made) -> None:
    said, blank = made.part("综述").blocks

    assert isinstance(said, Sentence)
    assert words(said) == (
        "2021年6月，谢家集区发生生产安全事故1起*，同比增加1起（去年同期为0）；死亡1人*，同比增加1人（去年同期为0）。"
        "2021年1—6月累计发生事故2起*，同比增加1起；死亡1人*，同比持平。"
    )
    assert "请填写" in str(blank)
    assert "稳定" not in str(made.bulletin)


def test_the_parts_of_industries_add_up_to_the_whole(made: Made) -> None:
    (table,) = tables_of(made.part("分行业情况"))
    *groups, total = table.rows

    assert [amounts(total)[place] for place in range(6)] == [1, 1, 2, 1, 1, 1]
    for place in range(1, len(total)):
        assert sum(amount(row[place]) for row in groups) == amount(total[place])


def test_the_townships_print_their_zeros_and_the_silent_one_is_told(made: Made) -> None:
    (table,) = tables_of(made.part("分乡镇街道情况"))
    lines = {row[0]: [shown(cell) for cell in row[1:]] for row in table.rows}

    assert lines["谢三村街道"][:3] == ["1", "1", "1"]
    assert lines["唐山镇"][0] == "未报"
    assert lines["唐山镇"][4] == "1"


def test_accidents_and_incidents_are_listed_one_by_one(made: Made) -> None:
    accidents, incidents = tables_of(made.part("事故和事件"))

    assert [[shown(cell) for cell in row] for row in accidents.rows] == [
        ["6月18日", "谢三村街道", "城镇燃气", "其他爆炸", "一般", "1", "0", "2", "128.00"]
    ]
    assert [[shown(cell) for cell in row] for row in incidents.rows] == [
        ["6月20日", "谢三村街道", "燃气泄漏", "市政工程施工", "30", "—"]
    ]


def test_an_open_major_hazard_is_listed_with_what_it_lacks(made: Made) -> None:
    _, listed = tables_of(made.part("事故隐患"))[:2]

    assert [[shown(cell) for cell in row] for row in listed.rows] == [
        ["YH2021052002", "谢三村街道", "工矿商贸", "2021-05-20", "2021-12-31", "未超期", "—", "缺预案"]
    ]


def test_what_an_earlier_bulletin_said_and_is_otherwise_now_stands_with_its_reason(made: Made) -> None:
    (table,) = tables_of(made.part("已公布数字的变动"))
    lines = {row[1]: [shown(cell) for cell in row] for row in table.rows if row[0] == "2021年5月"}

    assert lines["TRN02 各级安全培训场次"] == [
        "2021年5月", "TRN02 各级安全培训场次", "1场次", "2场次", "区应急管理局 F06 更正",
    ]  # fmt: skip


def test_who_reported_and_who_did_not_adds_up_to_what_is_due(made: Made) -> None:
    (table,) = tables_of(made.part("报送情况"))

    assert {row[0] for row in table.rows} >= {"谢三村街道", "区应急管理局", "淮南高新区智造园区"}
    for row in table.rows:
        due, received, _on_time, _late, missing = (amount(cell) for cell in row[1:6])
        assert received + missing == due


def test_a_warning_of_the_audit_stands_in_the_notes(made: Made) -> None:
    assert "审核提醒：一处提醒" in [words(block) for block in sentences(made.part("口径说明"))]


def test_every_number_leads_to_the_rows_that_add_up_to_it(made: Made) -> None:
    """A sum is that of its rows, a difference that of two such sums; rates and extremes are tried with `trace`."""
    checked = 0
    for figure in figures_of(made.bulletin):
        if figure.amount is None or figure.text in ("是", "否"):
            continue
        assert figure.sources, figure
        if all(is_a_sum(made, source) for source in figure.sources):
            now, *base = (added_up(made, figure, place) for place in range(len(figure.sources)))
            assert Decimal(str(figure.amount)) == pytest.approx(now - sum(base)), figure
            checked += 1
    assert checked > 150


def is_a_sum(made: Made, source: Source) -> bool:
    if source.spot is None or source.rows is not None:
        return False
    indicator = made.book.indicators[source.spot.indicator]
    return indicator.value == "sum" and indicator.over_units in ("sum", "distinct")


def added_up(made: Made, figure: Figure, place: int) -> Decimal:
    """What the page shows behind one of a figure's sources, added up, in the unit of the indicator."""
    spot = figure.sources[place].spot
    assert spot
    sources = made.traces.figures[made.traces.numbers[id(figure)]].sources
    rows = made.traces.sources[sources[place]].rows
    factor = made.book.indicators[spot.indicator].factor
    return sum((Decimal(str(numerator or 0)) for _, numerator, _ in rows), Decimal(0)) * factor


def test_a_township_has_a_bulletin_of_its_own(story: Engine, register: Register) -> None:
    own = make(story, register, STREET)

    assert own.bulletin.title == "谢三村街道2021年6月安全生产形势分析"
    assert [row[0] for row in tables_of(own.part("报送情况"))[0].rows] == ["谢三村街道"]
    assert words(sentences(own.part("综述"))[0]).startswith("2021年6月，谢三村街道发生生产安全事故1起")


def test_a_month_that_was_not_published_is_refused_with_those_that_were(story: Engine, register: Register) -> None:
    with latest_edition(story) as (connection, edition), pytest.raises(WarehouseError, match="2020-05 至 2021-06"):
        read_book(connection, edition, register, Period.parse("2022-01"), DISTRICT)


def test_before_the_first_publication_there_is_no_bulletin(engine: Engine) -> None:
    with pytest.raises(WarehouseError, match="尚未发布过指标"), latest_edition(engine):
        pass


def test_an_edition_does_not_change_while_it_is_read(story: Engine) -> None:
    with latest_edition(story) as (connection, _):
        isolation = connection.execute(sa.text("SHOW transaction_isolation")).scalar_one()

    assert isolation == "repeatable read"


def words(sentence: Sentence) -> str:
    return "".join(map(shown, sentence.cells))


def shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text + cell.mark


def amount(cell: Cell) -> Decimal:
    assert isinstance(cell, Figure)
    return Decimal(str(cell.amount or 0))


def amounts(row: tuple[Cell, ...]) -> list[Decimal]:
    return [amount(cell) for cell in row[1:]]


def tables_of(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


def sentences(section: Section) -> list[Sentence]:
    return [block for block in section.blocks if isinstance(block, Sentence)]

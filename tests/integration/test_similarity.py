"""How alike two names are, by the measure of the warehouse."""

import pytest
import sqlalchemy as sa

from warehouse.engine import Engine


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("春季安全知识培训", "春季安全知识培训", 1),
        ("“3·9” 事故（早点铺）", "3.9事故(早点铺)", 1),
        ("ＡＢ公司", "ab公司", 1),
        ("2021年春季安全培训", "2021年春季安全培训班", 0.9524),
        ("2021年春季安全培训", "2021年秋季安全培训", 0.8),
        ("消防培训", "防汛演练", 0),
        ("甲", "甲", 1),
        ("甲甲甲", "甲甲", 1),
        ("", "", 0),
        ("——", "培训", 0),
    ],
)
def test_width_case_and_punctuation_do_not_count_and_neighbours_do(
    engine: Engine, one: str, other: str, likeness: float
) -> None:
    ask = sa.text("SELECT round(core.similarity(:one, :other), 4)")
    with engine.connect() as connection:
        there = connection.execute(ask, {"one": one, "other": other}).scalar_one()
        back = connection.execute(ask, {"one": other, "other": one}).scalar_one()
    assert (float(there), float(back)) == (likeness, likeness)

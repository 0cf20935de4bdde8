import pytest

from schemas.citation import citations, form_note
from schemas.form import load_forms


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("安监总厅统计〔2016〕80号 article 5: nobody hurt", ("安监总厅统计〔2016〕80号 article 5",)),
        ("within 60 days (国务院令第493号第二十九条).", ("国务院令第493号第二十九条",)),
        ("State Council Order 493 (2007) articles 3, 13; more", ("State Council Order 493 (2007) articles 3, 13",)),
        ("by 《安全生产法》(2014年修正) 第一百零九条", ("《安全生产法》(2014年修正) 第一百零九条",)),
        ("21号令 article 26, then 应急〔2020〕19号", ("21号令 article 26", "应急〔2020〕19号")),
        ("as 统计法 counts lateness", ("统计法",)),
        ("国务院令第493号 here and 国务院令第493号 there", ("国务院令第493号",)),
        ("of 2020 and 12 others; 家次, 五落实, 无变化", ()),
    ],
)  # fmt: skip
def test_laws_orders_and_notices_are_told_with_their_articles(text: str, cited: tuple[str, ...]) -> None:
    assert citations(text) == cited


def test_every_form_has_a_note_that_begins_with_its_code() -> None:
    assert all(form_note(form.id).startswith(form.code) for form in load_forms().values())

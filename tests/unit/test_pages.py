"""The pages that are made from definitions are those of the definitions."""

import pytest

from flows.pages import DOCS, pages
from schemas.catalogue import GROUPS, LEFT_OUT
from schemas.form import load_forms, tables
from warehouse.register import load_indicators
from warehouse.sources import counted_views


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_made_from_definitions_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run make docs"


def test_the_page_of_forms_has_every_form_column_rule_and_code() -> None:
    page = pages()["forms.md"]
    wanted = {form.code for form in load_forms().values()}
    for _, table in tables().values():
        wanted |= {f"`{name}`" for name in table.columns} | {rule.code for rule in table.rules}
        wanted |= {
            spelling for column in table.columns.values() for names in column.codes.values() for spelling in names
        }
    assert {text for text in wanted if text not in page} == set()


def test_the_page_of_indicators_has_every_one_with_its_names_definition_and_views() -> None:
    page = pages()["indicators.md"]
    wanted = set(GROUPS.values()) - {GROUPS["OWN"]}
    for each in load_indicators().values():
        wanted |= {
            f"| {each.code} |",
            each.name,
            each.name_en,
            f"`{each.id}`",
            each.definition,
            each.note,
            *each.breakdown,
        }
        wanted |= {words for view in counted_views(each).items() for words in view}
    assert {text for text in wanted if text not in page} == set()


def test_the_page_of_indicators_says_why_others_of_the_catalogue_are_not_there() -> None:
    page = pages()["indicators.md"]
    assert LEFT_OUT
    assert all(each.name in page and each.reason in page for each in LEFT_OUT.values())


def test_every_number_of_the_catalogue_is_an_indicator_or_left_out_for_a_reason() -> None:
    codes = {each.code for each in load_indicators().values()}
    last = {group: max(int(code[3:]) for code in codes if code[:3] == group) for group in GROUPS if group != "OWN"}
    numbered = {f"{group}{number:02d}" for group, count in last.items() for number in range(1, count + 1)}
    assert numbered - codes == set(LEFT_OUT)

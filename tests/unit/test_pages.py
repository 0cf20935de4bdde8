"""The pages that are made from definitions are those of the definitions."""

import pytest

from flows.pages import DOCS, pages
from schemas.form import load_forms, tables


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

"""``make docs``: the pages of ``docs`` that are made from definitions."""

from pathlib import Path

from schemas.form import code_lists, load_forms
from schemas.indicator_page import indicators_page
from schemas.page import forms_page
from schemas.unit import load_register
from warehouse.register import load_indicators
from warehouse.sources import counted_views

DOCS = Path(__file__).parent.parent / "docs"


def pages() -> dict[str, str]:
    """The text of every page by its name."""
    register = load_register()
    return {
        "forms.md": forms_page(load_forms().values(), code_lists(), register.obligations, register.units),
        "indicators.md": indicators_page_now(),
    }


def indicators_page_now() -> str:
    """The page of all indicators that this process knows."""
    indicators = load_indicators()
    return indicators_page(indicators.values(), {each.id: counted_views(each) for each in indicators.values()})


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")

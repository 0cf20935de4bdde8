"""``make docs``: the pages of ``docs`` that are made from definitions."""

from pathlib import Path

from schemas.form import code_lists, load_forms
from schemas.page import forms_page
from schemas.unit import load_register

DOCS = Path(__file__).parent.parent / "docs"


def pages() -> dict[str, str]:
    """The text of every page by its name."""
    register = load_register()
    return {"forms.md": forms_page(load_forms().values(), code_lists(), register.obligations, register.units)}


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")

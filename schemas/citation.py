"""Laws and notices as the comments of definitions name them."""

import re
from importlib import resources

_ARTICLE = r"(?:\s?第[一二三四五六七八九十百零〇]+条(?:之[一二三])?|\s(?:articles?|art\.)\s\d+(?:(?:, | and )\d+)*)?"
_CITED = re.compile(
    r"(?:"
    r"《[^》\n]+》(?:\s?[（(][^（）()\n]*[)）])?"
    r"|[\u4e00-\u9fff]+〔\d{4}〕\s?\d+\s?号"
    r"|国务院令第\s?\d+\s?号"
    r"|State Council Order \d+(?: \(\d{4}\))?"
    r"|\d+号令"
    r"|(?:统计|安全生产|消防|突发事件应对)法(?![\u4e00-\u9fff])"
    r")" + _ARTICLE
)


def citations(text: str) -> tuple[str, ...]:
    """The laws, orders and notices that a text names, with their articles, each once and in its order."""
    return tuple(dict.fromkeys(match.group() for match in _CITED.finditer(text)))


def form_note(form_id: str) -> str:
    """What the comment at the top of a form's file says of the form and of where its rules come from."""
    text = resources.files("schemas").joinpath("forms", f"{form_id}.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return " ".join(line.lstrip("# ") for line in lines[:end])

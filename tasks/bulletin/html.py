"""A bulletin as one page that needs no server and asks nobody for anything."""

import base64
import hashlib
import json
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from tasks.bulletin.document import Bulletin, Chart
from tasks.bulletin.draw import svg
from tasks.bulletin.traces import Traces

_FOLDER = "bulletin/page"


def html(bulletin: Bulletin, traces: Traces) -> bytes:
    """The page, with every chart, every figure's trace, the styles and the script in it."""
    environment = Environment(
        loader=PackageLoader("tasks", _FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(identity=id, kind=lambda block: type(block).__name__)
    script = _read("bulletin.js")
    page = environment.get_template("bulletin.html.jinja").render(
        bulletin=bulletin,
        numbers=traces.numbers,
        drawings={chart.title: svg(chart) for chart in _charts(bulletin) if not chart.is_empty},
        css=_read("bulletin.css"),
        script=script,
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
        data=_json(traces),
    )
    return page.encode()


def _charts(bulletin: Bulletin) -> list[Chart]:
    return [block for section in bulletin.sections for block in section.blocks if isinstance(block, Chart)]


def _json(traces: Traces) -> str:
    """The data; no text in it can end the element that holds it."""
    names = ("layouts", "rows", "sources", "figures")
    data = {name: getattr(traces, name) for name in names}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=vars).replace("<", "\\u003c")


def _read(name: str) -> str:
    return resources.files("tasks").joinpath(_FOLDER, name).read_text(encoding="utf-8").strip()

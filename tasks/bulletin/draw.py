"""Charts as pictures: matplotlib, which needs no browser. SVG keeps its text; PNG needs a Chinese font on the machine.

It takes a second to import: only where a bulletin is written.
"""

import io
import logging
import warnings
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from tasks.bulletin.document import Chart, Figure

# Of the office's machine, of macOS and of Windows; the first that is there.
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "Noto Sans CJK JP",
)  # fmt: skip
# Told apart by people who do not see red and green as others do (Okabe and Ito), this year darker than the last.
_COLUMNS = ("#0072B2", "#A8CBE0", "#009E73")
_LINES = ("#D55E00", "#E8A66B", "#CC79A7", "#56B4E9")
_MARKERS = ("o", "s", "^", "D")
# In inches, and the size of names in points.
_WIDE, _TALL, _ROW, _ABOVE, _BELOW, _LEGEND = 7.2, 3.1, 0.27, 0.35, 0.3, 0.6
_NAME_POINTS, _POINTS, _NUMBER = 9, 72, 3
_DARK = 0.6
_RATE = 100
# Without its time and random ids the same chart is the same picture.
_SVG: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "huizong", "font.family": [*FONTS, "sans-serif"]}

# It tells of every family of the list that this machine lacks.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


def chinese_font() -> str | None:
    """The first of the fonts with Chinese characters that this machine has."""
    there = {each.name for each in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in there), None)


def svg(chart: Chart) -> str:
    """The chart as an <svg> element; its text is text, in the font of the page."""
    target = io.StringIO()
    with mpl.rc_context(_SVG), warnings.catch_warnings():
        # The page has the glyphs, whether this machine has them or not.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        _draw(chart).savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    text = target.getvalue()
    return text[text.index("<svg") :]


def png(chart: Chart, font: str) -> bytes:
    """The chart as a PNG in that font, at 200 dpi."""
    target = io.BytesIO()
    only: dict[Any, Any] = {"font.family": [font]}
    with mpl.rc_context(only):
        _draw(chart).savefig(target, format="png", dpi=200, metadata={"Software": None})
    return target.getvalue()


def _draw(chart: Chart) -> Canvas:
    canvas = Canvas(figsize=(_WIDE, _height(chart)))
    axes = canvas.subplots()
    {"columns": _columns, "bars": _bars, "heat": _heat}[chart.kind](axes, chart)
    axes.set_title(f"{chart.title}（{chart.unit}）", fontsize=11, loc="left")
    # Known beforehand: a layout that measures every text draws everything twice.
    above, below = _ABOVE / _height(chart), (_LEGEND if chart.kind == "columns" else _BELOW) / _height(chart)
    canvas.subplots_adjust(left=_left(chart), right=0.97, top=1 - above, bottom=below)
    return canvas


def _height(chart: Chart) -> float:
    """In inches: maps and bars grow with their lines."""
    lines = {"columns": 0, "bars": len(chart.labels), "heat": len(chart.series)}[chart.kind]
    return _ABOVE + _BELOW + _ROW * lines if lines else _TALL


def _left(chart: Chart) -> float:
    """The part of the width that the names of lines take."""
    names = {"columns": (), "bars": chart.labels, "heat": [each.name for each in chart.series]}[chart.kind]
    longest = max((len(name) for name in names), default=_NUMBER)
    return (longest + 1) * _NAME_POINTS / _POINTS / _WIDE


def _amounts(figures: Sequence[Figure | None]) -> list[float]:
    """Numbers for the axis; nothing is drawn where there is none."""
    return [float(each.amount) if each and each.amount is not None else float("nan") for each in figures]


def _columns(axes: Axes, chart: Chart) -> None:
    """Columns side by side, lines above them."""
    columns = [each for each in chart.series if not each.is_line]
    lines = [each for each in chart.series if each.is_line]
    places = range(len(chart.labels))
    width = 0.8 / max(len(columns), 1)
    for number, each in enumerate(columns):
        left = [place + (number - (len(columns) - 1) / 2) * width for place in places]
        axes.bar(left, _amounts(each.figures), width, label=each.name, color=_COLUMNS[number % len(_COLUMNS)])
    for number, each in enumerate(lines):
        (line,) = axes.plot(places, _amounts(each.figures), label=each.name, markersize=4, linewidth=1.5)
        line.set(color=_LINES[number % len(_LINES)], marker=_MARKERS[number % len(_MARKERS)])
    axes.set_xticks(list(places), chart.labels, fontsize=9)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    _bare(axes)
    axes.legend(fontsize=8, frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.1))


def _bars(axes: Axes, chart: Chart) -> None:
    """The most on top, with its number behind each."""
    (series,) = chart.series
    amounts = _amounts(series.figures)
    drawn = axes.barh(range(len(amounts)), amounts, color=_COLUMNS[0])
    axes.bar_label(drawn, [each.text if each else "" for each in series.figures], padding=3, fontsize=9)
    axes.set_yticks(range(len(amounts)), chart.labels, fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.set_visible(False)
    _bare(axes)
    axes.spines["bottom"].set_visible(False)


def _heat(axes: Axes, chart: Chart) -> None:
    """A map of unit by month with the number in each cell; white where nothing is known."""
    grid = [_amounts(each.figures) for each in chart.series]
    known = [amount for row in grid for amount in row if amount == amount]
    top = _RATE if chart.is_rate else max([*known, 1])
    axes.imshow(grid, cmap="YlGnBu" if chart.is_rate else "OrRd", vmin=0, vmax=top, aspect="auto")
    for row, (series, amounts) in enumerate(zip(chart.series, grid, strict=True)):
        for column, (figure, amount) in enumerate(zip(series.figures, amounts, strict=True)):
            if figure and amount == amount:
                ink = "white" if amount > _DARK * top else "black"
                axes.text(column, row, figure.text, ha="center", va="center", fontsize=7, color=ink)
    axes.set_xticks(range(len(chart.labels)), chart.labels, fontsize=8)
    axes.set_yticks(range(len(chart.series)), [each.name for each in chart.series], fontsize=8)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _bare(axes: Any) -> None:  # noqa: ANN401 -- spines are not typed
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)

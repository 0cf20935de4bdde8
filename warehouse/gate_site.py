"""The pages that show every audit: what Great Expectations answered, in Chinese, for a browser and for the printer.

Its own site is in English and asks servers of the internet for its styles; these pages ask nobody for anything. They
quote no cell: what they say of a failure is where it stands.
"""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path

from schemas.calendar import SHANGHAI
from warehouse.gate_findings import Checked

# So many audits are kept.
KEPT = 60
_STAMP = "%Y%m%d-%H%M%S-%f"
_PASSED, _WARNED, _STOPPED = "passed", "warned", "stopped"
_VERDICTS = {_PASSED: "通过", _WARNED: "通过，有提示", _STOPPED: "未通过，没有发布"}
_SEVERITIES = {"critical": "严重", "warning": "提示"}
_STYLE = """
body { font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", sans-serif;
  color: #1f2328; max-width: 64rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; } th:nth-child(2) { width: 55%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid #d0d7de; } th { background: #f6f8fa; white-space: nowrap; }
td.number, th:nth-child(4), th:nth-child(5) { text-align: right; } td { overflow-wrap: anywhere; }
.mark { white-space: nowrap; }
.passed .mark { color: #1a7f37; } .warned .mark { color: #9a6700; } .stopped .mark { color: #cf222e; }
tr.stopped td { background: #ffebe9; } tr.warned td { background: #fff8c5; }
nav a { margin-right: 1rem; white-space: nowrap; } a { color: #0969da; }
ul { margin: .2rem 0; padding-left: 1.2rem; } .note { color: #57606a; }
@media print { nav { display: none; } tr { break-inside: avoid; } }
"""


def write_site(folder: Path, checked: Sequence[Checked]) -> Path:
    """Write the page of an audit and the list of all audits, and forget the oldest; a reader sees no half of either.

    Returns:
        The page of this audit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(SHANGHAI)
    page = folder / f"{now:{_STAMP}}-{_verdict(checked)}.html"
    _write(page, _page(now, checked))
    pages = sorted((each for each in folder.glob("*-*-*-*.html") if _is_ours(each)), reverse=True)
    _write(folder / "index.html", _index(pages[:KEPT]))
    for old in pages[KEPT:]:
        old.unlink(missing_ok=True)
    return page


def _verdict(checked: Iterable[Checked]) -> str:
    severities = {each.severity for each in checked if each.finding}
    if "critical" in severities:
        return _STOPPED
    return _WARNED if severities else _PASSED


def _is_ours(page: Path) -> bool:
    return page.stem.rpartition("-")[2] in _VERDICTS


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=".", suffix=".part", delete=False
    ) as aside:
        part = Path(aside.name)
        try:
            aside.write(text)
            aside.flush()
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _page(now: datetime, checked: Sequence[Checked]) -> str:
    verdict = _verdict(checked)
    found = [each for each in checked if each.finding]
    suites = [(title, list(each)) for title, each in groupby(checked, key=lambda each: each.suite)]
    links = "".join(f'<a href="#s{number}">{escape(title)}</a>' for number, (title, _) in enumerate(suites))
    body = [
        (
            f'<p class="{verdict}"><strong class="mark">{_VERDICTS[verdict]}</strong>：'
            f"{len(suites)} 组规则共 {len(checked)} 条，{len(checked) - len(found)} 条符合，{len(found)} 条不符。"
            '<a href="index.html">历次审核</a></p>'
        ),
        (
            '<p class="note">“严重”的不符使本次不予发布，对外仍是上次发布的数；“提示”照常发布，并写入通报。'
            "只检查上次发布以后收到的报表和本次重新计算的指标值。</p>"
        ),
        *([_table(found)] if found else []),
        f"<nav>{links}</nav>",
        *(f'<h2 id="s{number}">{escape(title)}</h2>{_table(each)}' for number, (title, each) in enumerate(suites)),
    ]
    return _html(f"指标审核 {now:%Y-%m-%d %H:%M:%S}", body)


def _table(checked: Iterable[Checked]) -> str:
    heads = "".join(f"<th>{each}</th>" for each in ("结果", "规则", "程度", "检查", "不符", "例如"))
    return f"<table><tr>{heads}</tr>{''.join(map(_row, checked))}</table>"


def _row(each: Checked) -> str:
    kind = _verdict([each])
    mark = {_PASSED: "✓ 符合", _WARNED: "! 不符", _STOPPED: "✗ 不符"}[kind]
    count, examples = (each.finding.count, each.finding.examples) if each.finding else (0, ())
    listed = f"<ul>{''.join(f'<li>{escape(example)}</li>' for example in examples)}</ul>" if examples else ""
    return (
        f'<tr class="{kind}"><td class="mark">{mark}</td><td>{escape(each.rule)}</td>'
        f'<td>{_SEVERITIES[each.severity]}</td><td class="number">{each.rows}</td>'
        f'<td class="number">{count}</td><td>{listed}</td></tr>'
    )


def _index(pages: Iterable[Path]) -> str:
    rows = "".join(_line(page) for page in pages)
    return _html("历次指标审核", [f"<table><tr><th>时间</th><th>结果</th></tr>{rows}</table>"])


def _line(page: Path) -> str:
    stamp, _, verdict = page.stem.rpartition("-")
    when = datetime.strptime(stamp, _STAMP).replace(tzinfo=SHANGHAI)
    return (
        f'<tr class="{verdict}"><td><a href="{page.name}">{when:%Y-%m-%d %H:%M:%S}</a></td>'
        f'<td class="mark">{_VERDICTS[verdict]}</td></tr>'
    )


def _html(title: str, body: Iterable[str]) -> str:
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{_STYLE}</style></head><body><h1>{title}</h1>",
            *body,
            "</body></html>\n",
        )
    )

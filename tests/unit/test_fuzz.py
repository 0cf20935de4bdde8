"""Whatever a sender writes into cells, headings, heads, names and bytes: issues come of it, and no exception."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.form import tables
from schemas.one_cell import read_cell
from schemas.unit import load_register
from tasks.chunk import read_chunk
from tests.workbooks import HEAD, TODAY, arrive, xlsx

REGISTER = load_register()
COLUMNS = [(table_id, name) for table_id, (_, table) in sorted(tables().items()) for name in table.columns]
# What texts of forms are made of, in the spellings that have surprised parsers: digits of other scripts, figures in
# circles, Roman ones, fractions, signs of any width, blanks that are none.
PIECES = [
    *("2021", "13", "0", "9", "1e", "E+", "99", "年", "月", "日", "时", "分", "号", "上午", "下午", "第", "季度", "届"),
    *(
        "零",
        "〇",
        "一",
        "十",
        "百",
        "万",
        "亿",
        "点",
        "负",
        "廿",
        "壹",
        "两",
        "半",
        "几",
        "余",
        "约",
        "元整",
        "万元",
        "%",
    ),
    *("²", "①", "½", "Ⅳ", "٣", "３", "〇", "㊀", "𝟗", "ﷺ", "İ", "ß", "\u0301", "\u200b", "\u3000", "\xa0", "\ufeff"),
    *(
        "-",
        "—",
        "～",
        "/",
        ".",
        "．",
        ":",
        "：",
        ",",
        "、",
        "(",
        "（",
        ")",
        "[",
        "#",
        "=",
        "'",
        '"',
        "\\",
        "\n",
        "\t",
        " ",
    ),
    *(
        "填报单位：",
        "所属月份：",
        "单位代码：",
        "版本：",
        "合计",
        "小计",
        "注：",
        "零报告",
        "F01",
        "_v2",
        "谢三村街道",
        "340404",
    ),
    *("\0", "\x07", "nan", "inf", "None", "TRUE", "{value}", "%s", "..", "$(x)", "💥"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map("".join) | st.builds(
    lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(2, 6_000)
)
CELLS = TEXTS | st.floats() | st.integers(-(10**18), 10**18) | st.booleans() | st.none()
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def _writable(value: object) -> object:
    """A cell as XlsxWriter takes it: neither NaN, nor longer than Excel has them."""
    if isinstance(value, float):
        return value if abs(value) < 1e300 else None
    return value[:32_000] if isinstance(value, str) else value


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name and the bytes of a report of some form in which anything may stand."""
    table_id = draw(st.sampled_from(sorted(tables())))
    columns = tables()[table_id][1].columns
    labels = [draw(TEXTS) if draw(st.integers(0, 9)) == 0 else column.label for column in columns.values()]
    head = draw(st.sampled_from([list(HEAD), []])) + draw(st.lists(TEXTS, max_size=3))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(labels), max_size=len(labels)), max_size=3))
    sheet = [[_writable(cell) for cell in row] for row in (head, labels, *rows)]
    return draw(TEXTS), xlsx(A=sheet)  # type: ignore[arg-type]


def check_cell(text: str, column: tuple[str, str]) -> None:
    table_id, name = column
    read_cell(text, tables()[table_id][1].columns[name], REGISTER, TODAY.replace(day=1))


def check_report(report: tuple[str, bytes]) -> None:
    name, content = report
    with tempfile.TemporaryDirectory() as folder:
        batch = read_chunk([replace(arrive(Path(folder), content), name=f"{name}.xlsx")], REGISTER, TODAY)
    assert len(batch.submissions) or len(batch.issues)
    assert batch.issues["message"].map(bool).all()


@settings(FEW, max_examples=1_000)
@given(TEXTS, st.sampled_from(COLUMNS))
def test_any_text_in_any_column_gives_a_value_or_an_issue(text: str, column: tuple[str, str]) -> None:
    check_cell(text, column)


@FEW
@given(reports())
def test_any_report_gives_submissions_or_issues(report: tuple[str, bytes]) -> None:
    check_report(report)


@pytest.mark.slow
@settings(FEW, max_examples=20_000)
@given(TEXTS, st.sampled_from(COLUMNS))
def test_many_more_texts_do_so(text: str, column: tuple[str, str]) -> None:
    check_cell(text, column)


@pytest.mark.slow
@settings(FEW, max_examples=1_000)
@given(reports())
def test_many_more_reports_do_so(report: tuple[str, bytes]) -> None:
    check_report(report)

"""Templates of an office: filled with a comment on every figure, or refused in one line that names the slot."""

import io
from collections.abc import Callable, Mapping

import pytest
from docx import Document
from docx.document import Document as Docx
from hypothesis import given
from hypothesis import strategies as st

from tasks.summary.comments import comment_on_figures
from tasks.summary.make_templates import FOLDER, is_alike, make
from tasks.summary.problem import SummaryError
from tasks.summary.slot import Printer, Slot, joined
from tasks.summary.slots import NAMED
from tasks.summary.template import Template

MARK = "（截至2021年7月20日，1家未报）"
ONE = Slot("1", ("ACC01",), measure="起", figure=1)
MARKED = Slot("4", ("TRN01",), MARK, "次", 4)


def template(*paragraphs: str, change: Callable[[Docx], object] = lambda _: None) -> Template:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    change(document)
    content = io.BytesIO()
    document.save(content)
    return Template(content.getvalue(), "templates/半年总结.docx")


def filled(of: Template, slots: Mapping[str, Slot]) -> Docx:
    """The document as it is read back, each comment with the codes of its slot."""
    printer = Printer()
    done = of.fill({name: printer.offer(slot) for name, slot in slots.items()})
    comment_on_figures(done.docx, printer, lambda slot: "、".join(slot.codes))
    content = io.BytesIO()
    done.save(content)
    blobs = (part.blob.decode("utf-8", "ignore") for part in done.docx.part.package.iter_parts())
    assert not any(ord(char) >= 0xF0000 for blob in blobs for char in blob)
    return Document(content)


def commented(document: Docx) -> list[tuple[str, str]]:
    """The words on which each comment stands, and what it says."""
    found = []
    for comment in document.comments:
        between = document.element.body.xpath(
            f"//w:r[preceding::w:commentRangeStart[@w:id='{comment.comment_id}']"
            f" and following::w:commentRangeEnd[@w:id='{comment.comment_id}']]//w:t"
        )
        found.append(("".join(text.text for text in between), comment.text))
    return found


def test_every_figure_has_its_comment_and_the_text_reads_as_one() -> None:
    both = {"acc_count": ONE, "training_sessions": MARKED}
    done = filled(template("发生事故{{ acc_count }}起，培训{{ training_sessions }}次。"), both)

    assert done.paragraphs[0].text == f"发生事故1起，培训4次{MARK}。"
    assert commented(done) == [("1", "ACC01"), (f"4次{MARK}", "TRN01")]


def test_the_same_mark_is_a_star_the_second_time_in_a_paragraph() -> None:
    text = "{{ training_sessions }}次，{{ training_sessions }}次"
    done = filled(template(text, text), {"training_sessions": MARKED})
    assert [p.text for p in done.paragraphs] == [f"4次{MARK}，4次*"] * 2


def test_the_look_of_the_text_around_a_figure_stays() -> None:
    def bold(document: Docx) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("共")
        paragraph.add_run("{{ acc_").bold = True
        paragraph.add_run("count }}").bold = True
        paragraph.add_run("起\t完")

    runs = filled(template(change=bold), {"acc_count": ONE}).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs if run.text] == [("共", None), ("1", True), ("起\t完", None)]


def test_headers_footers_and_properties_have_the_figure_without_a_comment() -> None:
    def around(document: Docx) -> None:
        document.sections[0].footer.paragraphs[0].text = "培训{{ training_sessions }}次"
        document.core_properties.title = "事故{{ acc_count }}起"

    done = filled(template(change=around), {"acc_count": ONE, "training_sessions": MARKED})
    assert done.sections[0].footer.paragraphs[0].text == f"培训4次{MARK}"
    assert done.core_properties.title == "事故1起"
    assert len(done.comments) == 0


def test_cells_of_tables_have_comments_too() -> None:
    def table(document: Docx) -> None:
        document.add_table(1, 1).cell(0, 0).text = "{{ acc_count }}"

    done = filled(template(change=table), {"acc_count": ONE})
    assert (done.tables[0].cell(0, 0).text, commented(done)) == ("1", [("1", "ACC01")])


def test_a_figure_can_be_asked_about() -> None:
    text = "{% if acc_count > 0 %}有{% else %}无{% endif %}{% if acc_count == 0 %}零{% endif %}"
    assert filled(template(text), {"acc_count": ONE}).paragraphs[0].text == "有"
    assert filled(template(text), {"acc_count": Slot("0", (), figure=0)}).paragraphs[0].text == "无零"
    assert filled(template(text), {"acc_count": Slot("暂无", ())}).paragraphs[0].text == "无"


@given(
    before=st.text(st.characters(codec="utf-8", max_codepoint=0xEFFFF)),
    said=st.text(st.characters(codec="utf-8", max_codepoint=0xEFFFF, exclude_categories=["Cc", "Cn"])),
    after=st.text(st.characters(codec="utf-8", max_codepoint=0xEFFFF)),
    times=st.integers(1, 3),
)
def test_whatever_is_printed_is_found_again(before: str, said: str, after: str, times: int) -> None:
    printer, slot = Printer(), Slot(said, ("ACC01",))
    pieces = list(printer.pieces("".join(f"{before}{printer.print(slot)}{after}" for _ in range(times)), set()))

    assert joined(pieces) == f"{before}{said}{after}" * times
    assert [piece.text for piece in pieces if piece.slot] == [said] * times


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ acc_cuont }}", "没有槽位「acc_cuont」，最接近的是「acc_count」"),
        ("{{ value.ACC1 }}", "没有槽位「value.ACC1」（没有这个指标），最接近的是「value.ACC"),
        ("{{ value['ACC99'] }}", "没有槽位「value.ACC99」（没有这个指标），"),
        ("{{ value.ENF02 }}", "没有槽位「value.ENF02」（没有这个指标），"),
        ("{{ value.accidents }}", "没有槽位「value.accidents」（请写编号 ACC01），"),
        ("{{ yoy.HAZ03 }}", "没有槽位「yoy.HAZ03」（HAZ03 期末未整改隐患数不作同比），"),
        ("{% if false %}{{ nonsense_xyz }}{% endif %}", "没有槽位「nonsense_xyz」，可用的见 docs/summary.md"),
        ("{{ acc_count", "的写法有误"),
        ("{{ acc_count ! }}", "的写法有误，在「{{ acc_count ! }}」："),
    ],
)
def test_an_unknown_slot_is_named_with_the_file_and_the_nearest_there_is(text: str, message: str) -> None:
    with pytest.raises(SummaryError) as raised:
        template(text).wanted()
    said = str(raised.value)
    assert said.startswith("模板 templates/半年总结.docx ")
    assert message in said
    assert "\n" not in said


def test_an_unknown_slot_is_found_in_a_footer_and_in_the_title_of_the_file() -> None:
    def foot(document: Docx) -> None:
        document.sections[0].footer.paragraphs[0].text = "{{ acc_cuont }}"

    def title(document: Docx) -> None:
        document.core_properties.title = "{{ acc_cuont }}"

    for change in (foot, title):
        with pytest.raises(SummaryError, match="没有槽位「acc_cuont」"):
            template(change=change).wanted()


@pytest.mark.parametrize(
    "text", ["{{ acc_count / 0 }}", "{{ acc_count.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}"]
)
def test_a_template_reaches_nothing_but_slots(text: str) -> None:
    with pytest.raises(SummaryError, match="填写时出错"):
        template(text).fill({"acc_count": Printer().offer(ONE)})


@pytest.mark.parametrize("content", [b"", b"no word document", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_word_document_is_said_so(content: bytes) -> None:
    with pytest.raises(SummaryError, match=r"模板 半年总结\.docx 不是 Word 文档"):
        Template(content, "半年总结.docx")


@pytest.mark.parametrize("name", ["half_year", "year"])
def test_our_templates_are_made_from_their_texts(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    ours = Document(str(FOLDER / f"{name}.docx"))
    assert is_alike(ours, make(text)), "run make docs"
    assert not is_alike(ours, make(f"{text}\n又一段"))


@pytest.mark.parametrize("name", ["half_year", "year"])
def test_our_templates_have_the_slots_of_the_bureau_and_leave_judgements_to_people(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    wanted = Template((FOLDER / f"{name}.docx").read_bytes(), name).wanted()
    assert wanted.names >= NAMED.keys()
    assert "【请填写：形势判断】" in text
    assert not any(word in text for word in ("总体稳定", "平稳", "严峻", "全覆盖"))

"""A Word template: its slots are checked against those that there are, then filled."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from tasks.summary.problem import SummaryError
from tasks.summary.slots import GROUPS, NAMED, PLAIN, refusal
from warehouse.errors import WarehouseError
from warehouse.register import find_indicator, load_indicators, wanted_indicator

# What an office writes into its template is no program of ours: it reaches nothing but the slots.
_ENVIRONMENT = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
# A broken part is a SyntaxError of lxml's.
_NOT_WORD = (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError)
# What filling may raise besides Jinja's own errors: 1 / 0, or a slot used as what it is not.
_MISUSED = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
# Those that docxtpl fills.
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_EXPRESSION = re.compile(r"{{.*?}}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Wanted:
    """The slots that a template has: named ones, words, and the indicators of each group."""

    names: Set[str]
    indicators: Set[tuple[str, str]]


class Template:
    """A template in memory; ``origin`` names its file in messages."""

    def __init__(self, content: bytes, origin: str) -> None:
        """Opens it.

        Raises:
            SummaryError: it is no Word document.
        """
        self.origin = origin
        self._document = DocxTemplate(io.BytesIO(content))
        try:
            self._source = "".join(_sources(self._document))
        except _NOT_WORD as error:
            raise SummaryError(f"模板 {origin} 不是 Word 文档，请用 Word 或 WPS 另存为 .docx") from error

    def wanted(self) -> Wanted:
        """The slots that it has.

        Raises:
            SummaryError: there is no such slot, or the template cannot be understood.
        """
        tree = self._parsed()
        used = meta.find_undeclared_variables(tree)
        if unknown := sorted(used - NAMED.keys() - PLAIN.keys() - GROUPS.keys()):
            raise SummaryError(self._unknown(unknown[0]))
        pairs = {(group, name) for group, name in _members(tree) if group in used}
        for group, name in sorted(pairs):
            if reason := _why_not(group, name):
                raise SummaryError(self._unknown(f"{group}.{name}", reason))
        return Wanted(used - GROUPS.keys(), pairs)

    def fill(self, context: Mapping[str, object]) -> DocxTemplate:
        """The document with its slots filled.

        Raises:
            SummaryError: a slot is used as what it is not.
        """
        try:
            self._document.render(dict(context), _ENVIRONMENT)
        except _MISUSED as error:
            raise SummaryError(f"模板 {self.origin} 填写时出错，请检查 {{{{ }}}} 和 {{% %}}：{error}") from error
        return self._document

    def _parsed(self) -> nodes.Template:
        try:
            return _ENVIRONMENT.parse(self._source)
        except jinja2.TemplateSyntaxError as error:
            raise SummaryError(f"模板 {self.origin} 的写法有误{self._where()}：{error.message}") from error

    def _where(self) -> str:
        """The first expression that cannot be understood by itself, if that is what is wrong."""
        for expression in _EXPRESSION.findall(self._source):
            try:
                _ENVIRONMENT.parse(expression)
            except jinja2.TemplateSyntaxError:
                return f"，在「{_TAG.sub('', expression)}」"
        return ""

    def _unknown(self, name: str, reason: str = "") -> str:
        near = difflib.get_close_matches(name, _all_names(), n=1, cutoff=0.5)
        hint = f"最接近的是「{near[0]}」" if near else "可用的见 docs/summary.md"
        return f"模板 {self.origin} 里没有槽位「{name}」{f'（{reason}）' if reason else ''}，{hint}"


class Group:
    """The slots of a group as a template sees them: ``value.ACC01``."""

    def __init__(self, slots: Mapping[str, object]) -> None:
        self._slots = slots

    def __getitem__(self, name: str) -> object:
        return self._slots[name]

    def __str__(self) -> str:
        raise ValueError("分组后面要写指标编号，例如 value.ACC01")


def _sources(document: DocxTemplate) -> Iterator[str]:
    """The text of the document, its headers, footers, footnotes and properties, as Jinja reads it."""
    yield document.patch_xml(document.xml_to_string(document.get_docx().element.body))
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.get_docx().part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))
    properties = document.get_docx().core_properties
    yield from (getattr(properties, name) for name in _PROPERTIES)


def _members(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """What is asked of a name: value.ACC01 and value["ACC01"]."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            yield node.node.name, node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Name):
            key = node.arg.value if isinstance(node.arg, nodes.Const) else "?"
            yield node.node.name, str(key)


def _why_not(group: str, name: str) -> str:
    indicator = find_indicator(name)
    if indicator is not None and name == indicator.code:
        return refusal(group, indicator)
    try:
        return f"请写编号 {wanted_indicator(name).code}"
    except WarehouseError:
        return "没有这个指标"


def _all_names() -> Iterable[str]:
    members = (
        f"{group}.{indicator.code}"
        for group in GROUPS
        for indicator in load_indicators().values()
        if not refusal(group, indicator)
    )
    return [*NAMED, *PLAIN, *members]

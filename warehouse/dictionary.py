"""The dictionary of schema ``mart``: its tables, views and columns, read from the catalogue of the database."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Engine

from warehouse.scripts import query

# What the columns of the dictionary are called, in Markdown and in a workbook.
HEADINGS = ("列", "类型", "说明")
_KINDS = {"table": "表 [table]：", "view": "视图 [view]："}


@dataclass(frozen=True)
class Field:
    """One column; ``comment`` is in Chinese, with English in brackets."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class Relation:
    """One table or view with its columns in their order; ``kind`` is table or view."""

    name: str
    kind: str
    comment: str
    fields: tuple[Field, ...]


def read_dictionary(engine: Engine) -> list[Relation]:
    """Every table and view of schema ``mart``, by name; what has no comment has an empty one."""
    with engine.connect() as connection:
        rows = connection.execute(query("dictionary")).all()
    return [
        Relation(
            name=name,
            kind=kind,
            comment=comment or "",
            fields=tuple(Field(row.column_name, row.type_name, row.column_comment or "") for row in columns),
        )
        for (name, kind, comment), columns in itertools.groupby(
            rows, key=lambda row: (row.relation, row.kind, row.relation_comment)
        )
    ]


def as_markdown(relations: Iterable[Relation]) -> str:
    """The dictionary as one page of Markdown: a heading and a table for each table and view."""
    return "\n".join(itertools.chain(["# 数据字典 [Data dictionary]"], *map(_section, relations))) + "\n"


def _section(relation: Relation) -> Iterator[str]:
    yield from ("", f"## mart.{relation.name}", "", f"{_KINDS[relation.kind]} {relation.comment}".strip(), "")
    yield _line(HEADINGS)
    yield "|---|---|---|"
    yield from (_line((f"`{field.name}`", field.type, field.comment)) for field in relation.fields)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

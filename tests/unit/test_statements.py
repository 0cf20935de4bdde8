"""SQL is written by us alone: what comes from outside is a bound parameter or a quoted identifier.

Ruff (S608) sees a statement that is put together in a text of its own; this, one that is on its way to the database.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

WAREHOUSE = Path(__file__).parents[2] / "warehouse"
# What turns a text into SQL.
_MAKERS = {"text", "literal_column", "run_script", "execute"}
# Where a text is put together, and why nothing of outside gets into it.
REASONS = {
    ("beside.py", "database_beside"): "the name of the database, quoted as an identifier",
    ("contributions.py", "read_once"): "names of our own views",
    ("form_views.py", "_columns"): "names of tables have the pattern of Form.id",
    ("form_views.py", "_measures"): "the same",
    ("record.py", "analyze"): "names of our own tables",
    ("roles.py", "_create"): "a constant, quoted as an identifier",
    ("roles.py", "_let_forget"): "names of our own tables, columns quoted as identifiers",
    ("roles.py", "_let_in"): "names of roles, quoted as identifiers",
    ("setup.py", "_drop_views"): "names of our own views",
}


def test_a_statement_is_put_together_only_where_a_reason_is_given() -> None:
    found = {place for file in sorted(WAREHOUSE.glob("*.py")) for place in put_together(file)}

    assert found == set(REASONS)


def put_together(file: Path) -> Iterator[tuple[str, str]]:
    """The functions of a file in which something that makes SQL is given a text with something filled in."""
    for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            if any(_name(call) in _MAKERS and any(map(_is_filled_in, call.args)) for call in calls):
                yield file.name, function.name


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_filled_in(argument: ast.expr) -> bool:
    """An f-string, a sum, a ``%`` or a ``.format``."""
    return isinstance(argument, ast.JoinedStr | ast.BinOp) or (
        isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    )

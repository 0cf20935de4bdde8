"""All that a warehouse says, without ids and times: equal for two that came by the same in different ways."""

from collections import Counter

import sqlalchemy as sa

from warehouse.engine import Connection, Engine

_SUBMISSIONS = """
    SELECT file.name, submission.form, unit_code, month, version, revision, situation, status, content_sha256, rows,
        errors, warnings, correction
    FROM core.submission JOIN core.file USING (file_id)
"""
_ISSUES = """
    SELECT file.name, severity, code, sheet, "row", "column", value, message
    FROM core.issue JOIN core.file USING (file_id)
"""
# The publication from which a value stands is how it came about, not what it is.
_VALUES = "SELECT to_jsonb(indicator_value) - 'publication_id' - 'from_publication' FROM mart.indicator_value"
_ROWS = """
    SELECT file.name, to_jsonb(line) - 'submission_id'
    FROM form_data.{table} AS line JOIN core.submission USING (submission_id) JOIN core.file USING (file_id)
"""

Contents = dict[str, Counter[str]]


def contents(engine: Engine) -> Contents:
    """What every table says and how often."""
    tables = sa.inspect(engine).get_table_names("form_data")
    statements = {"submissions": _SUBMISSIONS, "issues": _ISSUES, "values": _VALUES}
    statements |= {table: _ROWS.format(table=table) for table in tables}
    with engine.connect() as connection:
        return {name: _lines(connection, statement) for name, statement in statements.items()}


def _lines(connection: Connection, statement: str) -> Counter[str]:
    return Counter(repr(tuple(row)) for row in connection.execute(sa.text(statement)))

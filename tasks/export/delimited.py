"""CSV that Excel opens: UTF-8 with the mark that tells it so; no text is a formula."""

import csv
from decimal import Decimal
from pathlib import Path

from tasks.export.texts import as_text, is_like_a_formula
from warehouse.export import Extract


def write(extract: Extract, path: Path) -> int:
    """Writes the rows below a line of column names; gives how many.

    NULL and the empty text are both empty. Before a text that Excel would compute stands an apostrophe.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.name for field in extract.fields])
        for batch in extract.batches():
            writer.writerows([_cell(value) for value in row] for row in batch)
            count += len(batch)
    return count


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        # Without an exponent: 0.0000001 stays so.
        return f"{value:f}"
    return f"'{value}" if is_like_a_formula(value) else as_text(value)

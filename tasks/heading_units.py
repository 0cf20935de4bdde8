"""A unit of measure that stands in the heading of a column stands behind each of its numbers."""

from collections.abc import Mapping

import pandas as pd

from schemas.form import tables

_ENDS_IN_A_NUMBER = r"[\d〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]$"


Units = Mapping[tuple[int, str], str]
"""The unit that a heading names instead of the column's own, by submission and field."""


def units_of_headings(submissions: pd.DataFrame) -> Mapping[str, Units]:
    """The units that headings name, by table."""
    units: dict[str, dict[tuple[int, str], str]] = {table_id: {} for table_id in tables()}
    for number, layout in zip(submissions["submission_no"], submissions["layout"], strict=True):
        for table_id, part in layout.items():
            units[table_id] |= {(number, field): unit for field, unit in part.get("units", {}).items()}
    return units


def in_heading_units(cells: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Cell texts with the unit of their heading behind those that end in a digit or a Chinese numeral."""
    changed = {}
    for field in dict.fromkeys(field for _, field in units):
        unit = pd.Series(
            [units.get((number, field)) for number in cells["submission_no"]], index=cells.index, dtype=object
        )
        is_bare = (
            cells[field]
            .astype("string")
            .str.strip()
            .str.contains(_ENDS_IN_A_NUMBER, regex=True)
            .fillna(value=False)
            .astype(bool)
        )
        texts = cells[field].astype("string").str.strip() + unit.astype("string")
        changed[field] = cells[field].mask(is_bare & unit.notna(), texts.astype(object))
    return cells.assign(**changed)

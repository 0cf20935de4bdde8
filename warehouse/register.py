"""The indicators of ``warehouse/indicators``: read once, and their register in the mart."""

import functools
from collections.abc import Mapping
from importlib import resources

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from schemas.indicator import Indicator, IndicatorError, parse_indicator
from warehouse import mart


@functools.cache
def load_indicators() -> Mapping[str, Indicator]:
    """All indicators by id, in the order of the catalogue; one that uses another's rows has its SELECT.

    Raises:
        IndicatorError: a file is wrong, or two files describe one indicator.
    """
    folder = resources.files("warehouse").joinpath("indicators")
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    found = [
        parse_indicator(entry.read_text(encoding="utf-8"), f"warehouse/indicators/{entry.name}") for entry in files
    ]
    return resolve(found)


def resolve(indicators: list[Indicator]) -> Mapping[str, Indicator]:
    """Indicators by id in the order of the catalogue, each with a SELECT.

    Raises:
        IndicatorError: an id or a code is given twice, or the rows of no known indicator are asked for.
    """
    by_id = {indicator.id: indicator for indicator in sorted(indicators, key=lambda indicator: indicator.order)}
    codes = {indicator.code for indicator in indicators}
    if len(by_id) < len(indicators) or len(codes) < len(indicators):
        raise IndicatorError("warehouse/indicators: two files have one id or code")
    return {indicator.id: _with_select(indicator, by_id) for indicator in by_id.values()}


def _with_select(indicator: Indicator, by_id: Mapping[str, Indicator]) -> Indicator:
    if indicator.rows is None:
        return indicator
    lender = by_id.get(indicator.rows)
    if lender is None or not lender.sql or lender.over_time != indicator.over_time:
        raise IndicatorError(
            f"warehouse/indicators/{indicator.id}.sql: rows: {indicator.rows}: "
            f"no indicator with a SELECT and over_time: {indicator.over_time}"
        )
    return indicator.model_copy(update={"sql": lender.sql})


def find_indicator(text: str) -> Indicator | None:
    """The indicator with this id or code, or None."""
    wanted = text.strip()
    return next(
        (each for each in load_indicators().values() if wanted.lower() == each.id or wanted.upper() == each.code), None
    )


def sync_indicators(connection: Connection) -> None:
    """Bring ``mart.indicator`` in step with the files."""
    names = [column.name for column in mart.indicator.c]
    rows = [
        {
            **indicator.model_dump(include=set(names)),
            **{name: list(getattr(indicator, name)) for name in ("source", "breakdown", "compare")},
        }
        for indicator in load_indicators().values()
    ]
    connection.execute(sa.delete(mart.indicator).where(mart.indicator.c.id.not_in(load_indicators())))
    statement = insert(mart.indicator)
    changed = {name: statement.excluded[name] for name in names if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=[mart.indicator.c.id], set_=changed), rows)

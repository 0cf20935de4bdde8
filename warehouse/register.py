"""The indicators of ``warehouse/indicators`` and the office's own, and the register of both in the mart."""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from schemas.catalogue import LEFT_OUT
from schemas.indicator import Indicator, IndicatorError, parse_indicator
from warehouse import mart
from warehouse.errors import WarehouseError

_BUILT_IN = "warehouse/indicators"
# The office's own: which there are is a matter of the process, like the settings that name their folder.
_own: tuple[Indicator, ...] = ()


def use_own_indicators(folder: Path) -> None:
    """From now on this process has the indicators of a folder beside the built-in ones; none where it is missing.

    Raises:
        IndicatorError: a file is wrong, or has the id or code of another indicator.
    """
    global _own  # noqa: PLW0603 -- read by everything that computes, lists or traces indicators
    own = tuple(_read(folder, str(folder))) if folder.is_dir() else ()
    _with_own(own)
    _own = own


def load_indicators() -> Mapping[str, Indicator]:
    """All indicators by id, in the order of the catalogue; one that uses another's rows has its SELECT.

    Raises:
        IndicatorError: a file is wrong, or two files describe one indicator.
    """
    return _with_own(_own)


def own_indicators() -> tuple[Indicator, ...]:
    """Those of the office."""
    return tuple(load_indicators()[each.id] for each in _own)


@functools.cache
def _with_own(own: tuple[Indicator, ...]) -> Mapping[str, Indicator]:
    folder = resources.files("warehouse").joinpath("indicators")
    return resolve([*_read(folder, _BUILT_IN), *own])


def _read(folder: Traversable, origin: str) -> Iterable[Indicator]:
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return [parse_indicator(_text(entry, f"{origin}/{entry.name}"), f"{origin}/{entry.name}") for entry in files]


def _text(file: Traversable, origin: str) -> str:
    """The text of a file, with or without the mark that some editors put first."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IndicatorError(f"{origin}: save it as UTF-8") from error


def resolve(indicators: list[Indicator]) -> Mapping[str, Indicator]:
    """Indicators by id in the order of the catalogue, each with a SELECT.

    Raises:
        IndicatorError: an id or a code is given twice, or the rows of no known indicator are asked for.
    """
    by_id = {indicator.id: indicator for indicator in sorted(indicators, key=lambda indicator: indicator.order)}
    for name in ("id", "code"):
        times = Counter(getattr(indicator, name) for indicator in indicators)
        if twice := sorted(each for each, count in times.items() if count > 1):
            raise IndicatorError(f"indicators: {name}: {', '.join(twice)}: two files have it")
    return {indicator.id: _with_select(indicator, by_id) for indicator in by_id.values()}


def _with_select(indicator: Indicator, by_id: Mapping[str, Indicator]) -> Indicator:
    if indicator.rows is None:
        return indicator
    lender = by_id.get(indicator.rows)
    if lender is None or not lender.select or lender.over_time != indicator.over_time:
        raise IndicatorError(
            f"{indicator.id}: rows: {indicator.rows}: no indicator with a SELECT and over_time: {indicator.over_time}"
        )
    return indicator.model_copy(update={"sql": f"{indicator.sql}\n{lender.sql}".lstrip()})


def find_indicator(text: str) -> Indicator | None:
    """The indicator with this id or code, or None."""
    wanted = text.strip()
    return next(
        (each for each in load_indicators().values() if wanted.lower() == each.id or wanted.upper() == each.code), None
    )


def wanted_indicator(text: str) -> Indicator:
    """The indicator with this id or code.

    Raises:
        WarehouseError: there is none; the message has the reason where it was left out, else those that there are.
    """
    if found := find_indicator(text):
        return found
    if left_out := LEFT_OUT.get(text.strip().upper()):
        raise WarehouseError(f"{left_out.code} {left_out.name}没有计算：{left_out.said}")
    codes = "、".join(f"{each.code} {each.id}" for each in load_indicators().values())
    raise WarehouseError(f"没有指标「{text}」，可选：{codes}")


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

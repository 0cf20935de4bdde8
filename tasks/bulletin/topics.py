"""Parts 7 to 9: enforcement and campaigns; training, publicity and drills; disasters, flood and forest in season."""

from collections.abc import Sequence

from tasks.bulletin.book import Book
from tasks.bulletin.contents import DISASTERS, ENFORCEMENT, FLOOD, FLOOD_MONTHS, FOREST, FOREST_MONTHS, LEARNING
from tasks.bulletin.document import Block, Cell, Section, Sentence, Table
from tasks.bulletin.overview import indicator_table

_CAMPAIGN = "campaign_code"
_NONE = "none"


def enforcement(book: Book) -> Section:
    """Inspections and penalties, and what was done in each campaign."""
    blocks: list[Block] = [indicator_table(book, "监督检查与行政处罚", ENFORCEMENT)]
    if campaigns := _campaigns(book):
        columns = ("专项行动", "本月检查（家次）", "累计检查（家次）", "本月排查隐患（处）", "累计排查隐患（处）")
        blocks.append(Table("专项行动", columns, campaigns))
    return Section("监督执法", tuple(blocks))


def _campaigns(book: Book) -> tuple[tuple[Cell, ...], ...]:
    """A line for each campaign in which anything was done this year."""
    lines: list[tuple[Cell, ...]] = []
    for member, label in book.indicator("CMP01").members(_CAMPAIGN).items():
        spots = [
            book.spot(code, period, part=(_CAMPAIGN, member))
            for code in ("CMP01", "CMP02")
            for period in (book.period, book.to_date)
        ]
        if member != _NONE and any(book.stored(spot) for spot in spots):
            lines.append((label, *(book.part(spot) for spot in spots)))
    return tuple(lines)


def learning(book: Book) -> Section:
    """Training, publicity, plans and drills."""
    return Section("培训、宣传和演练", (indicator_table(book, "培训、宣传、预案和演练", LEARNING),))


def disasters(book: Book) -> Section:
    """Disasters all year; duty in the flood season and forest fires in the season of fires."""
    month = book.period.start_on.month
    codes = [*DISASTERS, *_in_season(FLOOD, month in FLOOD_MONTHS), *_in_season(FOREST, month in FOREST_MONTHS)]
    blocks: list[Block] = [indicator_table(book, "自然灾害和值守", codes)]
    if month not in FOREST_MONTHS:
        blocks.append(Sentence((f"{month}月不在森林防火期（11月至次年4月），森林火灾不单列。",)))
    if month not in FLOOD_MONTHS:
        blocks.append(Sentence((f"{month}月不在汛期（5月至9月），应急值守不单列。",)))
    return Section("自然灾害、防汛和森林防火", tuple(blocks))


def _in_season(codes: Sequence[str], is_in_season: bool) -> Sequence[str]:  # noqa: FBT001 -- the question itself
    return codes if is_in_season else ()

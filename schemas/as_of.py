"""The moment that a day on the command line means: as of which something is recorded, or as of which it is asked."""

from datetime import date, datetime, time

from schemas.calendar import SHANGHAI

# When the night of prefect.yaml runs: what is played as of a day is recorded when its night would have recorded it.
NIGHT_TIME = time(2, 0)


class AsOfError(ValueError):
    """The text is no moment, or one that has not come; the message says how one is written."""


def moment_of(today: date | None) -> datetime | None:
    """The moment as of which a night or act of an earlier day is recorded: 02:00 of it in Shanghai.

    None, which is now, for today and without a day. Days to come are now as well: nothing is recorded in the future.
    """
    if today is None or today >= datetime.now(SHANGHAI).date():
        return None
    return datetime.combine(today, NIGHT_TIME, tzinfo=SHANGHAI)


def known_at(text: str) -> datetime:
    """The moment of 2021-07-08 or 2021-07-08T09:30:00+08:00, through its end: of the day, or of the second.

    A published time, which is shown to the second, thus includes what was published in it. Without a zone it is
    Shanghai's. What a later day will know nobody can say, so it is refused.

    Raises:
        AsOfError: the text is no moment, or of a day that has not come.
    """
    moment = _parse(text.strip())
    if moment is None:
        raise AsOfError(f"时间「{text}」看不懂，请写成 2021-07-08 或 2021-07-08T09:30:00")
    if moment.date() > datetime.now(SHANGHAI).date():
        raise AsOfError(f"「{text}」还没有到，请写今天或以前的时间")
    return moment


def _parse(text: str) -> datetime | None:
    """The moment in Shanghai's time, None where the text is none."""
    try:
        return datetime.combine(date.fromisoformat(text), time.max, tzinfo=SHANGHAI)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    except (ValueError, OverflowError):
        return None
    return moment if moment.microsecond else moment.replace(microsecond=999_999)

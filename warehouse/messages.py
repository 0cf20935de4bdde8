"""The book of messages to people: each is claimed before it is sent, so that it goes out at most once.

It holds neither addresses, which are secret, nor texts.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine

from warehouse import tables as t

Kind = Literal["reminder", "reminders", "night", "alarm", "returned"]
Standing = Literal["sent", "unclear"]


@dataclass(frozen=True)
class Message:
    """What makes a message the same as another: its kind, who gets it over which channel, on which day, about what.

    ``about`` is the run of which a night or an alarm tells, the state of the reports of which a copy is returned, and
    empty for what is told once a day.
    """

    kind: Kind
    recipient: str
    channel: str
    day: date
    about: str = ""


def claim(engine: Engine, message: Message) -> int | None:
    """The number under which the caller alone may send a message; None where somebody else had it.

    Given out again after a failure only. Committed before anything is sent.
    """
    row = {**asdict(message), "claimed_at": sa.func.clock_timestamp()}
    statement = postgresql.insert(t.message).values(row)
    again = {"claimed_at": statement.excluded.claimed_at, "error": None}
    claimed = statement.on_conflict_do_update(
        constraint="uq_message_kind", set_=again, where=t.message.c.error.is_not(None)
    ).returning(t.message.c.message_id)
    with engine.begin() as connection:
        return connection.execute(claimed).scalar_one_or_none()


def conclude(engine: Engine, message_id: int, error: str | None) -> None:
    """Write down that a claimed message was sent, or why not."""
    outcome = {"error": error} if error else {"sent_at": sa.func.clock_timestamp()}
    with engine.begin() as connection:
        connection.execute(sa.update(t.message).where(t.message.c.message_id == message_id).values(outcome))


def standing(engine: Engine, message: Message) -> Standing:
    """What became of a message that another had claimed: sent, or nobody knows (yet)."""
    same = [t.message.c[name] == value for name, value in asdict(message).items()]
    with engine.connect() as connection:
        is_sent = connection.execute(sa.select(t.message.c.sent_at.is_not(None)).where(*same)).scalar_one()
    return "sent" if is_sent else "unclear"


def is_there(engine: Engine) -> bool:
    """Whether the warehouse has this book: it has not before it was first prepared."""
    return sa.inspect(engine).has_table(t.message.name, schema=t.message.schema)

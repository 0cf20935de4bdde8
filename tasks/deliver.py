"""A letter to a recipient over every channel of theirs, over each at most once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.contacts import scheme_of
from tasks.letters import Letter
from tasks.notify import send
from warehouse.engine import Engine
from warehouse.messages import Kind, Message, claim, conclude, standing

ADMINISTRATORS = "administrators"
Outcome = Literal["sent", "already", "unclear", "failed"]


@dataclass(frozen=True)
class Envelope:
    """To whom, of what kind, for which day and about which run; a letter under the same is the same letter."""

    kind: Kind
    recipient: str
    day: date
    about: str = ""


@dataclass(frozen=True)
class Delivery:
    """What became of a letter on one channel, which is named without its secret: ``wecombot-1``.

    ``already`` was sent before. ``unclear`` was begun and not ended, by a process that ended or still sends: it is not
    sent again.
    """

    channel: str
    outcome: Outcome
    error: str | None = None


def deliver(engine: Engine, envelope: Envelope, letter: Letter, addresses: Sequence[str]) -> tuple[Delivery, ...]:
    """Send a letter over every channel on which it did not go out; failures are written down, and tried again next."""
    return tuple(
        _deliver(
            engine, Message(envelope.kind, envelope.recipient, channel, envelope.day, envelope.about), letter, address
        )
        for channel, address in channels(addresses)
    )


def channels(addresses: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A name for each address that tells nothing of it but the service: the first of a service, the second."""
    count: Counter[str] = Counter()
    for address in addresses:
        scheme = scheme_of(address)
        count[scheme] += 1
        yield f"{scheme}-{count[scheme]}", address


def _deliver(engine: Engine, message: Message, letter: Letter, address: str) -> Delivery:
    message_id = claim(engine, message)
    if message_id is None:
        return Delivery(message.channel, "already" if standing(engine, message) == "sent" else "unclear")
    error = send(address, letter)
    conclude(engine, message_id, error)
    return Delivery(message.channel, "failed" if error else "sent", error)

"""Feed back: a marked copy of every report in which something is wrong into the outbox, and to its unit by mail.

Computed from the warehouse alone: what a night that was cut short left undone, the next one does.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.house import House
from schemas.calendar import SHANGHAI
from schemas.contacts import ContactsError
from tasks.archive import copy_in
from tasks.aside import OutputError
from tasks.deliver import Envelope, deliver
from tasks.notify import takes_attachments
from tasks.returned.letter import letter_of
from tasks.returned.outbox import Kept, Outbox, key_of, place_of, stems
from tasks.returned.verdict import Verdict
from warehouse.returned import OpenWork, evidence, open_work

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Returned:
    """How many copies were written, and a sentence on each thing that did not work."""

    written: int
    troubles: tuple[str, ...] = ()


def return_workbooks(house: House, *, tells: bool) -> Returned:
    """Bring the outbox in step with the warehouse, and send what is new there to the units that can be reached.

    Args:
        house: where.
        tells: whether units are told; a night of another day tells nobody.
    """
    outbox = Outbox(house.settings.outbox)
    works = stems(open_work(house.engine), house.register)
    try:
        ledger, written = _in_step(house, outbox, works, waits=tells)
    except (OSError, OutputError) as error:
        return Returned(0, (f"退回的文件没有写全，下一夜再写：{error}",))
    troubles = _send(house, outbox, works, ledger) if tells else ()
    _log.info("returned=%d open=%d troubles=%d", written, len(works), len(troubles))
    return Returned(written, troubles)


def _in_step(
    house: House, outbox: Outbox, works: Mapping[str, OpenWork], *, waits: bool
) -> tuple[Mapping[str, Kept], int]:
    """Write what is new, move what is settled; the ledger, and how many were written.

    Raises:
        OSError, OutputError: the outbox cannot be written; what was written stands, and the next night finds it there.
    """
    before = outbox.read_ledger()
    new = {stem: work for stem, work in works.items() if stem not in before or before[stem].key != key_of(work)}
    for stem in before.keys() - works.keys():
        outbox.settle(stem, before[stem].ending)
    ledger = {stem: before[stem] for stem in before.keys() & works.keys()}
    for stem, ending in _write(house, outbox, new):
        if stem in before and before[stem].ending != ending:
            outbox.settle(stem, before[stem].ending)
        ledger[stem] = Kept(key_of(works[stem]), ending, waits)
    outbox.write_ledger(ledger)
    return ledger, len(new)


def _write(house: House, outbox: Outbox, new: Mapping[str, OpenWork]) -> Iterator[tuple[str, str]]:
    """Write the copies; the path and the ending of each."""
    # openpyxl, and most nights bring nothing
    from tasks.returned.guarded import Copying, annotate_guarded  # noqa: PLC0415

    works = list(new.values())
    for stem, work, found in zip(new, works, evidence(house.engine, works), strict=True):
        copying = Copying(
            _content(work, house), found.issues, found.layouts, _verdict(work), house.settings.limits.bounds
        )
        copy = annotate_guarded(copying, house.settings.limits)
        outbox.put(stem, copy.ending, copy.content)
        yield stem, copy.ending


def _content(work: OpenWork, house: House) -> bytes:
    """The file; nothing of what was too large to be read, or is past its time of keeping: the list goes back alone."""
    archived = copy_in(house.settings.archive, work.archive)
    is_read = work.size <= house.settings.limits.bounds.file_bytes and archived.is_file()
    return archived.read_bytes() if is_read else b""


def _verdict(work: OpenWork) -> Verdict:
    forms: dict[str, list[str]] = {}
    for form, status in zip(work.forms, work.statuses, strict=True):
        forms.setdefault(status, []).append(form)
    return Verdict(forms)


def _send(house: House, outbox: Outbox, works: Mapping[str, OpenWork], ledger: Mapping[str, Kept]) -> tuple[str, ...]:
    """Send the copies that wait to the contacts of their units; a sentence for each channel that failed."""
    waiting = [stem for stem, kept in ledger.items() if kept.waits]
    try:
        contacts = house.settings.contacts(house.register) if waiting else {}
    except ContactsError as error:
        return (str(error),)
    troubles = {
        stem: _send_one(house, outbox.path(stem, ledger[stem].ending), works[stem], contacts) for stem in waiting
    }
    told = {stem: replace(ledger[stem], waits=bool(troubles[stem])) for stem in waiting}
    try:
        outbox.write_ledger({**ledger, **told})
    except OutputError as error:
        _log.warning("the ledger of the outbox cannot be written: %s", error)
    return tuple(dict.fromkeys(trouble for each in troubles.values() for trouble in each))


def _send_one(house: House, copy: Path, work: OpenWork, contacts: Mapping[str, Sequence[str]]) -> Sequence[str]:
    unit_code, month = place_of(work, house.register)
    addresses = [each for each in contacts.get(unit_code or "", ()) if takes_attachments(each)]
    if unit_code is None or not addresses or not copy.is_file():
        return ()
    unit = house.register.units[unit_code].name
    # The day on which the file came: on whatever night it is sent, it is the same letter.
    to_unit = Envelope("returned", unit_code, work.received_at.astimezone(SHANGHAI).date(), key_of(work))
    sent = deliver(house.engine, to_unit, letter_of(work, unit, month, copy), addresses)
    return [
        f"退回的文件没有送达 {unit}：{each.channel} {each.error}，下一夜再发"
        for each in sent
        if each.outcome == "failed"
    ]

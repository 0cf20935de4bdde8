"""What becomes of submissions, whole batches against one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from warehouse.revise import decide

MONTH = date(2021, 3, 1)
UNITS = ("340404001", "340404002")
KNOWN = ("form", "unit_code", "month", "version", "revision", "accepted_id", "held_id", "content_sha256")


@dataclass(frozen=True)
class Sent:
    """A submission as it is read: accepted, unless the reader rejected it."""

    unit: str
    version: int
    content: str
    is_rejected: bool = False


@dataclass
class Desk:
    """One (form, unit, month), to which one submission comes after the other."""

    newest: int = 0
    in_line: str | None = None
    revision: int = 0
    accepted: int | None = None
    held: int | None = None

    def take(self, number: int, sent: Sent, *, is_closed: bool) -> tuple[str, int | None]:
        """The status and the revision of a submission, by the rules one by one."""
        if sent.is_rejected:
            return "rejected", None
        if sent.content == self.in_line:
            self.newest = max(self.newest, sent.version)
            return "identical", None
        if sent.version <= self.newest:
            return ("rejected" if sent.version == self.newest else "superseded"), None
        self.newest, self.in_line = sent.version, sent.content
        if is_closed:
            self.held = number
            return "held", None
        self.accepted, self.held, self.revision = number, None, self.revision + 1
        return "accepted", self.revision


sendings = st.builds(
    Sent, st.sampled_from(UNITS), st.integers(1, 4), st.sampled_from("abc"), st.sampled_from([False] * 4 + [True])
)


def frame(batch: Sequence[tuple[int, Sent]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "submission_id": pd.Series([number for number, _ in batch], dtype="int64"),
            "form": pd.Series(["training" for _ in batch], dtype=object),
            "unit_code": pd.Series([sent.unit for _, sent in batch], dtype=object),
            "month": pd.Series([MONTH for _ in batch], dtype=object),
            "version": pd.Series([sent.version for _, sent in batch], dtype="int64"),
            "content_sha256": pd.Series([sent.content for _, sent in batch], dtype=object),
            "status": pd.Series(["rejected" if sent.is_rejected else "accepted" for _, sent in batch], dtype=object),
            "errors": pd.Series([int(sent.is_rejected) for _, sent in batch], dtype="int64"),
        }
    )


def known(desks: dict[str, Desk]) -> pd.DataFrame:
    lines = [
        ("training", unit, MONTH, desk.newest, desk.revision, desk.accepted, desk.held, desk.in_line)
        for unit, desk in desks.items()
        if desk.newest
    ]
    return pd.DataFrame(lines, columns=list(KNOWN), dtype=object)


def one_by_one(
    desks: dict[str, Desk], batch: Sequence[tuple[int, Sent]], *, is_closed: bool
) -> tuple[dict[int, tuple[str, int | None]], set[int]]:
    """What becomes of each, and which submissions were ended."""
    right: dict[int, tuple[str, int | None]] = {}
    ended: set[int] = set()
    for number, sent in batch:
        desk = desks[sent.unit]
        former = {desk.held} if is_closed else {desk.held, desk.accepted}
        right[number] = desk.take(number, sent, is_closed=is_closed)
        if right[number][0] in ("accepted", "held"):
            ended |= {each for each in former if each is not None}
    return right, ended


@given(batches=st.lists(st.tuples(st.lists(sendings, max_size=6), st.booleans()), max_size=4))
def test_a_batch_is_decided_as_if_its_submissions_came_one_by_one(
    batches: Sequence[tuple[Sequence[Sent], bool]],
) -> None:
    desks, sent_before = {unit: Desk() for unit in UNITS}, 0
    for sent_together, is_closed in batches:
        batch = list(enumerate(sent_together, sent_before))
        sent_before += len(batch)
        decision = decide(frame(batch), known(desks), {MONTH} if is_closed else set())
        right, ended = one_by_one(desks, batch, is_closed=is_closed)
        decided = decision.submissions.astype(object).where(decision.submissions.notna(), None)
        assert dict(zip(decided["submission_id"], decided["status"], strict=True)) == {
            number: "superseded" if number in ended else status for number, (status, _) in right.items()
        }
        assert decided["revision"].tolist() == [revision for _, revision in right.values()]
        assert sorted(decision.replaced) == sorted(ended - right.keys())


def test_a_version_that_was_sent_with_other_content_is_told_which_one_it_needs() -> None:
    batch = frame([(1, Sent("340404001", 3, "a")), (2, Sent("340404001", 3, "b"))])

    decided = decide(batch, known({})).submissions

    assert decided["repeats"].tolist()[1] == 4
    assert decided["errors"].tolist() == [0, 1]

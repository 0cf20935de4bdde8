"""What a night with nothing new costs on a running server: ``.venv/bin/python benchmarks/empty_night.py``.

``huizong serve`` over the sample inbox of 2,649 files; after two nights that have something to do, seven that have not.
Counted is from the moment at which the worker takes the run up, until the run has ended: the start of the process, the
night, and Prefect's own book-keeping. Waiting for the worker to look for work is not: it looks every ten seconds.
"""

import statistics
from datetime import datetime

from flows.demo import sample_documents, village_list, write_documents
from tests.integration.huizong import new_home
from tests.integration.serving import Serving, serving

NIGHTS = 7


def main() -> None:
    """Prints the median and the range of both."""
    with new_home() as home:
        home.mkdir()
        (home / "units.toml").write_text(village_list(), encoding="utf-8")
        write_documents(home / "inbox", sample_documents())
        with serving(home) as served:
            for _ in range(2):
                night(served)
            taken = [night(served) for _ in range(NIGHTS)]
            served.stop()
    for name, seconds in zip(
        ("from being taken up to the end", "the flow itself"), zip(*taken, strict=True), strict=True
    ):
        print(f"{name}: median {statistics.median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f} s")


def night(served: Serving) -> tuple[float, float]:
    """The seconds from being taken up to the end, and those of the flow."""
    run = served.trigger("nightly")
    ended = served.ended(run)
    states = served.api(f"/flow_run_states/?flow_run_id={run}")
    moments = {state["name"]: datetime.fromisoformat(state["timestamp"]) for state in states}
    return (moments["Completed"] - moments["Pending"]).total_seconds(), float(ended["total_run_time"])


if __name__ == "__main__":
    main()

"""The steps of the night as Prefect tasks: one line each; the work is in ``tasks`` and ``warehouse``.

Those that need the database are tried again where that can help, see ``warehouse.patience``.
"""

from collections.abc import Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.bulletins import write_due_bulletin
from flows.forgetting import forget_old_people
from flows.house import open_house
from flows.returned import return_workbooks
from tasks.collect import Collected, collect_all
from tasks.readers import read_guarded
from tasks.sources.address import Address
from tasks.sources.source import Means
from warehouse.engine import Engine
from warehouse.files import known_files, remember
from warehouse.load import load
from warehouse.patience import patiently
from warehouse.publish import publish


def collect_new(engine: Engine, addresses: Sequence[Address], means: Means) -> Collected:
    """What the warehouse does not know, and what was seen kept there.

    In one step: Prefect walks through everything that is passed to a task, 12 seconds for 50,000 known files.
    """
    collected = collect_all(addresses, known_files(engine), means)
    remember(engine, collected.seen)
    return collected


open_step = task(name="open", cache_policy=NO_CACHE)(patiently(open_house))
collect_step = task(name="collect", cache_policy=NO_CACHE)(patiently(collect_new))
read_step = task(name="read", cache_policy=NO_CACHE)(read_guarded)
load_step = task(name="load", cache_policy=NO_CACHE)(patiently(load))
bulletin_step = task(name="bulletin", cache_policy=NO_CACHE)(patiently(write_due_bulletin))
forget_step = task(name="forget", cache_policy=NO_CACHE)(patiently(forget_old_people))
return_step = task(name="return", cache_policy=NO_CACHE)(patiently(return_workbooks))
publish_step = task(name="publish", cache_policy=NO_CACHE)(patiently(publish))

"""The steps of the night as Prefect tasks: one line each, the work is in ``tasks`` and ``warehouse``."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.house import open_house
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.validate import validate
from warehouse.files import known_files, remember
from warehouse.load import load
from warehouse.publish import publish

open_step = task(name="open", cache_policy=NO_CACHE)(open_house)
known_step = task(name="known", cache_policy=NO_CACHE)(known_files)
collect_step = task(name="collect", cache_policy=NO_CACHE)(collect_all)
remember_step = task(name="remember", cache_policy=NO_CACHE)(remember)
read_step = task(name="read", cache_policy=NO_CACHE)(read_batch)
validate_step = task(name="validate", cache_policy=NO_CACHE)(validate)
load_step = task(name="load", cache_policy=NO_CACHE)(load)
publish_step = task(name="publish", cache_policy=NO_CACHE)(publish)

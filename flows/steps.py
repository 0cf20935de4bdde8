"""The steps of the night as Prefect tasks: one line each, the work is in ``tasks`` and ``warehouse``."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.house import open_house
from tasks.assemble import read_batch
from tasks.collect import collect_all
from tasks.validate import validate
from warehouse.files import known_files
from warehouse.load import load
from warehouse.publish import publish

open_step = task(open_house, name="open", cache_policy=NO_CACHE)
known_step = task(known_files, name="known", cache_policy=NO_CACHE)
collect_step = task(collect_all, name="collect", cache_policy=NO_CACHE)
read_step = task(read_batch, name="read", cache_policy=NO_CACHE)
validate_step = task(validate, name="validate", cache_policy=NO_CACHE)
load_step = task(load, name="load", cache_policy=NO_CACHE)
publish_step = task(publish, name="publish", cache_policy=NO_CACHE)

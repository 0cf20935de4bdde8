"""The command ``huizong housekeeping``: the same as the flow, without Prefect."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flows.commands import print_json
from flows.settings import Settings, load_settings
from flows.tidy import carry_out, plan, told_plan


def run_housekeeping(*, as_json: bool) -> None:
    """Do it, and say what was done."""
    settings, moment = load_settings(), datetime.now(UTC)
    done = carry_out(settings, plan(settings, moment), moment)
    told = {
        "dry_run": False,
        "runs": done.runs,
        "raw_files": done.raw,
        "raw_bytes": done.raw_bytes,
        "raw_deleted": done.raw_deleted,
        "half_written": done.half_written,
        "vacuumed": done.is_vacuumed,
    }
    _say(told, done.told, as_json=as_json)


def preview_housekeeping(*, as_json: bool) -> None:
    """Say what would be done; nothing is changed."""
    settings: Settings = load_settings()
    planned = plan(settings, datetime.now(UTC))
    told = {
        "dry_run": True,
        "runs": planned.runs,
        "raw_files": len(planned.raw),
        "raw_bytes": planned.raw_bytes,
        "raw_deleted": 0,
        "half_written": len(planned.half_written),
        "vacuumed": False,
    }
    _say(told, told_plan(planned, settings), as_json=as_json)


def _say(told: Mapping[str, object], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        print("\n".join(lines))  # noqa: T201 -- the output itself

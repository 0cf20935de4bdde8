"""The commands ``huizong verify`` and, to mend what it finds in the mart, ``huizong warehouse recompute``."""

from collections.abc import Collection
from importlib.metadata import version

from flows.commands import print_json
from flows.house import open_house
from flows.settings import SettingsError, load_settings
from flows.show_verify import as_data, told
from flows.verifying import PARTS, verify
from warehouse.integrity import Sample
from warehouse.recompute import recompute


def run_verify(names: Collection[str], sample: Sample, *, as_json: bool) -> int:
    """Verify these parts (none: all) and print what differs: 1 when something is damaged, else 0.

    Raises:
        SettingsError: there is no such part.
    """
    if unknown := sorted(set(names) - PARTS.keys()):
        raise SettingsError(f"没有「{unknown[0]}」可核对，可写 {'、'.join(PARTS)}")
    done = verify(open_house(load_settings()), sample, names or tuple(PARTS))
    if as_json:
        print_json(as_data(done))
    else:
        print("\n".join(told(done)))  # noqa: T201 -- the output itself
    return int(bool(done.damages))


def run_recompute() -> None:
    """Compute every value anew, publish what differs, and say so."""
    house = open_house(load_settings())
    done = recompute(house.engine, version("huizong"), house.settings.data_docs)
    if done.publication_id is None:
        print(f"全部重新计算，指标没有变化（共 {done.values} 个值）。")  # noqa: T201 -- the output itself
    else:
        print(f"全部重新计算，已发布第 {done.publication_id} 版：变动 {done.changed} 个值。")  # noqa: T201 -- the same

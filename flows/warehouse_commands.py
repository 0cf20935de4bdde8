"""The commands of ``huizong warehouse``."""

import sys
from pathlib import Path

from flows.dictionary_book import write_book
from flows.house import connect, open_house
from flows.settings import SettingsError, load_settings
from warehouse.audit import Act
from warehouse.dictionary import as_markdown, read_dictionary
from warehouse.revision import current_revision
from warehouse.roles import LOADER, READER, make_loader, make_reader

# What the engine adds for its own sessions, and a program that connects should not copy.
_OWN_SETTINGS = ("connect_timeout", "application_name", "options")


def show_url() -> None:
    """Where the warehouse is, without its password. The embedded one is there only while a command runs."""
    settings = load_settings()
    engine = connect(settings)
    address = engine.url.set(drivername="postgresql").difference_update_query(_OWN_SETTINGS)
    _print(address.render_as_string(hide_password=True))
    if not settings.warehouse_url:
        sys.stderr.write(
            "这是内置数据库，只在 huizong 运行时开着；报表工具请连接 HUIZONG_WAREHOUSE_URL 所指的服务器。\n"
        )


def migrate_warehouse() -> None:
    """Everything in the database brought in step with the program; says which revision it has now."""
    house = open_house(load_settings())
    _print(f"数据仓库已是本程序的版本：库表 {current_revision(house.engine)}。")


def grant_reader_to(name: str, act: Act) -> None:
    """A role becomes a reader of mart."""
    house = open_house(load_settings())
    make_reader(house.engine, name, act)
    _print(f"角色 {name} 已加入 {READER}，可读 mart。")


def grant_loader_to(name: str, act: Act) -> None:
    """A role becomes one that runs nights."""
    house = open_house(load_settings())
    make_loader(house.engine, name, act)
    _print(f"角色 {name} 已加入 {LOADER}，可入库、发布和办理封账撤回。")


def write_dictionary(output: str, out: Path | None) -> None:
    """The dictionary on the screen or in a file.

    Raises:
        SettingsError: a workbook has no file to go to.
    """
    if output == "xlsx" and out is None:
        raise SettingsError("xlsx 请用 --out 写明文件，例如 --out 数据字典.xlsx")
    relations = read_dictionary(open_house(load_settings()).engine)
    if output == "xlsx" and out is not None:
        write_book(relations, out)
    elif out is not None:
        out.write_text(as_markdown(relations), encoding="utf-8")
    else:
        _print(as_markdown(relations).rstrip("\n"))


def _print(text: str) -> None:
    print(text)  # noqa: T201 -- the output itself

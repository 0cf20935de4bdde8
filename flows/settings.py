"""Settings from the environment, prefix ``HUIZONG_``. A wrong one is named in one line."""

import os
from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from schemas.contacts import parse_contacts, split_addresses, wrong_address
from schemas.unit import Register, load_register
from tasks.limits import USUAL, Bounds, Limits
from tasks.sources.address import Address, parse_address
from tasks.sources.source import Means

PREFIX = "HUIZONG_"
# Their values are never printed: they hold passwords.
_SECRET = frozenset({"inbox", "notify", "personal_key", "serve_auth", "warehouse_url"})
_FOR_TESTS = frozenset({"HUIZONG_TEST_URL"})


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what to write."""


class Settings(BaseSettings):
    """Where things are.

    ``home`` holds the archive, the embedded database, the office's own ``units.toml`` and its own indicators in
    ``indicators``. ``inbox`` is a list of folders and addresses (see ``tasks.sources.address``), one a line or
    separated by commas; without it ``<home>/inbox``. A file that was written within ``settle_seconds`` is looked at
    twice. Without ``warehouse_url`` an embedded PostgreSQL is used. ``batch_files`` is how many files are loaded
    in one go. ``task_runner`` says where chunks of at most ``chunk_files`` are read (see ``flows.runner``): by
    ``readers`` processes on this machine, each of which may take ``read_seconds`` over a file and ``read_megabytes`` of
    memory, or on a cluster, with as many on each of its machines. The other ``read_`` are what one file may bring, see
    ``tasks.limits.Bounds``.
    ``serve_auth`` is the user and the password of Prefect's page, ``user:password``; without it they are made up.
    ``personal_key`` seals what forms say (see ``warehouse.seal``); without it ``<home>/personal.key``.
    ``personal_months`` is how long the warehouse keeps names (see ``warehouse.forget``); without it, for ever.
    ``keep_runs_days`` is how long Prefect remembers runs. With ``delete_raw``, housekeeping deletes archived files that
    are older than the law asks; without it, it only counts them.
    ``notify`` are the apprise URLs of the administrators, separated by commas or blanks.
    """

    # What was given may be a secret, and an error of pydantic ends up in Prefect's log.
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    home: Path = Path(".huizong")
    warehouse_url: str | None = Field(default=None, repr=False)
    inbox: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    settle_seconds: float = Field(default=3, ge=0, le=600)
    batch_files: int = Field(default=2000, ge=1, le=100_000)
    task_runner: str = "local"
    readers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256)
    chunk_files: int = Field(default=1000, ge=1, le=100_000)
    read_seconds: float = Field(default=60, gt=0, le=3600)
    read_megabytes: int = Field(default=2048, ge=256, le=1_048_576)
    read_file_megabytes: int = Field(default=USUAL.file_megabytes, ge=1, le=2048)
    read_unpacked_megabytes: int = Field(default=USUAL.unpacked_megabytes, ge=32, le=65_536)
    read_ratio: int = Field(default=USUAL.ratio, ge=10, le=1_000_000)
    read_parts: int = Field(default=USUAL.parts, ge=100, le=1_000_000)
    read_cells: int = Field(default=USUAL.cells, ge=1_000_000, le=100_000_000)
    read_characters: int = Field(default=USUAL.characters, ge=1_000_000, le=500_000_000)
    read_rows: int = Field(default=USUAL.rows, ge=1_000, le=10_000_000)
    read_issues: int = Field(default=USUAL.issues, ge=1_000, le=10_000_000)
    serve_auth: SecretStr | None = None
    personal_key: SecretStr | None = None
    personal_months: int | None = Field(default=None, ge=12, le=1200)
    keep_runs_days: int = Field(default=90, ge=7, le=3660)
    delete_raw: bool = False
    notify: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)

    @field_validator("inbox", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split("\n" if "\n" in value else ",") if part.strip())

    @field_validator("notify", mode="before")
    @classmethod
    def _split_addresses(cls, value: object) -> object:
        return split_addresses(value) if isinstance(value, str) else value

    @field_validator("notify")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := wrong_address(value):
            raise ValueError(f"第 {wrong} 个不是网址，请写成 wecombot://机器人的key 的样子")
        return value

    @field_validator("task_runner")
    @classmethod
    def _is_a_runner(cls, value: str) -> str:
        if value not in ("local", "dask", "ray") and not value.startswith(("tcp://", "tls://", "ray://")):
            raise ValueError("可写 local、dask、ray，或集群的地址 tcp://主机:8786（Dask）、ray://主机:10001（Ray）")
        return value

    @field_validator("inbox")
    @classmethod
    def _is_understood(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            parse_address(each)
        return value

    @field_validator("warehouse_url")
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value and not value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("须以 postgresql:// 开头，例如 postgresql://huizong@localhost/huizong")
        return value or None

    @field_validator("serve_auth")
    @classmethod
    def _is_user_and_password(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not all(value.get_secret_value().partition(":")):
            raise ValueError("须写成 用户:密码")
        return value

    @cached_property
    def root(self) -> Path:
        """The home as an absolute path."""
        return self.home.expanduser().resolve()

    @property
    def archive(self) -> Path:
        """Where the bytes of every file are kept, by sha256."""
        return self.root / "archive"

    @property
    def outbox(self) -> Path:
        """Where the returned workbooks lie, by unit and month."""
        return self.root / "outbox"

    @property
    def data_docs(self) -> Path:
        """The folder of the pages that show every audit."""
        return self.root / "data_docs"

    @property
    def sources(self) -> tuple[Address, ...]:
        """Where to collect from."""
        return tuple(parse_address(each) for each in self.inbox or (str(self.root / "inbox"),))

    @property
    def means(self) -> Means:
        """What collecting needs."""
        return Means(self.archive, self.root / "known_hosts", self.settle_seconds, self.limits.bounds.file_bytes)

    @property
    def limits(self) -> Limits:
        """What a process that reads may take, and how many there are."""
        bounds = Bounds(**{each.name: getattr(self, f"read_{each.name}") for each in fields(Bounds)})
        return Limits(self.readers, self.read_seconds, self.read_megabytes, bounds)

    @property
    def reports(self) -> Path:
        """Where bulletins and summaries are written, in a folder for each period."""
        return self.root / "reports"

    @property
    def personal_key_file(self) -> Path:
        """Where the key is with which names are sealed in the warehouse, unless ``personal_key`` gives it."""
        return self.root / "personal.key"

    @property
    def own_units(self) -> Path:
        """The office's own list of units, where it has one."""
        return self.root / "units.toml"

    @property
    def own_indicators(self) -> Path:
        """The folder of the office's own indicators, where it has any."""
        return self.root / "indicators"

    @property
    def contacts_file(self) -> Path:
        """Where the units are reached; it holds secrets."""
        return self.root / "contacts.toml"

    def contacts(self, register: Register) -> Mapping[str, tuple[str, ...]]:
        """The addresses of each unit by its code; none where there is no list.

        Raises:
            ContactsError: a line of the list is wrong.
        """
        if not self.contacts_file.is_file():
            return {}
        return parse_contacts(self.contacts_file.read_text(encoding="utf-8"), register, str(self.contacts_file))

    def register(self) -> Register:
        """The units that report: those of the district, and the office's own list in ``<home>/units.toml``."""
        own_list = self.own_units
        text = own_list.read_text(encoding="utf-8") if own_list.is_file() else None
        return load_register(text, str(own_list))


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a value is wrong, or a name with our prefix is unknown (a slip would go unseen otherwise).
    """
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | _FOR_TESTS
    if unknown := sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known):
        raise SettingsError(f"{unknown[0]}：没有这个设置，可用的有 {'、'.join(sorted(known - _FOR_TESTS))}")
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors()[0]
        field = str(problem["loc"][0])
        name = f"{PREFIX}{field.upper()}"
        given = "" if field in _SECRET else f"={os.environ.get(name, '')}"
        # Without its cause, which quotes what was given.
        raise SettingsError(f"{name}{given}：{problem['msg'].removeprefix('Value error, ')}") from None


def prefect_home(settings: Settings) -> Path:
    """Where Prefect keeps its files, closed to other users."""
    folder = settings.root / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder

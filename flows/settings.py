"""Settings from the environment, prefix ``HUIZONG_``. A wrong one is named in one line."""

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from schemas.unit import Register, load_register
from tasks.sources.address import Address, parse_address
from tasks.sources.source import Means

PREFIX = "HUIZONG_"
# Their values are never printed: they hold passwords.
_SECRET = frozenset({"inbox", "serve_auth", "warehouse_url"})
_FOR_TESTS = frozenset({"HUIZONG_TEST_URL"})


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what to write."""


class Settings(BaseSettings):
    """Where things are.

    ``home`` holds the archive, the embedded database, the office's own ``units.toml`` and its own indicators in
    ``indicators``. ``inbox`` is a list of folders and addresses (see ``tasks.sources.address``), one a line or
    separated by commas; without it ``<home>/inbox``. A file that was written within ``settle_seconds`` is looked at
    twice. Without ``warehouse_url`` an embedded PostgreSQL is used. ``batch_files`` is how many files are read and
    loaded in one go.
    ``serve_auth`` is the user and the password of Prefect's page, ``user:password``; without it they are made up.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    home: Path = Path(".huizong")
    warehouse_url: str | None = None
    inbox: Annotated[tuple[str, ...], NoDecode] = Field(default=(), repr=False)
    settle_seconds: float = Field(default=3, ge=0, le=600)
    batch_files: int = Field(default=2000, ge=1, le=100_000)
    serve_auth: SecretStr | None = None

    @field_validator("inbox", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split("\n" if "\n" in value else ",") if part.strip())

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
    def sources(self) -> tuple[Address, ...]:
        """Where to collect from."""
        return tuple(parse_address(each) for each in self.inbox or (str(self.root / "inbox"),))

    @property
    def means(self) -> Means:
        """What collecting needs."""
        return Means(self.archive, self.root / "known_hosts", self.settle_seconds)

    @property
    def own_units(self) -> Path:
        """The office's own list of units, where it has one."""
        return self.root / "units.toml"

    @property
    def own_indicators(self) -> Path:
        """The folder of the office's own indicators, where it has any."""
        return self.root / "indicators"

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

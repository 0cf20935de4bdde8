"""What every command needs opened: the settings, the register of units and the warehouse."""

from dataclasses import dataclass
from datetime import datetime

from flows.settings import Settings
from schemas.unit import Register
from warehouse.engine import Engine, open_engine
from warehouse.register import use_own_indicators
from warehouse.seal import KeyPlace, use_key
from warehouse.server import start_embedded
from warehouse.setup import prepare


@dataclass(frozen=True)
class House:
    """An opened installation."""

    settings: Settings
    register: Register
    engine: Engine


def open_house(settings: Settings, at: datetime | None = None) -> House:
    """The warehouse of the settings, started if it is the embedded one, in step with forms, units and indicators.

    Args:
        settings: where it is.
        at: the moment as of which it is brought in step, see ``warehouse.clock.next_moment``; None is now.

    Raises:
        WarehouseError: no server answers, or the tables cannot follow the definitions.
        UnitError: the office's own list of units is wrong.
        IndicatorError: one of its own indicators is wrong.
    """
    register = settings.register()
    use_own_indicators(settings.own_indicators)
    use_key(_key_of(settings))
    engine = connect(settings)
    prepare(engine, register, at)
    return House(settings, register, engine)


def _key_of(settings: Settings) -> KeyPlace:
    given = settings.personal_key.get_secret_value() if settings.personal_key else None
    return KeyPlace(given, settings.personal_key_file)


def connect(settings: Settings) -> Engine:
    """The warehouse of the settings as it is, started if it is the embedded one.

    Raises:
        WarehouseError: no server answers.
    """
    return open_engine(address_of(settings))


def address_of(settings: Settings) -> str:
    """The URL of the warehouse; the embedded one is started.

    Raises:
        WarehouseError: it cannot start.
    """
    return settings.warehouse_url or start_embedded(settings.root / "postgres")

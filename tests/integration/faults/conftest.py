"""An office with a night behind it, of which every test gets a copy."""

from collections.abc import Iterator

import pytest

from schemas.unit import Register
from tests.integration.faults.office import Offices, offices


@pytest.fixture(scope="package")
def past(
    server_url: str, template: str, register: Register, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Offices]:
    with offices(server_url, template, tmp_path_factory.mktemp("offices"), register) as made:
        yield made

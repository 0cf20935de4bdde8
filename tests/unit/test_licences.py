"""What we ship with, we may ship with."""

import pytest

from docs.licences import PAGE, Package, packages


def test_every_package_of_an_office_has_a_licence_that_we_may_ship_with() -> None:
    shipped = [each for each in packages() if each.is_shipped]

    assert {"prefect", "psycopg", "s3fs"} <= {each.name for each in shipped}
    assert [(each.name, each.licence) for each in shipped if not each.may_be_shipped] == []


def test_the_page_of_licences_has_every_installed_package() -> None:
    lines = set(PAGE.read_text(encoding="utf-8").splitlines())

    # Not the other way round: another Python needs other packages.
    assert [each.line for each in packages() if each.line not in lines] == [], "run make docs"


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-3.0-only)", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("Other/Proprietary License", False),
        ("未注明 not declared", False),
    ],
)
def test_a_licence_is_fine_if_each_part_is_offered_under_one_that_is(licence: str, may: bool) -> None:
    assert Package("x", licence, is_shipped=True).may_be_shipped is may

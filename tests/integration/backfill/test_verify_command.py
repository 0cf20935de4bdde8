"""``huizong verify`` and ``huizong warehouse recompute`` as an administrator runs them: words, JSON and exit codes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from schemas.unit import load_register
from tests.integration.backfill.past import past, trainings
from tests.integration.conftest import database_url, own_database
from tests.integration.huizong import Installation, huizong
from warehouse.engine import open_engine
from warehouse.setup import prepare


def change(installation: Installation, statement: str) -> None:
    """Somebody changes rows behind the program's back."""
    engine = open_engine(installation.url)
    with engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount > 0
    engine.dispose()


@pytest.fixture(scope="module")
def published(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Two reports, published; of all units, as the command has them. It is to be copied and never opened."""
    home = tmp_path_factory.mktemp("published") / "home"
    for url in own_database(server_url):
        engine = open_engine(url)
        register = load_register()
        prepare(engine, register)
        office = past(home, engine, register)
        office.arrive(trainings(40, month="2021-02"))
        office.arrive(trainings(40, 50))
        office.publish()
        engine.dispose()
        yield Installation(home, url)


@pytest.fixture
def installation(server_url: str, published: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy that is the test's own."""
    shutil.copytree(published.home, tmp_path / "home")
    for url in own_database(server_url, str(sa.make_url(published.url).database)):
        yield Installation(tmp_path / "home", database_url(url, str(sa.make_url(url).database)))


@pytest.mark.slow
def test_a_whole_warehouse_is_said_to_be_whole(installation: Installation) -> None:
    done = installation.run("verify", "--all")

    assert (done.returncode, done.stderr) == (0, "")
    values = done.stdout.splitlines()[2]
    assert done.stdout.splitlines() == [
        "归档：核对 2 个文件，相符",
        "数据：核对 2 份报表，相符",
        values,
        "发布：核对 1 次发布，相符",
        "全部核对。",
        "没有发现损坏。",
    ]
    assert values.endswith(" 个值，相符")


@pytest.mark.slow
def test_damage_is_told_with_what_mends_it_and_the_exit_code_is_1(installation: Installation) -> None:
    change(installation, "UPDATE form_data.training SET title = '别的' WHERE submission_id = 1")

    done = installation.run("verify", "facts", "--sample", "9", "--seed", "2f")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "数据：核对 2 份报表，有不符",
        "  有问题：在用的数据与原始文件不同 1 处",
        "    0.xlsx：F06 340404004 2021-02，内容与原始文件不同",
        "    怎么办：huizong backfill 2021-02 2021-02 --form F06",
        "每类抽查最多 9；抽同样的再看：huizong verify --sample 9 --seed 2f；全部核对：huizong verify --all。",
        "有不符，请从上到下逐项处理。",
    ]


@pytest.mark.slow
def test_programs_get_the_same_as_json_and_the_same_exit_code(installation: Installation) -> None:
    change(installation, "UPDATE mart.publication SET checksum = 'ab'")

    done = installation.run("verify", "archive", "publications", "--json")

    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert (told["sample"], len(told["seed"]), told["differs"]) == (200, 8, True)
    archive, publications = told["parts"]
    assert archive == {"part": "archive", "checked": 2, "found": []}
    (found,) = publications["found"]
    assert (found["kind"], found["damage"], found["count"]) == ("publication_changed", True, 1)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("archives",), "没有「archives」可核对，可写 archive、facts、mart、publications"),
        (("--all", "--sample", "5"), "--all 和 --sample 只能写一个"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(tmp_path: Path, arguments: tuple[str, ...], advice: str) -> None:
    done = huizong(tmp_path / "home", "verify", *arguments)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{advice}\n")
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_computing_anew_publishes_what_was_changed_and_of_a_whole_warehouse_nothing(installation: Installation) -> None:
    whole = installation.run("warehouse", "recompute")
    change(
        installation,
        "UPDATE mart.published_value SET value = 999 WHERE indicator_id = 'trainings' AND unit_code = '340404004' "
        "AND period_kind = 'month' AND start_on = '2021-02-01'",
    )
    mended = installation.run("warehouse", "recompute")
    verified = installation.run("verify", "mart", "--all")

    assert (whole.returncode, whole.stderr, mended.returncode, mended.stderr) == (0, "", 0, "")
    assert whole.stdout.startswith("全部重新计算，指标没有变化（共 ")
    assert mended.stdout == "全部重新计算，已发布第 2 版：变动 1 个值。\n"
    assert (verified.returncode, verified.stdout.splitlines()[-1]) == (0, "没有发现损坏。")

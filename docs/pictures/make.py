"""Takes the pictures of Prefect's page in this folder: ``make pictures``. All data in them is synthetic.

A home of its own in a temporary folder, ``huizong serve`` on it, one night over the sample inbox and a backfill, both
started through the API; then a headless Chromium looks at the pages. Chromium is the machine's (``chromium`` on the
PATH, or what ``CHROMIUM`` names), with a font that has Chinese.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from flows.demo import sample_documents, village_list, write_documents
from tests.browser import browser
from tests.integration.huizong import new_home
from tests.integration.serving import PASSWORD, Serving, serving

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1280, 860
ASKED = {"from_month": "2021-01-01", "to_month": "2021-06-01", "dry_run": False}


def main() -> None:
    """Takes them all."""
    with serving_sample() as served:
        served.ended(served.trigger("nightly"))
        run = served.trigger("backfill", {"request": ASKED})
        served.ended(run)
        with browsing(served) as page:
            take(page, served, "deployments", "/deployments")
            take(page, served, "nightly-schedule", f"/deployments/deployment/{deployment(served, 'nightly')}")
            take_form(page, served, f"/deployments/deployment/{deployment(served, 'backfill')}/run")
            take(page, served, "backfill-run", f"/runs/flow-run/{run}")
            for key in ("backfill-progress", "backfill", "night", "submissions"):
                take(page, served, f"artifact-{key}", f"/artifacts/artifact/{latest(served, key)}")
            take(page, served, "automations", "/automations")


@contextmanager
def serving_sample() -> Iterator[Serving]:
    """A server over the sample inbox, which was never read."""
    with new_home() as home:
        home.mkdir()
        (home / "units.toml").write_text(village_list(), encoding="utf-8")
        write_documents(home / "inbox", sample_documents())
        with serving(home) as served:
            yield served
            served.stop()


@contextmanager
def browsing(served: Serving) -> Iterator[Page]:
    """A browser that has logged in."""
    with browser() as opened:
        page = opened.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(f"http://127.0.0.1:{served.port}/login")
        page.fill("input[type=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        yield page


def take(page: Page, served: Serving, name: str, path: str) -> None:
    """Open a page and keep its picture."""
    show(page, served, path)
    page.screenshot(path=HERE / f"{name}.png")


def take_form(page: Page, served: Serving, path: str) -> None:
    """The form of a backfill, whole, with its two months about to be picked."""
    page.set_viewport_size({"width": WIDTH, "height": 2 * HEIGHT})
    show(page, served, path)
    for place in range(2):
        page.get_by_text("date", exact=True).nth(place).click()
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / "backfill-form.png")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


def show(page: Page, served: Serving, path: str) -> None:
    """Open a page and wait until it stands still."""
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def deployment(served: Serving, name: str) -> str:
    """The id of a deployment."""
    return str(served.api(f"/deployments/name/{name}/{name}")["id"])


def latest(served: Serving, key: str) -> str:
    """The id of the newest artifact of a key."""
    wanted = {"artifacts": {"key": {"any_": [key]}}, "sort": "CREATED_DESC", "limit": 1}
    return str(served.api("/artifacts/filter", wanted)[0]["id"])


if __name__ == "__main__":
    main()

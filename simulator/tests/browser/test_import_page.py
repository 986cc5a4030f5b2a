"""A person's own feeder in a browser: brought, looked at, renamed and deleted; readable by everyone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from simulator.tests.browser.reading import grave
from simulator.tests.web.people import PASSWORD, street, three_areas

pytestmark = pytest.mark.browser


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A directory with a street of our own and a file of three networks; Ann, who may sign in."""
    (tmp_path / "street.json").write_bytes(street())
    (tmp_path / "cigre.json").write_bytes(three_areas())
    return tmp_path


def _sign_in(page: Page, site: str) -> None:
    if not User.objects.filter(username="ann").exists():
        User.objects.create_user("ann", password=PASSWORD)
    page.goto(f"{site}/import/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Import a feeder")).to_be_visible()


def _upload(page: Page, site: str, file: Path) -> None:
    page.goto(f"{site}/import/")
    page.get_by_label("Network file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()


def test_without_javascript_a_street_is_brought_renamed_and_deleted(
    browser: Browser, site: str, files: Path
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    _sign_in(page, site)
    _upload(page, site, files / "cigre.json")
    expect(page.get_by_text("closed between two buses")).to_be_visible()
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Store this feeder").click()
    expect(page.get_by_text("is stored as")).to_be_visible()
    page.get_by_role("link", name="PV sweep", exact=True).click()
    expect(page.get_by_role("heading", name="cigre").first).to_be_visible()
    page.get_by_role("link", name="My feeders").click()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("Oak Road")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is now called Oak Road")).to_be_visible()
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("heading", name="Delete Oak Road?")).to_be_visible()
    page.get_by_role("button", name="Delete the feeder").click()
    expect(page.get_by_text("You have imported none yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


@pytest.fixture
def pages(page: Page, site: str, files: Path) -> dict[str, Callable[[], object]]:
    """Ways to each page; Ann is signed in and has a street."""
    _sign_in(page, site)
    _upload(page, site, files / "street.json")
    page.get_by_role("button", name="Store this feeder").click()
    expect(page.get_by_text("is stored as street")).to_be_visible()
    return {
        "import": lambda: page.goto(f"{site}/import/"),
        "review": lambda: _upload(page, site, files / "cigre.json"),
        "mine": lambda: page.goto(f"{site}/mine/"),
        "edit": lambda: page.goto(f"{site}/feeders/street/edit/"),
        "delete": lambda: page.goto(f"{site}/feeders/street/delete/"),
    }


def test_axe_finds_nothing_serious_in_light_and_dark_and_nothing_is_wider_than_a_telephone(
    page: Page, site: str, pages: dict[str, Callable[[], object]]
) -> None:
    for name, open_page in pages.items():
        open_page()
        _check(page, name)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/login/")
    _check(page, "login")


def _check(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert grave(page) == [], name
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert grave(page, "color-contrast", "link-in-text-block") == [], name  # what colours decide
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, name

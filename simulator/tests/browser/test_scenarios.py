"""Saved scenarios in a browser: a walk without JavaScript, and pages that everyone can use."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from simulator.models import SavedScenario
from simulator.tests.browser.reading import answer, expect_answer, grave, slide
from simulator.tests.web.keeping import put

pytestmark = pytest.mark.browser
PAGES = {
    "list": "/scenarios/",
    "one": "/scenarios/{first}/",
    "compare": "/scenarios/compare/?ids={first}&ids={second}",
    "edit": "/scenarios/{first}/edit/",
    "delete": "/scenarios/{first}/delete/",
    "save": "/feeders/feeder_00/run/save/",
    "run": "/feeders/feeder_00/",
    "shared": "/shared/{token}/",
}


def _sign_in(context: BrowserContext, site: str) -> Client:
    """Give a browser's context the session of Anna, and return a client that has it too."""
    client = Client()
    client.force_login(User.objects.get_or_create(username="anna")[0])
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return client


@pytest.fixture
def open_page(page: Page, context: BrowserContext, site: str) -> Callable[[str], None]:
    """Open one of the pages as Anna, who has saved a real scenario and a small one."""
    client = _sign_in(context, site)
    note = "A note with_a_very_long_word_" + "that_goes_on_" * 8
    client.post("/feeders/feeder_00/run/save/?pv_adoption=0.9", {"name": "Elm Road " * 10, "note": note})
    first, second = SavedScenario.objects.get(), put("anna", "Oak Road", versions="solver 0")
    first.share(on=True)

    def open_(name: str) -> None:
        address = PAGES[name].format(first=first.pk, second=second.pk, token=first.token)
        page.goto(site + address)
        for summary in page.locator("details > summary").all():
            summary.click()

    return open_


def test_axe_finds_nothing_serious_in_light_and_dark_and_nothing_is_wider_than_a_telephone(
    page: Page, open_page: Callable[[str], None]
) -> None:
    for name in PAGES:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        open_page(name)
        assert grave(page) == [], name
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert grave(page, "color-contrast", "link-in-text-block") == [], name
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_a_walk_without_javascript_saves_compares_shares_and_deletes(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    _sign_in(context, site)
    page = context.new_page()
    for name, query in (("Much PV", "?pv_adoption=0.9"), ("Little PV", "?pv_adoption=0.2")):
        page.goto(f"{site}/feeders/feeder_00/{query}")
        page.get_by_text("Save", exact=True).click()
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_role("button", name="Save to my scenarios").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)

    page.goto(f"{site}/scenarios/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Compare the two").click()
    expect(answer(page)).to_contain_text("differ in PV adoption")

    page.get_by_role("link", name="Much PV").click()
    page.get_by_role("button", name="Share by link").click()
    link = page.locator(".share-link a").get_attribute("href") or ""
    stranger = browser.new_context(java_script_enabled=False)
    reader = stranger.new_page()
    reader.goto(link)
    expect(answer(reader)).to_contain_text("with 90 % PV")
    assert reader.get_by_role("button").count() == 0
    stranger.close()

    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(answer(page)).to_contain_text("1 scenario is saved")
    context.close()


def test_the_save_form_follows_the_slider(page: Page, context: BrowserContext, site: str) -> None:
    _sign_in(context, site)
    page.goto(f"{site}/feeders/feeder_00/")
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV")
    page.get_by_text("Save", exact=True).click()
    page.get_by_role("button", name="Save to my scenarios").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Run of feeder_00")
    expect_answer(page, "with 90 % PV")
    assert SavedScenario.objects.get().question["pv_adoption"] == 0.9

"""Maps drawn from local data, the API's own pages, and the admin: all without another machine."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings

from simulator.models import FeederRecord
from simulator.tests.browser.conftest import Seen
from simulator.tests.browser.reading import expect_answer, slide

pytestmark = pytest.mark.browser
NETWORK = "/feeders/feeder_00/network/"


def test_the_map_draws_every_element_with_a_pop_up_and_a_scale(page: Page, site: str) -> None:
    page.goto(f"{site}{NETWORK}?pv_adoption=0.9")
    box = page.locator("[data-geojson]")
    expect(box.locator("path").first).to_be_visible()
    feeder = FeederRecord.objects.get(feeder_id="feeder_00").feeder
    lines = box.locator("path[aria-label^='line_']")
    expect(lines).to_have_count(len(feeder.lines))
    drawn = box.locator(".leaflet-overlay-pane path").count() + box.locator(".leaflet-marker-icon").count()
    assert drawn == len(feeder.lines) + len(feeder.buses) + len(feeder.transformers)
    expect(box.locator(".leaflet-control-scale-line")).to_have_text(re.compile(r"\d+ k?m"))
    expect(box.get_by_role("button", name="Zoom in")).to_be_visible()
    lines.nth(5).dispatch_event("click")
    expect(box.locator(".leaflet-popup-content")).to_contain_text("line_6: ")


def test_the_map_is_panned_and_zoomed(page: Page, site: str) -> None:
    page.goto(site + NETWORK)
    path = page.locator("[data-geojson] path").first
    expect(path).to_be_visible()
    before = path.get_attribute("d")
    page.get_by_role("button", name="Zoom in").click()
    expect(path).not_to_have_attribute("d", before or "")


def test_a_pop_up_opens_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + NETWORK)
    page.locator("[data-geojson] path[aria-label^='line_3:']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("line_3: ")


def test_the_map_follows_the_sliders(page: Page, site: str) -> None:
    page.goto(f"{site}{NETWORK}?pv_adoption=0")
    expect(page.locator("[data-geojson] path").first).to_be_visible()
    label = page.locator("[data-geojson] path[aria-label^='line_1:']").get_attribute("aria-label")
    slide(page, "PV adoption", "1")
    expect_answer(page, "with 100 % PV")
    line = page.locator("[data-geojson] path[aria-label^='line_1:']")
    expect(line).to_be_visible()
    assert line.get_attribute("aria-label") != label


def test_the_map_of_places_colours_every_bus_by_its_room(page: Page, site: str) -> None:
    page.goto(f"{site}/feeders/feeder_05/nodes/?limits=vde_4105")
    buses = page.locator("[data-geojson] path[aria-label^='bus_']")
    expect(buses).to_have_count(30)
    fills = buses.evaluate_all("all => all.map(bus => getComputedStyle(bus).fill)")
    drawn = page.locator("#diagram .bus .mark").evaluate_all("all => all.map(b => getComputedStyle(b).fill)")
    assert fills == drawn
    assert len(set(fills)) >= 3
    buses.nth(18).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content")).to_have_text(
        re.compile(r"^bus_18: \d+\.\d kWp, voltage rise")
    )


def test_the_map_of_all_feeders_leads_to_each(page: Page, site: str) -> None:
    page.goto(f"{site}/?pv_adoption=0.2")
    box = page.locator("[data-geojson]")
    expect(box.locator(".leaflet-overlay-pane path, .leaflet-marker-icon")).to_have_count(12)
    box.locator(".leaflet-overlay-pane path, .leaflet-marker-icon").first.dispatch_event("click")
    box.locator(".leaflet-popup-content").get_by_role("link").click()
    expect_answer(page, "feeder_")
    expect(page).to_have_url(re.compile(r"/feeders/feeder_\d\d/\?"))


@pytest.mark.parametrize("host", ["127.0.0.1", "twin.example"])
def test_the_api_s_pages_open_without_another_machine(
    page: Page, site: str, seen: Seen, settings: Settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "twin.example"]
    page.goto(re.sub("//[^:]+:", f"//{host}:", site) + "/api/docs")
    for route in ("/api/feeders", "/api/simulate", "/api/sweep", "/api/metrics"):
        expect(page.get_by_text(route, exact=True).first).to_be_visible()
    # By plain HTTP under a name, Chromium tells that it ignores this one header.
    seen.errors = [error for error in seen.errors if "Cross-Origin-Opener-Policy" not in error]


def test_the_admin_shows_a_feeder_within_the_site_s_policy(page: Page, site: str, seen: Seen) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("planner"))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto(f"{site}/admin/simulator/feederrecord/")
    page.get_by_role("link", name="feeder_05").click()
    expect(page.get_by_label("Name:")).to_be_visible()
    expect(page.locator("svg").filter(has_text="bus_29").first).to_be_visible()
    assert seen.errors == []

"""Pages that everyone can use: readable by assistive technology, on a telephone, and by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from simulator.tests.browser.conftest import Seen
from simulator.tests.browser.reading import answer, expect_answer, grave, slide

pytestmark = pytest.mark.browser
PAGES = {
    "feeders": "/?pv_adoption=0.9",
    "run": "/feeders/feeder_00/?pv_adoption=0.9",
    "day": "/feeders/feeder_04/day/?pv_adoption=0.9&battery_adoption=0.2&limits=vde_4105",
    "sweep": "/feeders/feeder_11/sweep/",
    "standards": "/feeders/feeder_11/standards/?low=0.925&high=1.08&rise=2.5&loading=80",
    "monte-carlo": "/feeders/feeder_06/monte-carlo/?placements=200",
    "nodes": "/feeders/feeder_05/nodes/?when=day&limits=vde_4105",
    "why": "/feeders/feeder_11/why/?pv_adoption=0.9",
    "measures": "/feeders/feeder_11/measures/",
    "network": "/feeders/feeder_00/network/?pv_adoption=0.9",
    "compare": "/compare/?pv_adoption=0.9",
    "help": "/help/",
}
WITH_MAP = ("feeders", "nodes", "network")
every_page = pytest.mark.parametrize("name", PAGES)


def _open(page: Page, site: str, name: str) -> None:
    page.goto(site + PAGES[name])
    if name in WITH_MAP:
        expect(page.locator("[data-geojson] path").first).to_be_visible()
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")


@every_page
def test_axe_finds_nothing_serious_in_light_and_dark_and_nothing_is_wider_than_the_screen(
    page: Page, site: str, name: str
) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    _open(page, site, name)
    assert grave(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert grave(page, "color-contrast", "link-in-text-block") == []  # what colours decide
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        _check_nothing_is_wider(page, width)


def _check_nothing_is_wider(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = page.locator("main form :is(input:not([type=hidden]), select, button)").evaluate_all(
        "(all, width) => all.filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])"
        ".filter(([e, box]) => box.left < 0 || box.right > width).map(([e]) => e.outerHTML)",
        width,
    )
    assert beyond == []


def test_axe_finds_nothing_serious_on_pages_of_errors(page: Page, site: str, seen: Seen) -> None:
    for address in (
        "/feeders/feeder_99/",
        "/feeders/feeder_00/?time=12:07&pv_adoption=abc",
        "/help/?colour=blue",
    ):
        page.goto(site + address)
        assert grave(page) == []
    seen.errors.clear()  # Chromium tells of every answer of 404 and 422


def test_the_comparison_s_capacities_are_on_a_laptop_s_screen(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + PAGES["compare"])
    box = page.locator("#results .scroll").first.bounding_box()
    assert box is not None
    heads = page.locator("#table-comparison thead th").filter(has_text="Hosting capacity")
    expect(heads).to_have_count(2)
    for head in [*heads.all(), page.locator("#table-comparison thead th", has_text="What binds")]:
        place = head.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= box["x"] + box["width"]


def test_wide_screens_keep_the_controls_in_view(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(site + PAGES["run"])
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.get_by_role("slider", name="PV adoption")).to_be_in_viewport()


def test_the_keyboard_reaches_the_skip_link_first_and_then_every_control(page: Page, site: str) -> None:
    page.goto(site + PAGES["run"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Skip")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
    fields = {"pv_adoption", "battery_adoption", "time", "limits"}
    assert (
        fields
        | {
            "Feeders",
            "Compare",
            "Help",
            "PV sweep",
            "Network",
            "Noon, 60 % PV, 10 % batteries 12:00",
            "Show",
            "CSV",
            "JSON",
        }
        <= reached
    )


def test_the_keyboard_moves_a_slider_and_the_focus_can_be_seen(page: Page, site: str) -> None:
    page.goto(f"{site}/feeders/feeder_00/")
    slider = page.get_by_role("slider", name="PV adoption")
    page.keyboard.press("Tab")
    while not slider.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect_answer(page, "with 31 % PV")
    expect(slider).to_be_focused()
    page.get_by_role("link", name="Compare", exact=True).focus()
    page.keyboard.press("Tab")
    seen = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.textDecorationLine !== 'none'; })()"
    )
    assert seen


def test_the_answer_is_announced_when_it_changes(page: Page, site: str) -> None:
    page.goto(f"{site}/feeders/feeder_00/")
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV")
    assert answer(page).get_attribute("aria-live") == "polite"

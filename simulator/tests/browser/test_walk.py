"""The walk that the site is made for: Feeders, Run, Sweep, Compare, Network, PDF."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from simulator.reports.pdf import missing_for_pdf
from simulator.tests.browser.conftest import LOCAL, Seen
from simulator.tests.browser.reading import answer, expect_answer, expect_query, kpis, open_study, slide
from simulator.tests.paper import read_sheets

pytestmark = pytest.mark.browser


def test_a_planner_walks_from_the_list_of_feeders_to_the_report(page: Page, site: str, seen: Seen) -> None:
    page.goto(site)
    expect_answer(page, "of 16 feeders stay within limits all day")
    page.get_by_role("main").get_by_role("link", name="feeder_05").first.click()

    expect_answer(page, "feeder_05")
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV, feeder_05")
    expect_query(page, "pv_adoption=0.9")
    page.get_by_role("button", name="Noon, 60 % PV, 10 % batteries").click()
    expect_answer(page, "At 12:00 with 60 % PV and 10 % batteries, feeder_05 leaves its limits")
    assert len(kpis(page)) >= 7
    expect(page.get_by_role("heading", name="Guidance")).to_be_visible()
    expect(page.locator("#diagram svg").first).to_be_visible()
    expect(page.locator("#profile svg").first).to_be_visible()

    open_study(page, "PV sweep")
    expect_answer(page, "feeder_05 hosts")
    expect(page.locator("#sweep svg").first).to_be_visible()
    expect_query(page, "battery_adoption=0.1")

    page.get_by_role("link", name="Compare", exact=True).click()
    expect_answer(page, "of 16 feeders leave their limits")
    page.locator("#table-comparison").get_by_role("link", name="Losses").click()
    expect(page.locator("#table-comparison th[aria-sort]")).to_contain_text("Losses")
    page.locator("#table-comparison").get_by_role("link", name="feeder_05").click()

    open_study(page, "Network")
    expect_answer(page, "feeder_05")
    expect(page.locator("#diagram svg").first).to_be_visible()
    expect(page.locator("[data-geojson] path").first).to_be_visible()

    _take_the_report(page)
    assert seen.errors == []
    assert seen.hosts <= LOCAL


def _take_the_report(page: Page) -> None:
    if why := missing_for_pdf():
        expect(page.get_by_text(f"PDF is off: {why}")).to_be_visible()
        return
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").click()
    assert waiting.value.suggested_filename == "feeder_05-network.pdf"
    content = Path(waiting.value.path()).read_bytes()
    text = "".join(read_sheets(content)).replace(" ", "")
    assert "".join(answer(page).inner_text().split()) in text

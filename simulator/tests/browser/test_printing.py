"""A page printed from the browser: everything that it shows is on the paper, in light colours."""

import pytest
from playwright.sync_api import Page

from simulator.tests.web.test_paper import read_paper

pytestmark = pytest.mark.browser
BORDER = 12 * 72 / 25.4 - 1.5  # points: the 12 mm of static/css/site.css
PAGES = {
    "compare": "/compare/?pv_adoption=0.9",
    "day": "/feeders/feeder_04/day/?pv_adoption=0.9&battery_adoption=0.2&limits=vde_4105",
    "run": "/feeders/feeder_05/?pv_adoption=0.9",
}


@pytest.mark.parametrize("name", PAGES)
def test_printing_loses_no_column_and_no_row(page: Page, site: str, name: str) -> None:
    page.goto(site + PAGES[name])
    for summary in page.locator("details:not(.save) > summary").all():
        summary.click()
    cells = page.locator("table.data :is(th, td):last-child").all_inner_texts()
    page.emulate_media(color_scheme="dark")  # paper is white whatever the screen
    lines = read_paper(page.pdf(prefer_css_page_size=True, print_background=True), BORDER)
    told = "".join(line.text for line in lines).replace(" ", "")
    assert len(cells) > 15
    assert all("".join(text.split()) in told for text in cells if text.isalnum())
    assert not any(line.faint for line in lines)

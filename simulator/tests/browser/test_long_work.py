"""Long work in a browser: a bar that moves, an answer that comes by itself, and nobody else held up."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from simulator.tests.browser.reading import expect_answer

pytestmark = pytest.mark.browser
MONTE_CARLO = "/feeders/feeder_05/monte-carlo/"


@pytest.fixture(autouse=True)
def _may_ask_for_much(settings: Any) -> None:
    """Let a stranger ask for what takes long also on a fast machine."""
    settings.LVTWIN_MOST_S = 1000.0


def test_the_bar_moves_and_the_answer_comes_by_itself(page: Page, site: str) -> None:
    page.goto(f"{site}{MONTE_CARLO}?placements=700&quarter_hours=all")
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    first = float(bar.get_attribute("value") or 0)
    page.wait_for_function(
        "(first) => { const bar = document.querySelector('progress'); return !bar || bar.value > first; }",
        arg=first,
    )
    expect(page.locator("main [role=status]")).to_contain_text("feeder_05 hosts", timeout=60_000)
    expect(page.locator("#pass-rate svg").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_leaving_the_page_holds_nobody_up(page: Page, site: str) -> None:
    page.goto(f"{site}{MONTE_CARLO}?placements=1500&quarter_hours=all&seed=2")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.goto(f"{site}/feeders/feeder_00/")
    expect_answer(page, "At 12:00 with 30 % PV, feeder_00")
    page.goto(f"{site}{MONTE_CARLO}?placements=60")
    expect(page.locator("main [role=status]")).to_contain_text("feeder_05 hosts", timeout=30_000)


def test_changing_the_question_while_it_is_computed_shows_the_new_answer(page: Page, site: str) -> None:
    page.goto(f"{site}{MONTE_CARLO}?placements=1500&quarter_hours=all&seed=3")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_label("Quarter-hours").select_option("binding")
    page.get_by_label("Placements").fill("70")
    expect(page.locator("main [role=status]")).to_contain_text("of 70 random placements", timeout=30_000)
    page.wait_for_timeout(1500)
    expect(page.locator("main [role=status]")).to_contain_text("of 70 random placements")

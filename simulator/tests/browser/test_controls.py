"""Sliders change the answer without a full load, and every answer has an address that gives it again."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.tests.browser.conftest import Seen
from simulator.tests.browser.reading import expect_answer, expect_query, kpis, open_study, slide

pytestmark = pytest.mark.browser
RUN = "/feeders/feeder_00/"


def test_sliders_change_the_answer_in_place_and_the_address_with_it(
    page: Page, site: str, seen: Seen
) -> None:
    page.goto(site + RUN)
    before = kpis(page)
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "At 12:00 with 90 % PV, feeder_00 leaves its limits")
    expect_query(page, "pv_adoption=0.9")
    assert kpis(page) != before
    slide(page, "Battery adoption", "0.5")
    expect_answer(page, "with 90 % PV and 50 % batteries")
    page.get_by_label("Limits").select_option("en50160")
    expect_query(page, "limits=en50160")
    assert seen.documents == 1


def test_the_slider_says_its_value_while_it_moves(page: Page, site: str) -> None:
    page.goto(site + RUN)
    slide(page, "PV adoption", "0.45")
    expect(page.locator("output").first).to_have_text("45 %")


def test_the_time_of_day_is_set_by_slider_or_by_hand(page: Page, site: str, seen: Seen) -> None:
    page.goto(site + RUN)
    slide(page, "Time of day", "74")
    expect_answer(page, "At 18:30")
    time = page.get_by_role("textbox", name="Time of day")
    expect(time).to_have_value("18:30")
    time.fill("07:15")
    expect_answer(page, "At 07:15")
    expect(page.get_by_role("slider", name="Time of day")).to_have_value("29")
    expect_query(page, "time=07:15")
    assert seen.documents == 1


def test_a_reload_of_the_address_gives_the_same_numbers(page: Page, site: str) -> None:
    page.goto(site + RUN)
    slide(page, "PV adoption", "0.77")
    slide(page, "Time of day", "50")
    expect_answer(page, "At 12:30 with 77 % PV")
    expect_query(page, "pv_adoption=0.77")
    figures = kpis(page)
    page.reload()
    expect_answer(page, "At 12:30 with 77 % PV")
    assert kpis(page) == figures
    expect(page.get_by_role("slider", name="PV adoption")).to_have_value("0.77")


def test_back_and_forward_bring_back_the_answer_and_the_sliders(page: Page, site: str) -> None:
    page.goto(site + RUN)
    first = kpis(page)
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV")
    expect_query(page, "pv_adoption=0.9")
    second = kpis(page)
    page.go_back()
    expect_answer(page, "with 30 % PV")
    assert kpis(page) == first
    expect(page.get_by_role("slider", name="PV adoption")).to_have_value("0.3")
    expect(page.locator("output").first).to_have_text("30 %")
    page.go_forward()
    expect_answer(page, "with 90 % PV")
    assert kpis(page) == second
    slide(page, "PV adoption", "0.5")
    expect_answer(page, "with 50 % PV")
    expect(page.locator("output").first).to_have_text("50 %")


def test_back_from_another_page_shows_the_whole_page_again(page: Page, site: str) -> None:
    page.goto(site + RUN)
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV")
    expect_query(page, "pv_adoption=0.9")
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.get_by_role("heading", name="Help", exact=True)).to_be_visible()
    page.go_back()
    expect_answer(page, "with 90 % PV")
    expect(page.get_by_role("slider", name="PV adoption")).to_have_value("0.9")
    expect(page.get_by_role("link", name="Compare", exact=True)).to_be_visible()


def test_the_question_travels_to_the_other_studies_after_the_sliders_moved(page: Page, site: str) -> None:
    page.goto(site + RUN)
    slide(page, "PV adoption", "0.9")
    expect_answer(page, "with 90 % PV")
    open_study(page, "Network")
    expect_answer(page, "with 90 % PV, feeder_00 leaves its limits")


@pytest.mark.parametrize(
    ("address", "slider", "value"),
    [
        ("/", "PV adoption", "0.9"),
        ("/compare/", "PV adoption", "0.9"),
        ("/feeders/feeder_00/sweep/", "Battery adoption", "0.8"),
        ("/feeders/feeder_00/network/", "PV adoption", "0.9"),
    ],
)
def test_every_page_s_sliders_change_its_answer_in_place(
    page: Page, site: str, seen: Seen, address: str, slider: str, value: str
) -> None:
    page.goto(site + address)
    field = slider.lower().replace(" ", "_")
    with page.expect_response(lambda response: f"{field}={value}" in response.url):
        slide(page, slider, value)
    expect_query(page, f"{field}={value}")
    expect(page.get_by_role("link", name="CSV")).to_have_attribute(
        "href", re.compile(re.escape(f"{field}={value}"))
    )
    assert seen.documents == 1


def test_without_javascript_the_form_is_submitted_and_shows_the_same(
    page: Page, browser: Browser, site: str
) -> None:
    page.goto(f"{site}{RUN}?pv_adoption=0.9&time=13:00&limits=uk")
    figures = kpis(page)
    context = browser.new_context(java_script_enabled=False)
    eye = Seen()
    eye.watch(context)
    plain = context.new_page()
    plain.goto(site + RUN)
    plain.get_by_label("PV adoption").fill("0.9")
    plain.get_by_label("Time of day").fill("13:00")
    plain.get_by_label("Limits").select_option("uk")
    plain.get_by_role("button", name="Show").click()
    expect_answer(plain, "At 13:00 with 90 % PV, feeder_00")
    assert kpis(plain) == figures
    assert eye.documents == 2
    assert eye.errors == []
    context.close()


def test_a_time_that_is_no_quarter_hour_is_told_in_place(page: Page, site: str, seen: Seen) -> None:
    page.goto(site + RUN)
    page.evaluate("document.querySelector('form').noValidate = true")
    page.evaluate("htmx.ajax('GET', location.pathname + '?time=12:07', '#results')")
    expect(page.get_by_role("alert")).to_contain_text("enter a quarter-hour as HH:MM")
    assert [error for error in seen.errors if "422" not in error] == []
    seen.errors.clear()  # Chromium tells of every answer of 422

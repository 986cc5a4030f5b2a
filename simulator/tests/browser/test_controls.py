"""Sliders change the answer without a full load, and every answer has an address that gives it again."""

import re
from datetime import date

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from simulator.importing.profiles.series import Series
from simulator.models import FeederRecord, ProfileSet
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


@pytest.mark.parametrize(
    "asked",
    [
        (RUN, "Time of day", "12:07", "enter a quarter-hour as HH:MM"),
        ("/feeders/feeder_00/standards/", "Own lowest voltage (pu)", "0,92", "enter a voltage in pu"),
        ("/", "Search", "x" * 81, "enter at most 80 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field_with_the_answer_gone(
    page: Page, site: str, seen: Seen, asked: tuple[str, str, str, str]
) -> None:
    address, label, text, says = asked
    page.goto(site + address)
    field = page.get_by_label(label, exact=True)
    before = field.input_value()
    field.fill(text)
    box = page.locator(".field-errors", has_text=says)
    expect(box).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.locator("#results .kpis, #results [role=status]")).to_have_count(0)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.input_value() == text
    field.fill(before)
    expect(page.locator("#results [role=status]")).to_be_visible()
    expect(box).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert [error for error in seen.errors if "422" not in error] == []
    seen.errors.clear()  # Chromium tells of every answer of 422


def test_hours_of_one_digit_are_taken_and_the_slider_follows(page: Page, site: str) -> None:
    page.goto(site + RUN)
    page.get_by_label("Time of day", exact=True).fill("7:00")
    expect_answer(page, "At 07:00 with")
    expect(page.get_by_role("slider", name="Time of day")).to_have_value("28")


def test_no_feeder_ticked_is_told_and_not_taken_for_all(page: Page, site: str, seen: Seen) -> None:
    page.goto(f"{site}/compare/?feeders=feeder_03")
    page.get_by_role("checkbox", name="feeder_03").or_(page.locator("input[value=feeder_03]")).first.uncheck()
    expect(page.get_by_role("alert")).to_contain_text("Feeders: choose among")
    seen.errors.clear()


def test_a_slider_shows_a_fine_share_as_it_was_asked_and_sends_it_on(page: Page, site: str) -> None:
    page.goto(f"{site}{RUN}?pv_adoption=0.4543")
    expect(page.locator("output[for=id_pv_adoption]")).to_have_text("45.43 %")
    page.get_by_label("Limits").select_option("uk")
    expect_query(page, "pv_adoption=0.4543")
    expect_answer(page, "with 45.43 % PV")


def test_an_answer_that_did_not_come_leaves_the_one_before_marked_as_old(
    page: Page, site: str, seen: Seen
) -> None:
    page.goto(site + RUN)
    every = re.compile(r"/feeders/feeder_00/\?")
    for share, what in (
        ("0.9", lambda route: route.fulfill(status=503)),
        ("0.8", lambda route: route.abort()),
    ):
        page.route(every, what)
        slide(page, "PV adoption", share)
        expect(page.get_by_role("alert")).to_contain_text("What stands below answers the question before")
        page.unroute(every)
    slide(page, "PV adoption", "0.7")
    expect_answer(page, "with 70 % PV")
    expect(page.locator(".old, .old-note")).to_have_count(0)
    seen.errors.clear()


def test_a_day_typed_in_part_is_told_and_not_taken_for_none(page: Page, site: str, seen: Seen) -> None:
    _keep_a_year("feeder_00")
    page.goto(f"{site}/feeders/feeder_00/day/")
    page.get_by_label("Date").focus()
    page.keyboard.type("03")
    expect(page.get_by_role("alert")).to_contain_text("Date is not complete. What stands below answers the")
    page.get_by_label("PV adoption").focus()
    expect(page.locator(".field-errors", has_text="enter a day of the uploaded year")).to_be_visible()
    expect(page.locator("#results [role=status]")).to_have_count(0)
    seen.errors.clear()


def _keep_a_year(feeder_id: str) -> None:
    """Store a year of hours, 1 kW each, for a feeder."""
    record = FeederRecord.objects.get(feeder_id=feeder_id)
    ProfileSet.objects.keep(record, "load", "year.csv", Series(60, date(2023, 1, 1), (), np.ones((8760, 1))))


@pytest.mark.parametrize("study", ["sweep", "measures"])
def test_what_an_answer_counts_has_no_slider_and_what_stands_beside_it_has_one(
    page: Page, site: str, seen: Seen, study: str
) -> None:
    page.goto(f"{site}/feeders/feeder_06/{study}/?times=12:00")
    pv, battery = (page.get_by_role("slider", name=f"{name} adoption") for name in ("PV", "Battery"))
    expect(battery).to_be_visible()
    expect(pv).to_be_hidden()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Technology").select_option("battery")
    expect(pv).to_be_visible()
    expect(battery).to_be_hidden()
    slide(page, "PV adoption", "0.4")
    expect_query(page, "over=battery")
    expect_query(page, "pv_adoption=0.4")
    expect(page.locator("#results")).to_contain_text("Technology batteries")
    page.reload()
    expect(battery).to_be_hidden()
    page.get_by_label("Technology").select_option("pv")
    expect(battery).to_be_visible()
    expect(pv).to_be_hidden()
    expect(page.locator("#results")).not_to_contain_text("Technology batteries")
    assert seen.documents == 2


def test_back_and_forward_bring_back_the_sliders_of_what_is_asked_about(page: Page, site: str) -> None:
    page.goto(f"{site}/feeders/feeder_06/sweep/?times=12:00")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Technology").select_option("battery")
    expect_query(page, "over=battery")
    pv, battery = (page.get_by_role("slider", name=f"{name} adoption") for name in ("PV", "Battery"))
    page.go_back()
    expect(battery).to_be_visible()
    expect(pv).to_be_hidden()
    page.go_forward()
    expect(pv).to_be_visible()
    expect(battery).to_be_hidden()

"""Profiles in a browser: brought and deleted, with and without JavaScript, and a day by its date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from simulator.models import ProfileSet
from simulator.tests.browser.reading import expect_answer, expect_query, grave

pytestmark = pytest.mark.browser
PROFILES, DAY = "/feeders/feeder_04/profiles/", "/feeders/feeder_04/day/"
ADDRESSES = {"profiles": PROFILES, "deleting": f"{PROFILES}load/delete/", "day": f"{DAY}?date=2023-03-02"}


def _sign_in(context: BrowserContext, site: str) -> None:
    user = User.objects.filter(username="planner").first() or User.objects.create_superuser("planner")
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A year of hours of load, and a day that cannot be read."""
    values = [f"{100 + 50 * (hour % 24 == 19) - 30 * (2000 < hour < 6000)},5" for hour in range(8760)]
    (tmp_path / "year.csv").write_text("Last\r\n" + "\r\n".join(values))
    (tmp_path / "two.csv").write_text("".join(f"0,{200 + step}\n" for step in range(96)))
    (tmp_path / "bad.csv").write_text("0.5\n" * 95 + "much\n")
    return tmp_path


@pytest.fixture
def street(page: Page, site: str, files: Path) -> Page:
    """The profiles page after an upload."""
    _sign_in(page.context, site)
    _upload(page, site, files)
    return page


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _upload(page: Page, site: str, files: Path, name: str = "year.csv") -> None:
    page.goto(site + PROFILES)
    page.get_by_label("CSV file").set_input_files(files / name)
    page.get_by_label("Year or first day, where the file has no dates").fill("2023")
    page.get_by_role("button", name="Look at the file").click()
    if name == "year.csv":
        expect(page.get_by_role("status")).to_contain_text("year.csv can be read; it is not stored yet.")
        page.get_by_role("button", name="Store it").click()


def test_without_javascript_a_profile_comes_and_goes(plain: Page, site: str, files: Path) -> None:
    _sign_in(plain.context, site)
    _upload(plain, site, files)
    expect(plain.get_by_role("status")).to_contain_text("year.csv is now the load profile of feeder_04.")
    expect(plain.get_by_text("365, from 2023-01-01 to 2023-12-31")).to_be_visible()
    _upload(plain, site, files, "bad.csv")
    expect(plain.get_by_role("alert")).to_contain_text("bad.csv: line 96 column 1: 'much' is not a number")
    plain.goto(site + PROFILES)
    plain.get_by_role("link", name="Delete load profile").click()
    plain.get_by_role("link", name="Keep it").click()
    assert ProfileSet.objects.count() == 1
    plain.get_by_role("link", name="Delete load profile").click()
    plain.get_by_role("button", name="Delete the profile").click()
    expect(plain.get_by_role("status")).to_contain_text("year.csv is deleted.")
    assert ProfileSet.objects.count() == 0


def test_the_day_page_s_picker_asks_for_a_date_and_links_go_on(street: Page, site: str) -> None:
    street.goto(site + DAY)
    expect_answer(street, "Over the day")
    street.get_by_label("Date").fill("2023-03-02")
    expect_answer(street, "On 2023-03-02 with 30 % PV")
    expect_query(street, "date=2023-03-02")
    street.get_by_role("link", name="Next day, 2023-03-03").click()
    expect_answer(street, "On 2023-03-03 with 30 % PV")
    expect(street.get_by_label("Date")).to_have_value("2023-03-03")
    street.get_by_role("link", name="Without a date").click()
    expect_answer(street, "Over the day")


def test_axe_finds_nothing_serious_in_light_and_dark_and_nothing_is_wider_than_the_screen(
    street: Page, site: str
) -> None:
    for address in ADDRESSES.values():
        street.set_viewport_size({"width": 1280, "height": 720})
        street.emulate_media(color_scheme="light", reduced_motion="reduce")
        street.goto(site + address)
        assert grave(street) == [], address
        street.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert grave(street, "color-contrast", "link-in-text-block") == [], address  # what colours decide
        for summary in street.locator("main details > summary").all():
            summary.click()
        for width in (768, 390):
            street.set_viewport_size({"width": width, "height": 844})
            assert street.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_file_of_two_readings_is_asked_about_doubted_and_told(street: Page, site: str, files: Path) -> None:
    """Each of the three pages before storing fits a telephone, and axe finds nothing serious in it."""
    street.set_viewport_size({"width": 390, "height": 844})
    _upload(street, site, files, "two.csv")
    expect(street.get_by_role("status")).to_contain_text("two.csv can be read in more than one way.")
    _fits(street)
    street.get_by_label("a comma stands before decimals").check()
    street.get_by_role("button", name="Read it so").click()
    expect(street.get_by_role("status")).to_contain_text("The numbers of two.csv are doubtful")
    _fits(street)
    street.get_by_label("Unit").select_option("shape")
    street.get_by_role("button", name="Look again").click()
    expect(street.get_by_role("status")).to_contain_text("two.csv can be read; it is not stored yet.")
    _fits(street)
    street.get_by_role("button", name="Store it").click()
    expect(street.get_by_role("status")).to_contain_text("two.csv is now the load profile of feeder_04.")
    assert ProfileSet.objects.get().file_name == "two.csv"


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert grave(page) == []

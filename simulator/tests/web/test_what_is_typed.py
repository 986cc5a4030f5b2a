"""What is typed is taken exactly, or is an error at its field with no answer beside it; on every page."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from simulator.tests.web.addresses import PAGES, QUESTIONS, TAKES_ADOPTION
from simulator.tests.web.conftest import Fetch
from simulator.tests.web.html import Document, query_of, words

HTMX = {"HX-Request": "true", "HX-Target": "results"}
WITH_TIME = ("run", "network", "nodes", "why", "compare")
RUN = PAGES["run"]


def _at_field(document: Document, field: str) -> str:
    return words(document.by_id(f"id_{field}_error"))


@pytest.mark.parametrize("name", WITH_TIME)
def test_hours_of_one_digit_are_taken(read: Fetch, name: str) -> None:
    one, two = (read(f"{PAGES[name]}?time={time}") for time in ("7:00", "07:00"))
    assert (one.status, one.kpis, one.links["CSV"]) == (two.status, two.kpis, two.links["CSV"])


def test_hours_of_one_digit_are_taken_among_several(read: Fetch) -> None:
    one, two = (read(f"{PAGES['sweep']}?times={times}") for times in ("7:00,12:00", "07:00,12:00"))
    assert (one.status, one.links["CSV"]) == (two.status, two.links["CSV"])


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("name", "field", "text", "says"),
    [
        *((name, "time", "12:07", "enter a quarter-hour as HH:MM") for name in WITH_TIME),
        ("run", "time", "7.00", "enter a quarter-hour as HH:MM"),
        ("run", "pv_adoption", "0.30001", "at most four decimals"),
        ("feeders", "battery_adoption", "1e-7", "at most four decimals"),
        ("sweep", "times", "07:00, 12:07", "1 to 96 times as HH:MM"),
        ("measures", "times", "12:60", "1 to 96 times as HH:MM"),
        ("standards", "low", "0,92", "enter a voltage in pu"),
        ("standards", "rise", "3 %", "enter a percentage"),
        ("monte-carlo", "placements", "1,000", "enter a whole number"),
        ("monte-carlo", "seed", "1.5", "enter a whole number"),
        ("why", "bus", "bus_99", "bus"),
        ("feeders", "q", "x" * 81, "enter at most 80 characters"),
        ("compare", "feeders", "", "choose among"),
        ("compare", "times", "incomplete", "1 to 96 times as HH:MM"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field_with_the_answer_gone(
    read: Fetch, name: str, field: str, text: str, says: str, htmx: bool
) -> None:
    address = f"{PAGES[name]}?{urlencode({field: text})}"
    document = read(address, status=422, **(HTMX if htmx else {}))
    assert says in _at_field(document, field)
    assert (document.status, document.kpis) == ("", {})
    if not htmx:
        shown = dict(document.fields)
        assert shown.get(field, text) == text


@pytest.mark.parametrize("name", TAKES_ADOPTION)
def test_htmx_takes_an_error_from_its_field_once_the_question_holds(read: Fetch, name: str) -> None:
    whole, fragment = read(PAGES[name]), read(PAGES[name], **HTMX)
    boxes = [e.attrib["id"] for e in whole.tree.iter() if e.attrib.get("class") == "field-errors"]
    renewed = [e for e in fragment.tree.iter() if e.attrib.get("class") == "field-errors"]
    assert [e.attrib["id"] for e in renewed] == boxes
    assert all(e.attrib["hx-swap-oob"] == "true" and words(e) == "" for e in renewed)


@pytest.mark.parametrize("name", TAKES_ADOPTION)
def test_two_values_for_one_field_are_refused(read: Fetch, name: str) -> None:
    document = read(f"{PAGES[name]}?limits=uk&limits=twin", status=422)
    assert "Limits: give one value" in document.alerts


def test_sliders_show_the_share_that_was_asked(read: Fetch) -> None:
    """Browsers move a slider's value to its nearest step, so the step must be one that it lies on."""
    for text, step in (("0.3", "0.01"), ("0.4543", "0.0001"), ("0.305", "0.0001")):
        document = read(f"{RUN}?pv_adoption={text}")
        slider = document.by_id("id_pv_adoption")
        assert (slider.attrib["value"], slider.attrib["step"]) == (text, step)
    assert "with 45.43 % PV" in read(f"{RUN}?pv_adoption=0.4543").status


def test_presets_keep_limits_that_htmx_has_just_asked_with(read: Fetch) -> None:
    fragment = read(f"{RUN}?limits=uk", **HTMX)
    box = fragment.by_id("presets")
    assert box.attrib["hx-swap-oob"] == "true"
    assert all(("limits", "uk") in query_of(link.attrib["href"]) for link in box.iter("a"))


def test_no_feeder_ticked_is_not_all_of_them(read: Fetch) -> None:
    document = read(PAGES["compare"])
    marker = next(e for e in document.form.iter("input") if e.attrib.get("name") == "feeders")
    assert (marker.attrib["type"], marker.attrib["value"]) == ("hidden", "")
    assert "choose among" in read(f"{PAGES['compare']}?feeders=", status=422).alerts
    one = read(f"{PAGES['compare']}?feeders=&feeders=feeder_03")
    assert one.links["CSV"] == read(f"{PAGES['compare']}?feeders=feeder_03").links["CSV"]


@pytest.mark.parametrize("name", PAGES)
def test_no_field_is_cut_or_kept_back_by_the_browser(read: Fetch, name: str) -> None:
    """A browser cuts at maxlength without a word, and restores old values into fields that allow it."""
    document = read(PAGES[name] + QUESTIONS[name])
    fields = [e for e in document.tree.iter() if e.tag in ("input", "textarea")]
    assert not any({"maxlength", "pattern"} & set(e.attrib) for e in fields)
    assert all(
        form.attrib.get("autocomplete") == "off"
        for form in document.tree.iter("form")
        if "hx-get" in form.attrib
    )


def test_a_question_that_only_travels_along_is_not_left_behind_without_a_word(client: Client) -> None:
    client.force_login(User.objects.create_superuser("staff", password="s"))  # noqa: S106 - of this test
    answer = client.get("/feeders/feeder_00/profiles/?time=12:07")
    assert answer.status_code == 422
    assert "enter a quarter-hour as HH:MM" in Document(answer.content.decode()).alerts


def test_a_name_that_is_too_long_is_told_at_its_field(client: Client) -> None:
    client.force_login(User.objects.create_user("ann"))
    answer = client.post("/feeders/feeder_00/run/save/", {"name": "x" * 121, "note": "kept as typed"})
    assert answer.status_code == 422
    document = Document(answer.content.decode())
    assert "enter 1 to 120 characters" in _at_field(document, "name")
    assert "kept as typed" in document.text

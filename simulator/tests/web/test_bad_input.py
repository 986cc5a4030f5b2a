"""Bad input: 4xx, each field named with what it accepts, the rest of the page intact, no error in the log."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from simulator.tests.web.addresses import FILES, PAGES, SHOWS_A_FEEDER, TAKES_ADOPTION
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import Document

SHARE = "enter a share from 0 to 1, for example 0.3."
TIME = "Time of day: enter a quarter-hour as HH:MM, from 00:00 to 23:45."
TIMES = (
    "Quarter-hours: enter whole day, or 1 to 96 times as HH:MM, separated by commas, "
    "for example 07:00, 12:00."
)
LIMITS = "Limits: choose one of twin, en50160, uk, ansi_c84_a, vde_4105."

NO_SHARES = ("abc", "1.2", "-0.1", "NaN", "1e999", "-inf", "", " ", "0,3", "30 %", "0.3\x00")
NO_TIMES = ("12:07", "25:00", "24:00", "", "noon", "12", "12:00:00", "-1:00", "\u0661\u0662:00")
NO_SETS_OF_TIMES = ("", ",", "24:00", "07:00,,12:00", "07:00;12:00", ",".join(["00:00"] * 97), "07:00," * 96)
WITH_TIME = ("run", "network", "sweep", "compare")
WITH_TIMES = ("sweep", "compare")

PLACEMENTS = "Placements: enter a whole number from 1 on, for example 1000."
TOO_MANY = "at most 20,000,000 are computed: enter at most "
SEED = "Seed: enter a whole number from 0 to 4294967295, for example 1."
NO_COUNTS = ("0", "-1", "1e9", "many", "1.5", "", "\u00bd")
NO_SEEDS = ("x", "-1", "1.5", "", "4294967296", "NaN")

BAD: list[tuple[str, str, str, str]] = [
    *(
        (name, "pv_adoption", value, f"PV adoption: {SHARE}")
        for name in ("run", "feeders")
        for value in NO_SHARES
    ),
    *(("run", "battery_adoption", value, f"Battery adoption: {SHARE}") for value in NO_SHARES),
    *((name, "pv_adoption", "abc", f"PV adoption: {SHARE}") for name in TAKES_ADOPTION),
    *((name, "battery_adoption", "1.2", f"Battery adoption: {SHARE}") for name in TAKES_ADOPTION),
    *(("run", "time", value, TIME) for value in NO_TIMES),
    *((name, "time", "12:07", TIME) for name in WITH_TIME),
    *(("sweep", "times", value, TIMES) for value in NO_SETS_OF_TIMES),
    *((name, "times", "24:00", TIMES) for name in WITH_TIMES),
    *((name, "limits", value, LIMITS) for name in TAKES_ADOPTION for value in ("blue", "")),
    *(("monte-carlo", "placements", value, PLACEMENTS) for value in NO_COUNTS),
    *(("monte-carlo", "placements", value, TOO_MANY) for value in ("1000000000", "1000000", "9" * 40)),
    *(("monte-carlo", "seed", value, SEED) for value in NO_SEEDS),
    ("monte-carlo", "quarter_hours", "some", "Quarter-hours: choose one of binding, all."),
    ("compare", "feeders", "feeder_99", "feeder_99 is none of them"),
    ("compare", "feeders", "", "Feeders: choose among feeder_00, "),
    ("feeders", "q", "x" * 81, "Search: enter at most 80 characters."),
    *((name, "sort", "colour", "Sort") for name in ("feeders", "compare")),
    *((name, "order", "sideways", "Order") for name in ("feeders", "compare")),
]


@pytest.mark.parametrize("name", list(dict.fromkeys(name for name, *_ in BAD)))
def test_page_and_json_name_the_field_and_what_it_accepts_and_the_rest_is_intact(
    read: Fetch, client: Client, name: str
) -> None:
    good = read(PAGES[name])
    for field, value, accepts in [row[1:] for row in BAD if row[0] == name]:
        document = read(f"{PAGES[name]}?{urlencode({field: value})}", status=422)
        case = f"{field}={value[:40]!r}"
        assert accepts in document.alerts, case
        assert "Nothing was computed" in document.alerts, case
        assert document.kpis == {}, case
        assert document.status == "", case
        _check_the_rest(name, field, document, good)
        answer = client.get(f"{FILES[name]}.json?{urlencode({field: value})}")
        assert answer.status_code == 422, case
        _check_the_error(read_json(answer), field, accepts)


def _check_the_rest(name: str, field: str, document: Document, good: Document) -> None:
    """Every other field, the feeder and the ways on are as on the page that answers."""
    assert {n for n, _ in document.fields} - {field} == {n for n, _ in good.fields} - {field}
    others = [(n, v) for n, v in document.fields if n != field]
    assert others == [(n, v) for n, v in good.fields if n != field], field
    if name in SHOWS_A_FEEDER:
        assert document.text.count(good.text.split(" / feeder_00 ")[1][:40]) == 1
    assert {"Feeders", "Compare", "Help"} <= set(document.links)


def _check_the_error(body: Any, field: str, accepts: str) -> None:
    """It names the field, in the API's shape of errors."""
    assert set(body) == {"error"}
    assert body["error"]["status"] == 422
    assert [f["field"] for f in body["error"]["fields"]] == [field]
    assert accepts in body["error"]["fields"][0]["message"]


@pytest.mark.parametrize("kind", ["csv", "pdf", "geojson"])
@pytest.mark.parametrize("name", ["feeders", "network"])
def test_files_refuse_what_pages_refuse(client: Client, name: str, kind: str) -> None:
    assert client.get(f"{FILES[name]}.{kind}?pv_adoption=abc").status_code == 422


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_field_is_refused_by_name(read: Fetch, client: Client, name: str) -> None:
    document = read(f"{PAGES[name]}?colour=blue", status=422)
    assert "colour: no such field" in document.text
    assert client.get(f"{FILES[name]}.json?colour=blue").status_code == 422


def test_every_field_at_fault_is_named_at_once(read: Fetch, client: Client) -> None:
    asked = "?pv_adoption=abc&battery_adoption=2&time=12:07&limits=blue&colour=blue"
    alerts = read(PAGES["run"] + asked, status=422).alerts
    for message in (
        f"PV adoption: {SHARE}",
        f"Battery adoption: {SHARE}",
        TIME,
        LIMITS,
        "colour: no such field",
    ):
        assert message in alerts
    body: Any = read_json(client.get(f"{FILES['run']}.json{asked}"))
    assert len(body["error"]["fields"]) == 5


def test_htmx_gets_the_errors_as_a_fragment(read: Fetch) -> None:
    fragment = read(
        f"{PAGES['run']}?time=12:07", status=422, **{"HX-Request": "true", "HX-Target": "results"}
    )
    assert not fragment.is_whole
    assert TIME in fragment.alerts


def test_the_page_shows_what_was_typed_for_the_person_to_mend(read: Fetch) -> None:
    document = read(f"{PAGES['run']}?time=12:07&pv_adoption=0.45", status=422)
    assert ("time", "12:07") in document.fields
    assert ("pv_adoption", "0.45") in document.fields


def test_what_was_typed_is_never_markup(client: Client) -> None:
    script = "<script>alert(1)</script>"
    for name in ("run", "sweep", "feeders", "compare"):
        for field in ("time", "times", "limits", "q", "feeders", script):
            answer = client.get(f"{PAGES[name]}?{urlencode({field: script})}")
            assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    "place",
    ["feeders/{}/", "feeders/{}/sweep/", "feeders/{}/network/", "feeders/{}/run.csv", "feeders/{}/run.pdf"],
)
@pytest.mark.parametrize("feeder", ["feeder_99", "Feeder_00", "x" * 300, "%00", "..%2f", "%3Cb%3E"])
def test_an_unknown_feeder_is_a_page_that_leads_on(read: Fetch, place: str, feeder: str) -> None:
    document = read(f"/{place.format(feeder)}", status=404)
    assert "No feeder is named" in document.text or "No such page" in document.text
    assert document.links["All feeders"] == "/"


@pytest.mark.parametrize(
    "place", ["/feeders/feeder_99/run.json", "/feeders/feeder_99/sweep.json", "/nothing.json"]
)
def test_an_unknown_feeder_is_json_where_json_is_asked_for(client: Client, place: str) -> None:
    answer = client.get(place)
    assert answer.status_code == 404
    body: Any = read_json(answer)
    assert (body["error"]["status"], body["error"]["fields"]) == (404, [])


@pytest.mark.parametrize("place", ["/nothing", "/feeders/feeder_00/run.xml", "/feeders/feeder_00/colour/"])
def test_an_unknown_page_leads_on(read: Fetch, place: str) -> None:
    assert read(place, status=404).links["All feeders"] == "/"


@pytest.mark.parametrize("place", ["/api/simulate", "/api/sweep", "/"])
def test_a_body_of_two_megabytes_is_refused_in_words(client: Client, place: str) -> None:
    answer = client.post(place, b"x" * 2_000_000, content_type="application/json")
    assert answer.status_code == 413
    body: Any = read_json(answer)
    assert body["error"]["message"] == "The body has 2,000,000 bytes; at most 1,000,000 are accepted."


def test_a_large_body_that_hides_its_length_is_refused_all_the_same(client: Client) -> None:
    answer = client.post(
        "/api/simulate", b"x" * 2_000_000, content_type="application/json", CONTENT_LENGTH=""
    )
    assert 400 <= answer.status_code < 500


def test_a_query_string_with_thousands_of_fields_is_refused(client: Client) -> None:
    assert client.get("/?" + "&".join(1500 * ["f=1"])).status_code == 400


@pytest.mark.parametrize("value", ["0.30", "0.3", ".3", "3e-1", " 0.3 "])
def test_what_is_a_share_however_written_is_taken(read: Fetch, value: str) -> None:
    assert "with 30 % PV" in read(f"{PAGES['run']}?{urlencode({'pv_adoption': value})}").status


def test_repeated_and_unordered_quarter_hours_are_a_set(read: Fetch) -> None:
    one = read(f"{PAGES['sweep']}?times=18:30, 07:00,12:00,07:00")
    other = read(f"{PAGES['sweep']}?times=07:00,12:00,18:30")
    assert one.status == other.status
    assert one.links["CSV"] == other.links["CSV"]


def test_all_96_quarter_hours_can_be_asked_for(read: Fetch) -> None:
    times = ",".join(f"{h:02d}:{m:02d}" for h in range(24) for m in (0, 15, 30, 45))
    document = read(f"{PAGES['sweep']}?{urlencode({'times': times})}")
    assert document.status == read(PAGES["sweep"]).status
    assert " over the whole day" in document.status


@pytest.mark.parametrize("name", ["sweep", "standards", "measures", "compare"])
def test_a_capacity_covers_the_whole_day_unless_times_are_chosen(
    client: Client, read: Fetch, name: str
) -> None:
    def hours(query: str) -> list[int]:
        data: Any = read_json(client.get(f"{FILES[name]}.json{query}"))
        told: list[int] = (data[0]["sweep"] if isinstance(data, list) else data)["steps"]
        return told

    assert hours("") == hours("?times=day") == hours("?times=Whole+day") == list(range(96))
    assert hours("?times=07:00,12:00,18:30") == [28, 48, 74]
    assert " over the whole day" in read(PAGES[name]).text
    assert " at 07:00, 12:00 and 18:30" in read(f"{PAGES[name]}?times=07:00,12:00,18:30").text

"""The standards page and its route: own limits are read, refused by name, and kept in every link."""

from typing import Any

import pytest
from django.test import Client

from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import query_of

BODY: dict[str, Any] = {"feeder_id": "feeder_00", "steps": [48]}
BAND = {"vm_min_pu": 0.92, "vm_max_pu": 1.08}
OWN = "?low=0.92&high=1.08&rise=2.5&loading=80"


def test_own_limits_come_last_and_travel_in_every_link(client: Client, read: Fetch) -> None:
    document = read(PAGES["standards"] + OWN)
    assert "0.92 to 1.08 pu, rise at most 2.5 %, loading at most 80 %" in document.text
    for kind in ("CSV", "JSON", "Link to this answer"):
        assert set(query_of(OWN)) <= set(query_of(document.links[kind]))
    data: Any = read_json(client.get(FILES["standards"] + ".json" + OWN))
    names = [one["limits"]["name"] for one in data["standards"]]
    assert names == ["twin", "en50160", "uk", "ansi_c84_a", "vde_4105", "own"]
    own = data["standards"][-1]["limits"]
    assert (own["rise_max"], own["loading_max"]) == (pytest.approx(0.025), pytest.approx(0.8))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?low=1.1&high=1.08", "Own lowest voltage (pu): 1.1 is not below the highest voltage 1.08."),
        ("?low=1&high=1", "Own lowest voltage (pu): 1 is not below the highest voltage 1."),
        ("?low=0.9", "Own highest voltage (pu): own limits need both voltages."),
        ("?high=1.1", "Own lowest voltage (pu): own limits need both voltages."),
        ("?rise=3", "Own lowest voltage (pu): own limits need both voltages."),
        ("?low=x&high=1.1", "Own lowest voltage (pu): enter a voltage in pu above 0 and at most 1.99"),
        ("?low=0.9&high=NaN", "Own highest voltage (pu): enter a voltage in pu above 0 and at most 1.99"),
        ("?low=0.9&high=1.1&rise=100", "Own largest rise by generation (%): enter a percentage above 0"),
        ("?low=0.9&high=1.1&loading=-1", "Own largest loading (%): enter a percentage above 0"),
        ("?low=0.9&high=1.1&loading=inf", "Own largest loading (%): enter a percentage above 0"),
    ],
)
def test_own_limits_that_make_no_sense_are_refused_by_name(read: Fetch, query: str, says: str) -> None:
    document = read(PAGES["standards"] + query, status=422)
    assert says in document.alerts
    assert document.kpis == {}


def test_the_route_and_the_page_give_the_same(client: Client) -> None:
    body = {"feeder_id": "feeder_00", "steps": [74, 28, 48, 48], "battery_adoption": 0.2, "own": BAND}
    answer: Any = read_json(post(client, "standards", body))
    query = "?times=07:00,12:00,18:30&battery_adoption=0.2&low=0.92&high=1.08"
    page: Any = read_json(client.get(FILES["standards"] + ".json" + query))
    assert answer == page


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ({"vm_min_pu": 1.08, "vm_max_pu": 0.92}, "own.vm_min_pu"),
        ({"vm_min_pu": 1.0, "vm_max_pu": 1.0}, "own.vm_min_pu"),
        ({"vm_min_pu": 0.92}, "own.vm_max_pu"),
        ({**BAND, "vm_max_pu": "1.1"}, "own.vm_max_pu"),
        ({**BAND, "vm_max_pu": True}, "own.vm_max_pu"),
        ({**BAND, "vm_max_pu": 2}, "own.vm_max_pu"),
        ({**BAND, "rise_max": 0}, "own.rise_max"),
        ({**BAND, "loading_max": -1}, "own.loading_max"),
        ({**BAND, "colour": 1}, "own.colour"),
        ([], "own"),
        ("twin", "own"),
    ],
)
def test_the_route_names_what_is_wrong_with_own_limits(client: Client, own: object, field: str) -> None:
    answer = post(client, "standards", {**BODY, "own": own})
    body: Any = read_json(answer)
    assert answer.status_code == 422
    assert [fault["field"] for fault in body["error"]["fields"]] == [field]


def test_the_route_takes_no_limit_set_since_it_answers_for_all(client: Client) -> None:
    body: Any = read_json(post(client, "standards", {**BODY, "limits": "uk"}))
    assert [fault["field"] for fault in body["error"]["fields"]] == ["limits"]

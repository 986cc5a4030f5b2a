"""The measures page and its route: they give the same, and a feeder that needs no help says so."""

from typing import Any

import pytest
from django.test import Client

from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json


def test_the_route_and_the_page_give_the_same(client: Client) -> None:
    body = {"feeder_id": "feeder_00", "steps": [74, 48, 48], "battery_adoption": 0.2, "limits": "vde_4105"}
    answer: Any = read_json(post(client, "measures", body))
    query = "?times=12:00,18:30&battery_adoption=0.2&limits=vde_4105"
    page: Any = read_json(client.get(FILES["measures"] + ".json" + query))
    assert answer == page
    assert [one["measure"] for one in answer["measures"]] == ["tap", "absorbing", "cable", "batteries"]


def test_a_feeder_where_nothing_binds_needs_no_help(client: Client, read: Fetch) -> None:
    document = read("/feeders/feeder_09/measures/")
    assert document.status.endswith("Nothing binds within the potential: nothing needs help.")
    body = {"feeder_id": "feeder_09", "steps": [28, 48, 74]}
    answer: Any = read_json(post(client, "measures", body))
    assert (answer["measures"], answer["best"]) == ([], None)


def test_the_page_says_what_absorbing_takes(read: Fetch) -> None:
    assert "inverters rated for it, S = P / 0.95" in read(PAGES["measures"]).text


@pytest.mark.parametrize("field", ["own", "pv_adoption", "step"])
def test_the_route_refuses_what_it_does_not_take(client: Client, field: str) -> None:
    body: Any = read_json(post(client, "measures", {"feeder_id": "feeder_00", "steps": [48], field: 1}))
    assert [fault["field"] for fault in body["error"]["fields"]] == [field]

"""Nodes on the web: the page, its map and the API tell the same rooms."""

from typing import Any

import pytest
from django.test import Client

from simulator.tests.web.conftest import Fetch, read_json

PAGE, FILE = "/feeders/feeder_05/nodes/", "/feeders/feeder_05/nodes"
DAY = "?when=day&limits=vde_4105"


@pytest.mark.parametrize("asked", ["", DAY])
def test_the_map_and_the_table_hold_every_bus_with_its_room(client: Client, read: Fetch, asked: str) -> None:
    collection: Any = read_json(client.get(f"{FILE}.geojson{asked}"))
    features = collection["features"]
    answer: Any = read_json(client.get(f"{FILE}.json{asked}"))
    by_id = {feature["properties"]["id"]: feature["properties"] for feature in features}
    rows = {row[0]: row for row in read(PAGE + asked).table("places")[1:]}
    assert len(answer["nodes"]) == 30
    for node in answer["nodes"]:
        properties = by_id[node["bus"]]
        assert (properties["kind"], properties["class"][:2]) == ("bus", "r-")
        told = float(properties["label"].split(": ")[1].split(" ")[0])
        assert 0 <= node["pv_kw"] - told < 0.1
        assert f"{node['pv_kw']:.2f}" in rows[node["bus"]]
        assert f"{node['load_kw']:.2f}" in rows[node["bus"]]
        assert node["pv_binding"]["element"] in properties["label"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert (kinds.count("line"), kinds.count("transformer")) == (29, 1)


def test_the_page_names_the_best_and_the_worst_place(client: Client, read: Fetch) -> None:
    answer: Any = read_json(client.get(f"{FILE}.json"))
    document = read(PAGE)
    for key in ("pv_kw", "load_kw"):
        worst, *_, best = sorted(answer["nodes"], key=lambda node: node[key])
        assert document.status.index(worst["bus"]) < document.status.rindex(best["bus"])
    for figure in ("diagram", "rooms"):
        assert list(document.by_id(figure).iter("svg"))


def test_a_scenario_in_violation_has_no_room_and_says_so_first(client: Client, read: Fetch) -> None:
    asked = "?pv_adoption=0.9"
    answer: Any = read_json(client.get(f"/feeders/feeder_06/nodes.json{asked}"))
    assert {node["pv_kw"] for node in answer["nodes"]} == {node["load_kw"] for node in answer["nodes"]} == {0}
    assert answer["baseline_violation"]["text"] in read(f"/feeders/feeder_06/nodes/{asked}").status
    collection: Any = read_json(client.get(f"/feeders/feeder_06/nodes.geojson{asked}"))
    buses = [f["properties"] for f in collection["features"] if f["properties"]["kind"] == "bus"]
    assert {properties["class"] for properties in buses} == {"v-none"}
    assert all("0.0 kW" in properties["label"] for properties in buses)


@pytest.mark.parametrize(
    ("field", "value"),
    [("when", "week"), ("step", 96), ("step", "12:00"), ("pv_adoption", 1.01), ("bus", "bus_1")],
)
def test_the_api_names_the_field_at_fault(client: Client, field: str, value: object) -> None:
    body = {"feeder_id": "feeder_05", "pv_adoption": 0.3, "step": 48, field: value}
    refused = client.post("/api/nodes", body, "application/json")
    assert refused.status_code == 422
    assert [f["field"] for f in refused.json()["error"]["fields"]] == [field]


def test_the_apis_answer_is_the_pages(client: Client, feeders: None) -> None:
    body = {"feeder_id": "feeder_05", "pv_adoption": 0.3, "step": 48, "when": "day", "limits": "vde_4105"}
    assert client.post("/api/nodes", body, "application/json").json() == read_json(
        client.get(f"{FILE}.json{DAY}")
    )

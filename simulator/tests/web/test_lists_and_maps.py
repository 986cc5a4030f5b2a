"""Feeders are found, compared and sorted, and maps hold what the pages say."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from simulator.models import FeederRecord
from simulator.tests.web.addresses import FILES, PAGES, QUESTIONS
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import query_of

every_page = pytest.mark.parametrize("name", PAGES)
HTMX = {"HX-Request": "true", "HX-Target": "results"}
RUN = PAGES["run"]


def test_the_compare_page_shows_all_published_feeders_by_default_and_the_chosen_ones_else(
    read: Fetch,
) -> None:
    assert len(read("/compare/").table("comparison")) == 1 + 16
    chosen = read("/compare/?feeders=feeder_03&feeders=feeder_05")
    assert [row[0] for row in chosen.table("comparison")[1:]] == ["feeder_03", "feeder_05"]
    assert [v for n, v in chosen.fields if n == "feeders" and v] == ["feeder_03", "feeder_05"]


def test_the_comparison_is_sorted_by_the_links_in_its_header(read: Fetch) -> None:
    document = read("/compare/")
    column = [cell.split(" (")[0] for cell in document.table("comparison")[0]].index("Losses kW")
    link = next(href for text, href in document.links.items() if text.startswith("Losses"))
    up = read(link)
    down = read(next(href for text, href in up.links.items() if text.startswith("Losses")))
    losses = [float(row[column]) for row in up.table("comparison")[1:]]
    assert losses == sorted(losses)
    assert [row[0] for row in down.table("comparison")] != [row[0] for row in up.table("comparison")]
    assert [float(row[column]) for row in down.table("comparison")[1:]] == sorted(losses, reverse=True)


def test_a_row_of_the_comparison_leads_to_the_feeder_under_the_same_scenario(
    client: Client, read: Fetch
) -> None:
    document = read("/compare/?feeders=feeder_05&pv_adoption=0.7&time=13:00")
    address = document.links["feeder_05"]
    assert address.startswith("/feeders/feeder_05/")
    rows: Any = read_json(client.get("/compare.json?feeders=feeder_05&pv_adoption=0.7&time=13:00"))
    assert f"{rows[0]['max_voltage_pu']:.3f} pu" in read(address).kpis["max_voltage"]


def test_feeders_are_found_by_their_words(read: Fetch) -> None:
    record = FeederRecord.objects.get(feeder_id="feeder_04")
    document = read(f"/?{urlencode({'q': record.archetype})}")
    assert "feeder_04" in document.text
    assert "feeder_09" not in document.text
    assert [v for n, v in document.fields if n == "q"] == [record.archetype]


def test_a_search_without_a_match_says_so_on_the_page_and_in_the_files(client: Client, read: Fetch) -> None:
    assert "No feeder matches" in read("/?q=lighthouse").text
    assert read_json(client.get("/feeders.json?q=lighthouse")) == []
    assert client.get("/feeders.csv?q=lighthouse").status_code == 200
    features: Any = read_json(client.get("/feeders.geojson?q=lighthouse"))
    assert features["features"] == []


def test_the_list_is_sorted_both_ways(client: Client) -> None:
    def households(order: str) -> list[int]:
        text = client.get(f"/feeders.csv?sort=households&order={order}").content.decode()
        return [int(row[4]) for row in list(csv.reader(io.StringIO(text)))[2:]]

    assert len(households("asc")) == 16
    assert households("asc") == sorted(households("asc"))
    assert households("desc") == sorted(households("asc"), reverse=True)


def test_a_feeder_s_card_leads_to_the_quarter_hour_that_it_speaks_of(read: Fetch) -> None:
    document = read("/?pv_adoption=0.9")
    (address,) = {a for a in document.links.values() if a.startswith("/feeders/feeder_06/") and "time=" in a}
    answer = read(address)
    time = dict(query_of(address))["time"]
    assert answer.status.startswith(f"At {time} with 90 % PV, feeder_06 leaves its limits")
    worst = answer.status.split("limits: ")[1].removesuffix(".")
    assert f"{worst} at {time}" in document.text


def test_maps_hold_every_element_with_its_place_and_state(client: Client) -> None:
    asked = "?pv_adoption=0.9"
    network: Any = read_json(client.get(f"{FILES['network']}.geojson{asked}"))
    state: Any = read_json(client.get(f"{FILES['network']}.json{asked}"))
    kinds = [feature["properties"]["kind"] for feature in network["features"]]
    assert (kinds.count("line"), kinds.count("bus"), kinds.count("transformer")) == (29, 30, 1)
    by_id = {feature["properties"]["id"]: feature for feature in network["features"]}
    for bus, vm_pu in zip(state["network"]["buses"], state["vm_pu"], strict=True):
        feature = by_id[bus["id"]]
        assert feature["geometry"]["coordinates"] == [bus["lon"], bus["lat"]]
        assert feature["properties"]["vm_pu"] == vm_pu
    every: Any = read_json(client.get("/feeders.geojson"))
    placed = [feature["properties"]["id"] for feature in every["features"]]
    assert placed == [f"feeder_{i:02d}" for i in range(12)]
    assert all(client.get(f["properties"]["url"]).status_code == 200 for f in every["features"][:2])


def test_a_feeder_without_a_place_is_a_plain_drawing_and_the_list_names_it(
    read: Fetch, client: Client
) -> None:
    address = "/feeders/gallery_kerber_dorfnetz/network"
    assert "A plain drawing: where on the globe this feeder lies is not known." in read(f"{address}/").text
    drawn: Any = read_json(client.get(f"{address}.geojson"))
    assert drawn["plain"] is True
    assert "A plain drawing" not in read(PAGES["network"]).text
    assert "Not on the map, since their places are not known: CIGRE LV benchmark, Kerber" in read("/").text


def test_the_map_is_given_the_address_of_its_data_with_the_question(read: Fetch, client: Client) -> None:
    for name in ("feeders", "nodes", "network"):
        document = read(PAGES[name] + QUESTIONS[name])
        (box,) = [e for e in document.tree.iter() if "data-geojson" in e.attrib]
        assert query_of(box.attrib["data-geojson"]) == query_of(QUESTIONS[name])
        assert read_json(client.get(box.attrib["data-geojson"]))


def test_the_comparison_tells_moment_and_day_apart_and_ranks_by_the_day(read: Fetch, client: Client) -> None:
    document, feeders = read("/compare/?pv_adoption=0.3"), read("/?pv_adoption=0.3")
    head, *rows = document.table("comparison")
    moment, day = head.index("Violations at 12:00"), head.index("Quarter-hours in violation over the day")
    stands = {row[0]: row for row in feeders.table("feeders")[1:]}
    column = feeders.table("feeders")[0].index("Quarter-hours in violation")
    assert {row[0]: row[day] for row in rows} == {key: row[column] for key, row in stands.items()}
    counts = [int(row[day]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    at_noon = [row[0] for row in rows if row[moment] != "0"]
    all_day = [row[0] for row in rows if row[day] != "0"]
    assert len(at_noon) == 2
    assert len(all_day) == 4
    assert "At 12:00 with 30 % PV, 2 of 16 feeders leave their limits" in document.status
    said = document.status.split("; over the whole day 4 do: ")[1].split(";")[0]
    assert set(said.split(", ")) == set(all_day)
    assert "12 of 16 feeders stay within limits all day" in feeders.status
    one, other = document.links["Each feeder at its worst quarter-hour of the day"], "/?pv_adoption=0.3"
    assert read(one).status == read(other).status
    back = feeders.links["Compare the feeders at one time of day"]
    assert read(back).status == document.status
    data: Any = read_json(client.get("/compare.json?pv_adoption=0.3"))
    assert {each["feeder_id"]: str(each["day"]["violated_quarter_hours"]) for each in data} == {
        row[0]: row[day] for row in rows
    }

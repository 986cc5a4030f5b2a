"""Why a voltage is what it is: the page, its files and its route give one exact answer."""

from typing import Any

import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.small import small_feeder
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json, store

ASKED = {
    "feeder_id": "feeder_05",
    "pv_adoption": 0.9,
    "battery_adoption": 0.5,
    "step": 29,
    "when": "time",
    "bus": "bus_18",
}
QUERY = "?pv_adoption=0.9&battery_adoption=0.5&time=07:15&when=time&bus=bus_18"
PAGE, FILE = "/feeders/feeder_05/why/", "/feeders/feeder_05/why"


def test_the_routes_parts_sum_to_what_newton_raphson_finds(client: Client) -> None:
    data: Any = read_json(post(client, "why", ASKED))
    feeder = all_feeders()["feeder_05"]
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), 0.9, 0.5, [29]))
    expected = flow.vm_pu[0, [bus.id for bus in feeder.buses].index("bus_18")]
    parts = [data["transformer"], *data["sections"]]
    total = data["source_pu"] + sum(part["total_pu"] for part in parts)
    assert data["voltage_pu"] == pytest.approx(expected, abs=1e-8)
    assert total == pytest.approx(data["voltage_pu"], abs=1e-12)
    for part in parts:
        kinds = ("load_pu", "pv_pu", "battery_pu")
        for kind in kinds:
            assert sum(c[kind] for c in part["customers"]) == pytest.approx(part[kind], abs=1e-12)
        assert part["no_load_pu"] + sum(part[k] for k in kinds) == pytest.approx(part["total_pu"], abs=1e-12)
    assert (data["step"], data["time"], data["bus"], data["converged"]) == (29, "07:15", "bus_18", True)


def test_the_route_and_the_json_file_agree(client: Client) -> None:
    assert read_json(post(client, "why", ASKED)) == read_json(client.get(f"{FILE}.json{QUERY}"))


def test_a_bus_and_a_time_left_out_are_the_binding_ones_of_the_day(client: Client) -> None:
    bare: Any = read_json(post(client, "why", {"feeder_id": "feeder_05", "pv_adoption": 0.3}))
    assert bare == read_json(client.get(f"{FILE}.json?pv_adoption=0.3"))
    assert bare["when"] == "day"
    spelt = {
        "pv_adoption": 0.3,
        "step": bare["step"],
        "when": "time",
        "bus": bare["bus"],
        "feeder_id": "feeder_05",
    }
    again: Any = read_json(post(client, "why", spelt))
    assert again.pop("tightest")["value"] == pytest.approx(bare.pop("tightest")["value"], abs=1e-9)
    assert again == {**bare, "when": "time"}


def test_the_page_answers_with_the_routes_sentence_and_offers_every_bus(client: Client, read: Fetch) -> None:
    data: Any = read_json(post(client, "why", ASKED))
    document = read(PAGE + QUERY)
    assert document.status == f"{data['text']}."
    assert list(document.by_id("waterfall").iter("svg"))
    (select,) = [e for e in document.tree.iter("select") if e.get("name") == "bus"]
    options = [option.get("value") for option in select.iter("option")]
    assert options == ["", *(bus.id for bus in all_feeders()["feeder_05"].buses)]


def test_an_unknown_bus_is_refused_with_those_there_are(client: Client, read: Fetch) -> None:
    answer = post(client, "why", {**ASKED, "bus": "bus_99"})
    error: Any = read_json(answer)
    assert answer.status_code == 422
    (fault,) = error["error"]["fields"]
    assert fault["field"] == "bus"
    assert "bus_99 is not a bus of feeder_05; it has bus_0, bus_1" in fault["message"]
    assert "bus_99 is not a bus of feeder_05" in read(f"{PAGE}?bus=bus_99", 422).text


@pytest.mark.parametrize(
    "change", [{"bus": 7}, {"bus": "b" * 65}, {"when": "noon"}, {"step": 96}, {"colour": 1}]
)
def test_wrong_fields_are_refused_by_name(client: Client, change: dict[str, object]) -> None:
    answer = post(client, "why", {**ASKED, **change})
    error: Any = read_json(answer)
    assert answer.status_code == 422
    assert [fault["field"] for fault in error["error"]["fields"]] == list(change)


def test_without_a_solution_there_are_no_parts_and_the_page_says_so(client: Client, read: Fetch) -> None:
    store(small_feeder({"bus": "bus_2", "peak_kw": 300.0, "pv_kwp": 10.0}, length_km=0.6))
    data: Any = read_json(client.get("/feeders/small/why.json?when=time"))
    assert data["converged"] is False
    nulls = ("bus", "violated", "voltage_pu", "source_pu", "transformer", "sections", "customers", "cause")
    assert {key: data[key] for key in nulls} == dict.fromkeys(nulls)
    document = read("/feeders/small/why/?when=time")
    assert document.status == "small at 12:00 has no solution: the feeder cannot carry this."
    for kpi in document.kpis.values():
        assert "–" in kpi
        assert "no solution" in kpi

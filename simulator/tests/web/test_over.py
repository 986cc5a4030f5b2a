"""Capacities of another technology than PV: asked for alike on pages, in the API and in commands."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from simulator.tests.web.addresses import PAGES
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import Document, query_of

ASKED: dict[str, Any] = {"feeder_id": "feeder_06", "steps": [34], "pv_adoption": 0.4, "over": "battery"}
STUDIES = {
    "sweep": ("hosting_capacity_kwh", "battery_potential_kwh", "points"),
    "standards": ("battery_potential_kwh", "standards"),
    "measures": ("battery_potential_kwh", "gains_count_battery_caused_only"),
    "monte-carlo": ("hosting_capacity_kwh", "even_spread_kwh", "battery_caused"),
}


def _asked(client: Client, study: str, **more: Any) -> Any:
    body = {**ASKED, **({"placements": 60} if study == "monte-carlo" else {}), **more}
    if study == "monte-carlo":
        del body["steps"]
    return read_json(post(client, study, body))


@pytest.mark.parametrize("study", STUDIES)
def test_json_names_the_technology_and_its_unit(client: Client, study: str) -> None:
    found = _asked(client, study)
    assert {*STUDIES[study], "over", "pv_adoption"} <= set(found)
    assert (found["over"], found["pv_adoption"]) == ("battery", 0.4)
    assert found["battery_potential_kwh"] == pytest.approx(0.4 * _potential_kwp(client))
    assert not any("kwp" in name or "pv_caused" in name for name in json.dumps(found).split('"'))
    api: Any = read_json(client.get("/api/openapi.json"))
    described = api["components"]["schemas"]
    (model,) = [name for name in described if name.startswith(_model(study)) and name.endswith("OverBattery")]
    assert set(found) <= set(described[model]["properties"])


def _model(study: str) -> str:
    return {"monte-carlo": "MonteCarloOut"}.get(study, f"{study.capitalize()}Out")


def _potential_kwp(client: Client) -> float:
    net: Any = read_json(client.get("/api/net/feeder_06"))
    return float(sum(customer["pv_kwp"] for customer in net["customers"]))


def test_pv_is_what_is_asked_about_where_nothing_is_said(client: Client) -> None:
    body = {"feeder_id": "feeder_06", "steps": [48]}
    said: Any = read_json(post(client, "sweep", {**body, "over": "pv"}))
    usual = read_json(post(client, "sweep", body))
    assert usual == said
    assert "over" not in said


def test_the_curve_of_batteries_is_that_of_runs_with_them(client: Client) -> None:
    points = _asked(client, "sweep")["points"]
    for point in (points[0], points[10]):
        run = {"pv_adoption": 0.4, "battery_adoption": point["battery"], "step": 34, "feeder_id": "feeder_06"}
        moment: Any = read_json(post(client, "simulate", run))
        assert point["max_voltage_pu"] == pytest.approx(moment["max_voltage_pu"], abs=1e-5)
    assert points[10]["max_voltage_pu"] < points[0]["max_voltage_pu"]


@pytest.mark.parametrize(
    ("route", "more", "field", "says"),
    [
        ("sweep", {"battery_adoption": 0.2}, "battery_adoption", "its share is not asked"),
        ("sweep", {"over": "wind"}, "over", "accepts one of pv, battery"),
        ("nodes", {"step": 48}, "over", "accepts one of pv"),
        ("simulate", {"battery_adoption": 0.0, "step": 48}, "over", "accepted are feeder_id, own, limits"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    client: Client, route: str, more: Any, field: str, says: str
) -> None:
    body = {key: value for key, value in ASKED.items() if key != "steps" or route == "sweep"}
    response = post(client, route, {**body, **more})
    assert response.status_code == 422
    (fault,) = json.loads(response.content)["error"]["fields"]
    assert fault["field"] == field
    assert says in fault["message"]


def test_a_share_of_what_is_counted_is_refused(client: Client) -> None:
    response = post(client, "sweep", {"feeder_id": "feeder_06", "pv_adoption": 0.3})
    assert [fault["field"] for fault in json.loads(response.content)["error"]["fields"]] == ["pv_adoption"]


@pytest.mark.parametrize("page", ["sweep", "standards", "measures", "monte-carlo"])
def test_pages_speak_of_it_and_links_keep_it(read: Fetch, page: str) -> None:
    query = "?over=battery&pv_adoption=0.4" + ("&placements=60" if page == "monte-carlo" else "")
    document = read(PAGES[page] + query)
    assert "Asked with: Technology batteries." in document.text
    assert "kWh" in document.text
    assert "kWp" not in (document.status or "")
    assert ("over", "battery") in query_of(document.links["CSV"])
    assert _hidden(document) == ["field field-battery_adoption"]
    usual = read(PAGES[page])
    assert "over" not in dict(query_of(usual.links["CSV"]))
    assert _hidden(usual) == ["field field-pv_adoption"]


def _hidden(document: Document) -> list[str]:
    return [each.attrib["class"] for each in document.form.iter("div") if "hidden" in each.attrib]


def test_without_pv_there_is_nothing_to_have_a_battery_beside(read: Fetch) -> None:
    document = read(f"{PAGES['sweep']}?over=battery&pv_adoption=0")
    assert "No battery potential is there" in document.text
    assert "Ask again with PV adopted" in document.text


def test_commands_take_it() -> None:
    printed = io.StringIO()
    call_command(
        "sweep", "feeder_06", "--over=battery", "--pv=0.1", "--times=12:00", "--json", stdout=printed
    )
    assert json.loads(printed.getvalue())["hosting_capacity_kwh"] > 0
    with pytest.raises(CommandError, match="--pv is refused: the answer counts it"):
        call_command("sweep", "feeder_06", "--pv=0.4")

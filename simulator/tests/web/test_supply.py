"""Source voltage, tap position, power factor and limits of one's own: the same in pages, API and commands."""

import json
from typing import Any

import numpy as np
import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.powerflow.flow import PowerFlow
from simulator.tests.feeders import all_feeders, changed, plain
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.web.addresses import FILES, PAGES
from simulator.tests.web.asking import post
from simulator.tests.web.conftest import Fetch, read_json
from simulator.tests.web.html import query_of

NAME, PV, STEP = "feeder_06", 0.8, 50
ASKED: dict[str, Any] = {"feeder_id": NAME, "pv_adoption": PV, "battery_adoption": 0.0, "step": STEP}
RARE = {"source_pu": 1.03, "tap": 1, "pv_power_factor": 0.9}
QUERY = "?source_pu=1.03&tap=1&pv_power_factor=0.9"
LABELS = {
    "pv_power_factor": "PV power factor, absorbing",
    "source_pu": "Source voltage (pu)",
    "tap": "Tap position",
}


def _asked(client: Client, route: str, body: dict[str, Any]) -> Any:
    return read_json(post(client, route, body))


def _by_newton() -> PowerFlow:
    """The same by another engine: the feeder written anew, and what its PV absorbs counted by hand."""
    feeder = all_feeders()[NAME]
    data = plain(feeder)
    source = {**data["source"], "vm_pu": 1.03}
    transformers = [{**t, "tap": {**t["tap"], "pos": 1}} for t in data["transformers"]]
    p_kw, q_kvar = slow.injections(feeder, read_profiles(), PV, 0.0, [STEP])
    bare_kw, _ = slow.injections(feeder, read_profiles(), 0.0, 0.0, [STEP])
    q_kvar = np.asarray(q_kvar) - (np.asarray(p_kw) - np.asarray(bare_kw)) * np.tan(np.arccos(0.9))
    return solve_newton(changed(feeder, source=source, transformers=transformers), np.asarray(p_kw), q_kvar)


def test_a_quarter_hour_so_supplied_is_newton_raphson_s(client: Client) -> None:
    found, wanted = _asked(client, "simulate", {**ASKED, **RARE}), _by_newton()
    assert found["max_voltage_pu"] == pytest.approx(wanted.vm_pu.max(), abs=1e-6)
    assert found["min_voltage_pu"] == pytest.approx(wanted.vm_pu.min(), abs=1e-6)
    assert {key: found[key] for key in RARE} == RARE
    usual = _asked(client, "simulate", ASKED)
    assert abs(usual["max_voltage_pu"] - found["max_voltage_pu"]) > 0.003
    assert not set(RARE) & set(usual)


@pytest.mark.parametrize("study", ["day", "sweep", "standards", "nodes", "why", "measures"])
def test_every_study_answers_for_the_feeder_so_supplied(client: Client, study: str) -> None:
    needs = {"day": ["pv_adoption"], "nodes": ["pv_adoption", "step"], "why": ["pv_adoption"]}
    asked = {key: ASKED[key] for key in ("feeder_id", *needs.get(study, []))}
    usual, found = (_asked(client, study, {**asked, **more}) for more in ({}, RARE))
    assert {key: found[key] for key in RARE} == RARE
    assert json.dumps({**found, **dict.fromkeys(RARE)}) != json.dumps({**usual, **dict.fromkeys(RARE)})


@pytest.mark.parametrize("page", ["run", "day", "sweep", "network", "why", "compare", "feeders"])
def test_pages_say_how_the_feeder_is_supplied_and_links_keep_it(read: Fetch, page: str) -> None:
    document = read(PAGES[page] + QUERY)
    assert (
        f"Asked with: {', '.join(f'{name} {RARE[key]:g}' for key, name in LABELS.items())}." in document.text
    )
    assert set(query_of(QUERY)) <= set(query_of(document.links["CSV"]))


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"tap": 3}, "tap", "Tap position: trafo_0 has positions from -2 to 2, and 3 is none of them."),
        ({"tap": 0.5}, "tap", "trafo_0 has positions from -2 to 2, and 0.5 is none of them."),
        ({"tap": 0.5, "source_pu": 1.2}, "source_pu", "accepts null, or a number from 0.9 to 1.1 pu"),
        ({"source_pu": 0.8}, "source_pu", "accepts null, or a number from 0.9 to 1.1 pu"),
        ({"pv_power_factor": 0.5}, "pv_power_factor", "accepts null, or a number from 0.8 to 1"),
        ({"own": {"vm_min_pu": 1.1, "vm_max_pu": 1.0}}, "own.vm_min_pu", "1.1 is not below vm_max_pu 1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(client: Client, more: Any, field: str, says: str) -> None:
    response = post(client, "simulate", {**ASKED, **more})
    assert response.status_code == 422
    (fault,) = json.loads(response.content)["error"]["fields"]
    assert fault["field"] == field
    assert says in fault["message"]


def test_limits_of_one_s_own_take_the_place_of_the_named_set(client: Client, read: Fetch) -> None:
    own = {"vm_min_pu": 0.99, "vm_max_pu": 1.01, "loading_max": 0.3}
    found = _asked(client, "simulate", {**ASKED, "own": own})
    assert found["limits"] == {"name": "own", "source": "typed in", "rise_max": None, **own}
    assert {v["limit"] for v in found["violations"]} <= {0.99, 1.01, 0.3}
    assert len(found["violations"]) > len(_asked(client, "simulate", ASKED)["violations"])
    for page in ("run", "day", "sweep", "nodes"):
        assert (
            "0.99 to 1.01 pu, loading at most 30 %"
            in read(f"{PAGES[page]}?low=0.99&high=1.01&loading=30").text
        )


def test_a_page_names_a_tap_position_that_is_not_there(client: Client) -> None:
    response = client.get(FILES["run"] + ".json?tap=9")
    assert response.status_code == 422
    assert json.loads(response.content)["error"]["fields"][0]["field"] == "tap"


def test_pictures_and_lists_take_the_loading_limit_from_the_limits(client: Client) -> None:
    """At 60 % of every rating many lines are beyond what is allowed: all of them are told and marked."""
    query = "?pv_adoption=1&low=0.5&high=1.5&loading=60&time=12:00"
    data: Any = read_json(client.get(f"/feeders/feeder_06/run.json{query}"))
    lines = sum(v["kind"] == "line" for v in data["violations"])
    assert lines > 2
    page = client.get(f"/feeders/feeder_06/{query}").content.decode()
    assert f"0 buses outside the limits, {lines} lines above 60 %." in page
    drawn: Any = read_json(client.get(f"/feeders/feeder_06/network.geojson{query}"))
    kinds = [(f["properties"]["kind"], f["properties"]["class"]) for f in drawn["features"]]
    assert kinds.count(("line", "l-over")) == lines


def test_violated_hours_are_hours(client: Client) -> None:
    rows: Any = read_json(client.get("/feeders.json?pv_adoption=1"))
    assert any(row["violated_hours"] for row in rows)
    assert all(row["violated_hours"] == row["violated_quarter_hours"] / 4 for row in rows)

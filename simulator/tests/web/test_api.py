"""The API: routes with exact keys, and strict about what it takes."""

import json
from typing import Any

import pytest
from django.test import Client

from simulator.grid.profiles import read_profiles
from simulator.grid.reading import GALLERY_DIR, NETWORKS_DIR
from simulator.models import FeederRecord
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.web.asking import SIMULATE, SWEEP, post
from simulator.tests.web.conftest import read_json

LIMITS_KEYS = {"name", "vm_min_pu", "vm_max_pu", "rise_max", "loading_max", "source"}
VIOLATION_KEYS = {"kind", "element", "step", "hour", "time", "value", "limit", "text"}


def _answer(client: Client, route: str, body: object) -> Any:
    answer = post(client, route, body)
    assert answer.status_code == 200, answer.content
    return read_json(answer)


def test_feeders_lists_the_twelve_and_the_gallery(client: Client) -> None:
    data = read_json(client.get("/api/feeders"))
    gallery = [path.stem for path in sorted(GALLERY_DIR.glob("*.json"))]
    assert data == {"feeders": [*(f"feeder_{i:02d}" for i in range(12)), *gallery]}


def test_net_gives_the_feeder_s_file(client: Client) -> None:
    data = read_json(client.get("/api/net/feeder_03"))
    assert data == json.loads((NETWORKS_DIR / "feeder_03.json").read_text(encoding="utf-8"))


def test_net_gives_the_metadata_as_edited(client: Client) -> None:
    FeederRecord.objects.filter(feeder_id="feeder_03").update(name="Mill Lane")
    data: Any = read_json(client.get("/api/net/feeder_03"))
    assert data["name"] == "Mill Lane"


def test_simulate_has_exactly_these_keys(client: Client) -> None:
    data = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 0.9})
    assert set(data) == {
        "feeder_id", "step", "hour", "time", "pv_adoption", "battery_adoption", "limits", "converged",
        "transformer_loading", "transformer", "reverse_power_kw", "import_kw",
        "min_voltage_pu", "min_voltage_bus", "max_voltage_pu", "max_voltage_bus", "line_loading", "line",
        "loss_kw", "voltage_violation", "violations", "advice", "findings", "solver", "agreement_pu",
        "engines_agree", "caveats",
    }  # fmt: skip
    assert set(data["limits"]) == LIMITS_KEYS
    assert {key for violation in data["violations"] for key in violation} == VIOLATION_KEYS
    assert {key for f in data["findings"] for key in f} == {"rule", "severity", "title", "reason"}


def test_sweep_has_exactly_these_keys(client: Client) -> None:
    data = _answer(client, "sweep", SWEEP)
    assert set(data) == {
        "feeder_id", "steps", "hours", "times", "battery_adoption", "limits", "points", "hosting_capacity",
        "hosting_capacity_kwp", "binding", "baseline_violation", "hosting_capacity_pv_caused",
        "hosting_capacity_pv_caused_kwp", "binding_pv_caused", "caveats", "beyond_potential",
        "beyond_potential_pv_caused", "pv_potential_kwp", "points_beyond_potential",
    }  # fmt: skip
    assert len(data["points"]) == 21
    point = {"pv", "violations", "min_voltage_pu", "max_voltage_pu", "transformer_loading", "line_loading"}
    assert {key for p in data["points"] for key in p} == point
    assert set(data["binding"]) == VIOLATION_KEYS
    assert (data["steps"], data["times"]) == ([28, 48, 74], ["07:00", "12:00", "18:30"])


@pytest.mark.parametrize("route", ["simulate", "nodes", "why", "sweep", "standards", "measures"])
def test_the_quarter_hour_may_be_given_by_its_old_name_and_is_told_by_both(
    client: Client, route: str
) -> None:
    name, old = ("step", "hour") if route in ("simulate", "nodes", "why") else ("steps", "hours")
    asked = {key: SIMULATE[key] for key in ("pv_adoption", "battery_adoption")} if name == "step" else {}
    asked |= {"feeder_id": "feeder_05"} | ({"when": "time"} if route in ("nodes", "why") else {})
    chosen = 74 if name == "step" else [28, 74]
    new = _answer(client, route, {**asked, name: chosen})
    assert new[name] == new[old] == chosen
    assert _answer(client, route, {**asked, old: chosen}) == new
    assert _answer(client, route, {**asked, old: chosen, name: chosen}) == new


def test_a_sweep_that_names_no_quarter_hours_takes_morning_noon_and_evening(client: Client) -> None:
    usual = _answer(client, "sweep", {"feeder_id": "feeder_05"})
    assert usual["times"] == ["07:00", "12:00", "18:30"]
    assert usual == _answer(client, "sweep", {"feeder_id": "feeder_05", "steps": [28, 48, 74]})


def test_metrics_has_exactly_these_keys(client: Client) -> None:
    data: Any = read_json(client.get("/api/metrics"))
    assert set(data) == {"avg_ms", "p50_ms", "p95_ms", "requests", "window", "cache_hits", "cache_misses"}


def test_simulate_answers_what_newton_raphson_answers(client: Client) -> None:
    data = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 0.8})
    feeder = all_feeders()["feeder_00"]
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), 0.8, 0.1, [48]))
    assert data["transformer_loading"] == pytest.approx(flow.transformer_loading[0, 0], abs=1e-4)
    assert data["min_voltage_pu"] == pytest.approx(flow.vm_pu.min(), abs=1e-5)
    assert data["max_voltage_pu"] == pytest.approx(flow.vm_pu.max(), abs=1e-5)
    assert data["reverse_power_kw"] == pytest.approx(-flow.source_kw[0], abs=0.01)
    assert data["loss_kw"] == pytest.approx(flow.loss_kw[0], abs=0.01)
    assert data["voltage_violation"] == int(flow.vm_pu.max() > 1.06)


def test_limits_may_be_named_and_decide(client: Client) -> None:
    tight = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 0.8, "limits": "ansi_c84_a"})
    wide = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 0.8, "limits": "en50160"})
    assert (tight["voltage_violation"], wide["voltage_violation"]) == (1, 0)
    assert tight["max_voltage_pu"] == wide["max_voltage_pu"]
    assert tight["limits"]["vm_max_pu"] == 1.05


def test_advice_is_ok_when_no_rule_fires_and_names_the_rules_else(client: Client) -> None:
    quiet = _answer(client, "simulate", {**SIMULATE, "feeder_id": "feeder_09", "pv_adoption": 1, "step": 0})
    assert (quiet["advice"], quiet["findings"]) == ("OK", [])
    loud = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 1})
    assert "Overvoltage from PV" in loud["advice"]


def test_whole_numbers_are_shares_too_and_answers_give_back_what_was_asked(client: Client) -> None:
    data = _answer(client, "simulate", {**SIMULATE, "pv_adoption": 1, "battery_adoption": 0, "step": 95})
    assert (data["pv_adoption"], data["battery_adoption"]) == (1, 0)
    assert (data["step"], data["time"]) == (95, "23:45")

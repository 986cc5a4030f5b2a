"""Sizes: what each study says it needs at most, against what the solver is really asked."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.subject import Subject
from simulator.powerflow import batch
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.watch import watched
from simulator.studies.monte_carlo.monte_carlo import monte_carlo_size
from simulator.studies.nodes.question import NodesQuestion
from simulator.studies.rates import flow_s
from simulator.studies.sizes import Size, nodes_size
from simulator.studies.task import ALONE
from simulator.tests.feeders import all_feeders
from simulator.tests.studies.asking import monte_carlo_question
from simulator.tests.studies.small import small_feeder
from simulator.web.pages.studies import STUDIES

HOURS = {"one": (48,), "three": (28, 48, 74), "day": tuple(range(96))}
ASKED: dict[str, dict[str, Any]] = {
    "run": {"pv_adoption": 0.6, "battery_adoption": 0.1, "step": 48},
    "network": {"pv_adoption": 0.6, "battery_adoption": 0.1, "step": 48},
    "day": {"pv_adoption": 0.6, "battery_adoption": 0.1, "date": None},
    "sweep": {"battery_adoption": 0.0},
    "standards": {"battery_adoption": 0.1, "own": None},
    "monte-carlo": {"placements": 20, "seed": 1, "battery_adoption": 0.0, "quarter_hours": "binding"},
    "nodes": {"pv_adoption": 0.3, "battery_adoption": 0.0, "step": 48},
    "why": {"pv_adoption": 0.6, "battery_adoption": 0.1, "step": 48, "when": "day", "bus": None},
    "measures": {"battery_adoption": 0.1},
}
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "sweep": [{"steps": hours} for hours in HOURS.values()],
    "standards": [{"steps": HOURS["three"]}],
    "measures": [{"steps": HOURS["three"]}],
    "monte-carlo": [{}, {"quarter_hours": "all"}],
    "nodes": [{"when": "time"}, {"when": "day"}],
}


@pytest.mark.parametrize("limits", ["twin", "vde_4105"])
@pytest.mark.parametrize("study", [name for name, study in STUDIES.items() if study.task.size])
def test_no_study_asks_for_more_power_flows_than_it_says(study: str, limits: str) -> None:
    for name in ("feeder_05", "feeder_11"):
        for variant in VARIANTS.get(study, [{}]):
            asked = {**ASKED[study], **variant, "limits": LIMIT_SETS[limits]}
            if study == "standards":
                del asked["limits"]
            feeder, profiles, solved = all_feeders()[name], read_profiles(), [0]

            def count(cases: int, solved: list[int] = solved) -> None:
                solved[0] += cases

            task, question = STUDIES[study].task, STUDIES[study].asked.read(Subject(feeder, profiles), asked)
            with watched(count):
                task.compute(question, ALONE)
            assert task.size
            assert 0 < solved[0] <= task.size(question).flows, (name, variant)


def test_the_size_of_chance_and_of_places_by_hand() -> None:
    """29 customers: 21 levels, a bisection between two of them, a flow at what is broken; 65 + 4 apart."""
    feeder, profiles, twin = all_feeders()["feeder_00"], read_profiles(), LIMIT_SETS["twin"]
    asked: dict[str, Any] = {
        "placements": 1000,
        "battery_adoption": 0.0,
        "limits": twin,
        "quarter_hours": "all",
    }
    size = monte_carlo_size(monte_carlo_question(feeder, profiles, **asked))
    assert size.flows == 1000 * (21 + 1 + 1) * 96 + 69 * 96
    assert size.words == "1,000 x 21 levels x 96 quarter-hours, with the search between levels,"
    places = partial(NodesQuestion, subject=Subject(feeder, profiles))
    assert nodes_size(places(when="time", limits=twin)).flows == 2 * 30 * 31
    assert nodes_size(places(when="day", limits=LIMIT_SETS["vde_4105"])).flows == 2 * 30 * 2 * 154


def test_a_count_that_fits_leaves_out_what_does_not_depend_on_it() -> None:
    size = Size(flows=1100, words="", field="placements", count=100, apart=100)
    assert size.count_within(600) == 50
    assert size.count_within(99) == 0
    assert Size(flows=1100, words="").count_within(600) == 0


@pytest.mark.parametrize("swept", [True, False], ids=["sweep", "full matrices"])
def test_large_networks_take_fewer_cases_at_once_with_the_same_result(
    swept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = compile_feeder(all_feeders()["feeder_05"])
    tried = compiled if swept else replace(compiled, grid=None)
    p_kw = np.linspace(-5, 9, 200)[:, None] * np.ones(compiled.ports)
    asked: list[int] = []
    with watched(asked.append):
        whole = batch.solve(tried, p_kw, p_kw / 5)
        monkeypatch.setattr(batch, "CHUNK_VALUES" if swept else "CHUNK_WORK", 1)
        parts = batch.solve(tried, p_kw, p_kw / 5)
    assert asked == [200, *([128, 72] if swept else [16] * 12 + [8])]
    np.testing.assert_allclose(parts.vm_pu, whole.vm_pu, rtol=0, atol=1e-9)


@pytest.mark.parametrize("swept", [True, False], ids=["sweep", "full matrices"])
def test_a_watch_ends_the_work_before_the_next_chunk(swept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 100)
    compiled = compile_feeder(all_feeders()["feeder_05"])
    seen: list[int] = []

    def leave(cases: int) -> None:
        seen.append(cases)
        if len(seen) == 3:
            raise InterruptedError

    flows = np.zeros((1000, compiled.ports))
    with watched(leave), pytest.raises(InterruptedError):
        batch.solve(compiled if swept else replace(compiled, grid=None), flows, flows)
    assert len(seen) == 3


def test_a_network_is_measured_once() -> None:
    homes = [{"id": "c", "bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 4.0}]
    feeder = small_feeder(*homes, length_km=0.123)
    solved: list[int] = []
    with watched(solved.append):
        first = flow_s(feeder, "case")
        flows = len(solved)
        assert flow_s(feeder, "case") == first
    assert flows == len(solved) > 0
    assert 0 < first < 0.01

"""The day in one line, and feeders side by side: the same figures as one by one."""

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.studies.scenario import Scenario
from simulator.tests.feeders import all_feeders
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import compare, day_status, simulate, sweep
from simulator.tests.studies.small import flat_day, small_feeder

TWIN = LIMIT_SETS["twin"]


@pytest.mark.parametrize(("name", "pv", "battery"), [("feeder_09", 0.3, 0.0), ("feeder_11", 0.6, 0.5)])
def test_a_day_s_status_is_the_tightest_of_its_96_quarter_hours(name: str, pv: float, battery: float) -> None:
    feeder = all_feeders()[name]
    status = day_status(feeder, read_profiles(), pv, battery, TWIN)
    flow = solve_newton(feeder, *slow.injections(feeder, read_profiles(), pv, battery, range(96)))
    relative = np.concatenate(
        [1 - flow.vm_pu / 0.94, flow.vm_pu / 1.06 - 1, flow.line_loading - 1, flow.transformer_loading - 1],
        axis=1,
    )
    step, column = np.unravel_index(int(relative.argmax()), relative.shape)
    assert status.violated_steps == (relative > 0).any(axis=1).sum()
    assert status.within_limits == (relative.max() <= 0)
    assert status.tightest.step == step
    buses, lines = len(feeder.buses), len(feeder.lines)
    kinds = ["undervoltage"] * buses + ["overvoltage"] * buses + ["line"] * lines + ["transformer"]
    assert status.tightest.kind == kinds[column]
    assert status.vm_pu == pytest.approx(flow.vm_pu[step], abs=1e-6)
    assert status.line_loading == pytest.approx(flow.line_loading[step], abs=1e-5)


def test_a_quarter_hour_without_a_solution_is_tighter_than_anything() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    status = day_status(feeder, flat_day(), 0.0, 0.0, TWIN)
    assert (status.tightest.kind, status.tightest.value) == ("no_solution", None)
    assert status.violated_steps == 96
    assert not status.within_limits


@pytest.mark.parametrize("name", ["feeder_02", "feeder_07"])
def test_a_row_of_the_comparison_is_the_feeder_s_snapshot_and_sweep(name: str) -> None:
    feeder = all_feeders()[name]
    scenario = Scenario(name, {"pv": 0.7, "battery": 0.2}, 50, TWIN)
    row = compare(feeder, read_profiles(), scenario, [28, 50])
    snapshot = simulate(feeder, read_profiles(), scenario)
    for key, value in vars(snapshot.kpis).items():
        assert getattr(row.kpis, key) == (
            pytest.approx(value, abs=1e-3) if isinstance(value, float) else value
        )
    assert row.kpis.max_voltage_pu == pytest.approx(snapshot.kpis.max_voltage_pu, abs=1e-5)
    assert [(v.kind, v.element) for v in row.violations] == [(v.kind, v.element) for v in snapshot.violations]
    assert row.sweep == sweep(feeder, read_profiles(), [28, 50], 0.2, TWIN)


def test_a_feeder_without_a_solution_is_compared_without_figures() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0}, length_km=0.6)
    scenario = Scenario("small", {"pv": 0.0, "battery": 0.0}, 0, DEFAULT_LIMITS)
    row = compare(feeder, flat_day(), scenario, [0])
    assert row.kpis.transformer_loading is None
    assert row.violations[0].kind == "no_solution"

"""The twelve feeders differ as planners' feeders do: how much PV each hosts, and what stops it.

Every capacity is found twice: by the sweep, and by power-grid-model solving every thousandth of adoption, to
three times the potential where all of it fits, with injections written down here from the definitions.
"""

from functools import cache

import numpy as np
import pytest

from simulator.grid.clock import step_of
from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.questions.values import DEFAULT_SWEEP_STEPS
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.technologies.pv import PV
from simulator.tests.oracles.grid_model import solve_grid_model
from simulator.tests.studies.asking import day_status, sweep

NOON, EVENING = step_of("12:00"), step_of("18:30")
LEVELS, BEYOND = np.arange(1001) / 1000, np.arange(3001) / 1000

# What each feeder was designed to host at noon, and what stops it; the design holds within 0.02.
DESIGN = {
    "feeder_00": (0.59, "overvoltage"),
    "feeder_01": (0.90, "transformer"),
    "feeder_02": (0.66, "overvoltage"),
    "feeder_03": (0.33, "overvoltage"),
    "feeder_04": (0.39, "overvoltage"),
    "feeder_05": (0.45, "transformer"),
    "feeder_06": (0.26, "overvoltage"),
    "feeder_07": (0.81, "transformer"),
    "feeder_08": (1.00, None),
    "feeder_09": (1.00, None),
    "feeder_10": (0.50, "line"),
    "feeder_11": (0.22, "overvoltage"),
}
EVENING_TROUBLE = {"feeder_08": {"transformer"}, "feeder_11": {"undervoltage"}}

every_feeder = pytest.mark.parametrize("name", DESIGN)


@cache
def _feeder(name: str) -> Feeder:
    return read_feeder(NETWORKS_DIR / f"{name}.json")


@cache
def _noon(name: str) -> Sweep:
    return sweep(_feeder(name), read_profiles(), [NOON], 0.0, DEFAULT_LIMITS)


def _independent_flow(feeder: Feeder, adoption: np.ndarray, step: int) -> PowerFlow:
    """Solve levels of adoption by power-grid-model; customers stand at buses in the feeder's order."""
    load, sun = read_profiles().load_pu[step], read_profiles().pv_pu[step]
    peak, kwp, factor = np.array([(c.peak_kw, c.pv_kwp, c.power_factor) for c in feeder.customers]).T
    p_kw = np.outer(adoption, kwp * sun) - peak * load
    q_kvar = np.broadcast_to(-peak * load * np.sqrt(1 - factor**2) / factor, p_kw.shape)
    return solve_grid_model(feeder, p_kw, q_kvar)


def _broken(flow: PowerFlow, case: int) -> set[str]:
    """Return the kinds of limits that a case breaks: 0.94 to 1.06 pu, and every rating."""
    found = {
        "undervoltage": flow.vm_pu[case].min() < 0.94,
        "overvoltage": flow.vm_pu[case].max() > 1.06,
        "line": flow.line_loading[case].max() > 1,
        "transformer": flow.transformer_loading[case].max() > 1,
    }
    return {kind for kind, broken in found.items() if broken}


@every_feeder
def test_hosting_capacity_at_noon_is_as_designed_and_stopped_as_designed(name: str) -> None:
    adoption, kind = DESIGN[name]
    capacity = _noon(name).capacity.within_potential
    assert capacity.adoption == pytest.approx(adoption, abs=0.02)
    assert (capacity.binding.kind if capacity.binding else None) == kind


@every_feeder
def test_another_engine_finds_the_same_capacity_and_the_same_limit(name: str) -> None:
    levels = LEVELS if DESIGN[name][1] else BEYOND
    flow = _independent_flow(_feeder(name), levels, NOON)
    broken = [_broken(flow, case) for case in range(len(levels))]
    first = next(case for case, kinds in enumerate(broken) if kinds)
    capacity = _noon(name).capacity
    assert capacity.adoption == pytest.approx(levels[first - 1], abs=0.0011)
    assert capacity.binding is not None
    assert capacity.binding.kind in broken[first]
    assert capacity.installed == pytest.approx(capacity.adoption * _feeder(name).pv_potential_kwp)


def test_capacities_spread_from_a_quarter_to_all_and_every_kind_of_limit_binds_somewhere() -> None:
    capacities = [_noon(name).capacity.within_potential for name in DESIGN]
    adoptions = sorted(capacity.adoption for capacity in capacities)
    assert adoptions[0] < 0.3
    assert adoptions[-1] == 1
    assert max(np.diff(adoptions)) < 0.2
    assert {c.binding.kind for c in capacities if c.binding} == {"overvoltage", "line", "transformer"}


@every_feeder
def test_without_pv_noon_is_clean_and_only_two_feeders_are_in_trouble_in_the_evening(name: str) -> None:
    assert not _noon(name).baseline_violation
    for step, expected in ((NOON, set()), (EVENING, EVENING_TROUBLE.get(name, set()))):
        assert _broken(_independent_flow(_feeder(name), np.zeros(1), step), 0) == expected


def test_the_outlier_has_the_lowest_voltage_and_at_the_far_end() -> None:
    lowest = {name: _independent_flow(_feeder(name), np.zeros(1), EVENING).vm_pu[0] for name in DESIGN}
    assert min(lowest, key=lambda name: lowest[name].min()) == "feeder_11"
    assert int(lowest["feeder_11"].argmin()) == 29


def test_the_shopping_street_s_evening_comes_close_to_the_transformer_s_rating() -> None:
    flow = _independent_flow(_feeder("feeder_07"), np.zeros(1), EVENING)
    assert 0.85 < flow.transformer_loading[0, 0] < 1


def test_one_feeder_hosts_everything_at_every_time_of_the_default_sweep() -> None:
    found = sweep(_feeder("feeder_09"), read_profiles(), DEFAULT_SWEEP_STEPS, 0.0, DEFAULT_LIMITS)
    assert found.capacity.all_of_it
    assert all(point.violations == 0 for point in found.points)


def test_at_the_default_adoption_most_feeders_are_within_limits_all_day() -> None:
    within = [
        name
        for name in DESIGN
        if day_status(_feeder(name), read_profiles(), PV.default, 0.0, DEFAULT_LIMITS).within_limits
    ]
    assert set(DESIGN) - set(within) == {"feeder_06", "feeder_08", "feeder_11"}

"""Every limit set's capacity: against a plain search with Newton-Raphson, and against single sweeps."""

import pytest

from simulator.grid.limits import LIMIT_SETS, Limits
from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR
from simulator.questions.values import DEFAULT_SWEEP_STEPS
from simulator.studies.standards.standards import Standards
from simulator.tests.feeders import all_feeders
from simulator.tests.studies import slow
from simulator.tests.studies.asking import standards, sweep
from simulator.tests.studies.small import flat_day, small_feeder

STORED = [path.stem for path in sorted(NETWORKS_DIR.glob("*.json"))]
CHECKED = ("twin", "en50160", "vde_4105")
OWN = Limits(
    name="own",
    title="Own limits",
    source="test",
    vm_min_pu=0.92,
    vm_max_pu=1.04,
    rise_max=0.05,
    loading_max=0.8,
)


def _standards(name: str, battery: float = 0.0, own: Limits | None = None) -> Standards:
    return standards(
        all_feeders()[name], read_profiles(), steps=DEFAULT_SWEEP_STEPS, battery_adoption=battery, own=own
    )


@pytest.mark.parametrize("name", ["feeder_00", "feeder_03", "feeder_05", "feeder_08", "feeder_11"])
def test_a_plain_search_with_newton_raphson_finds_the_same(name: str) -> None:
    found = {s.limits.name: s.capacity.within_potential.adoption for s in _standards(name).sweeps}
    question = slow.Question(all_feeders()[name], read_profiles(), DEFAULT_SWEEP_STEPS)
    expected = slow.capacities(question, [LIMIT_SETS[limits] for limits in CHECKED])
    assert [found[limits] for limits in CHECKED] == pytest.approx(expected, abs=0.001)


def test_a_plain_search_finds_the_same_under_own_limits() -> None:
    found = _standards("feeder_04", 0.3, OWN).sweeps[-1]
    question = slow.Question(all_feeders()["feeder_04"], read_profiles(), DEFAULT_SWEEP_STEPS, 0.3)
    assert found.limits == OWN
    assert 0 < found.capacity.adoption < 1
    assert found.capacity.adoption == pytest.approx(slow.capacity(question, OWN), abs=0.001)


@pytest.mark.parametrize(("name", "battery"), [("feeder_00", 0.0), ("feeder_03", 0.4), ("feeder_11", 0.0)])
def test_each_row_is_what_a_sweep_under_that_limit_set_alone_gives(name: str, battery: float) -> None:
    found = _standards(name, battery, OWN)
    assert [sweep.limits for sweep in found.sweeps] == [*LIMIT_SETS.values(), OWN]
    for one in found.sweeps:
        assert one == sweep(all_feeders()[name], read_profiles(), DEFAULT_SWEEP_STEPS, battery, one.limits)


def test_without_own_limits_the_rows_are_the_named_sets() -> None:
    assert [sweep.limits for sweep in _standards("feeder_09").sweeps] == list(LIMIT_SETS.values())


def test_a_wider_band_never_hosts_less_and_a_rise_rule_never_more() -> None:
    for name in STORED:
        capacity = {s.limits.name: s.capacity.adoption for s in _standards(name).sweeps}
        assert capacity["ansi_c84_a"] <= capacity["twin"] <= capacity["uk"] <= capacity["en50160"]
        assert capacity["vde_4105"] <= capacity["en50160"]


def test_lowest_and_highest_hold_every_set_that_ties() -> None:
    feeder = small_feeder({"bus": "bus_0", "peak_kw": 1.0, "pv_kwp": 400.0})
    found = standards(feeder, flat_day(), steps=[48], battery_adoption=0.0, own=None)
    assert found.lowest == found.highest == found.sweeps  # the transformer binds, whatever the voltage limits
    apart = _standards("feeder_00")
    assert [sweep.limits.name for sweep in apart.lowest] == ["vde_4105"]
    assert [sweep.limits.name for sweep in apart.highest] == ["en50160", "uk"]


def test_quarter_hours_are_a_set() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 60.0})
    found = standards(feeder, flat_day(), steps=[48, 28, 48], battery_adoption=0.0, own=None)
    assert found.steps == (28, 48)

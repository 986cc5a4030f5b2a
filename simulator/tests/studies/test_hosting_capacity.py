"""Hosting capacity: against other engines, against a slow second implementation, and where feeders fail."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

from simulator.assessment.violations import assess
from simulator.grid.limits import LIMIT_SETS
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.tests.feeders import all_feeders, plain
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.reference_cases import DIRECTORY
from simulator.tests.studies import slow
from simulator.tests.studies.asking import day, sweep
from simulator.tests.studies.small import flat_day, small_feeder

MORNING, NOON, EVENING = 28, 48, 74
DAY = (MORNING, NOON, EVENING)
REFERENCE = json.loads((DIRECTORY / "hosting_capacity.json").read_text(encoding="utf-8"))
RELATIVE = REFERENCE["tolerance"]["relative"]


SLOW_CASES: list[tuple[str, str, Sequence[int], float]] = [
    ("feeder_00", "twin", DAY, 0.0),
    ("feeder_00", "vde_4105", [NOON], 0.0),
    ("feeder_05", "twin", [NOON], 0.8),
    ("feeder_10", "en50160", DAY, 0.0),
    ("feeder_10", "vde_4105", DAY, 0.3),
]


@pytest.mark.parametrize(("name", "limit_set", "hours", "battery"), SLOW_CASES)
def test_a_plain_bisection_with_newton_raphson_finds_the_same(
    name: str, limit_set: str, hours: Sequence[int], battery: float
) -> None:
    feeder, bounds = all_feeders()[name], LIMIT_SETS[limit_set]
    fast = sweep(feeder, read_profiles(), hours, battery, bounds).capacity
    expected = slow.capacity(slow.Question(feeder, read_profiles(), hours, battery), bounds)
    assert -0.0005 <= expected - fast.adoption <= 0.001
    assert fast.installed == pytest.approx(fast.adoption * sum(c.pv_kwp for c in feeder.customers))


def test_what_binds_is_kind_element_and_time_of_the_first_violation() -> None:
    feeder = all_feeders()["feeder_03"]
    found = sweep(feeder, read_profiles(), DAY, 0.0, LIMIT_SETS["twin"])
    binding = found.capacity.binding
    assert binding is not None
    just_above = slow.injections(feeder, read_profiles(), found.capacity.adoption + 0.001, 0.0, [NOON])
    vm_pu = solve_newton(feeder, *just_above).vm_pu[0]
    assert (binding.kind, binding.step, binding.limit) == ("overvoltage", NOON, 1.06)
    assert binding.element == feeder.buses[int(vm_pu.argmax())].id
    assert binding.value == pytest.approx(vm_pu.max(), abs=1e-6)


@pytest.mark.parametrize("name", ["feeder_08", "feeder_11"])
def test_a_feeder_in_trouble_before_any_pv_hosts_none_and_says_what_pv_alone_would_allow(name: str) -> None:
    feeder, bounds = all_feeders()[name], LIMIT_SETS["twin"]
    found = sweep(feeder, read_profiles(), DAY, 0.0, bounds)
    assert found.baseline_violation
    assert (found.capacity.adoption, found.capacity.installed) == (0, 0)
    assert found.capacity.binding is not None
    assert found.capacity.binding.step == EVENING
    question = slow.Question(feeder, read_profiles(), DAY)
    expected = slow.capacity(question, bounds, caused_only=True)
    assert slow.capacity(question, bounds) == 0
    assert -0.0005 <= expected - found.caused.within_potential.adoption <= 0.001
    assert found.caused.adoption > 0.1
    assert found.caused.binding is not None
    assert found.caused.binding.step == NOON


def test_where_nothing_is_wrong_before_pv_both_capacities_are_one() -> None:
    found = sweep(all_feeders()["feeder_00"], read_profiles(), DAY, 0.0, LIMIT_SETS["twin"])
    assert not found.baseline_violation
    assert found.capacity == found.caused


def test_a_violation_that_pv_eases_does_not_count_as_caused_and_one_that_it_worsens_does() -> None:
    """Overvoltage from the source alone: any PV worsens it. Undervoltage by load: PV eases it."""
    data = plain(small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 10.0}))
    data["source"]["vm_pu"] = 1.07
    high = sweep(Feeder.model_validate(data), flat_day(), [0], 0.0, LIMIT_SETS["twin"])
    assert high.baseline_violation
    assert high.caused.adoption == 0
    loaded = small_feeder({"bus": "bus_2", "peak_kw": 70.0, "pv_kwp": 60.0})
    low = sweep(loaded, flat_day(), [0], 0.0, LIMIT_SETS["twin"])
    assert low.baseline_violation
    assert low.capacity.adoption == 0
    assert low.caused.all_of_it


def _unsolvable() -> Sweep:
    """170 kW at the end of 1.2 km of thin cable have no solution; PV beside the load gives them one."""
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 170.0}, length_km=0.6)
    return sweep(feeder, flat_day(), [0], 0.0, LIMIT_SETS["en50160"])


def test_levels_without_a_solution_count_as_violations_and_have_no_figures() -> None:
    found = _unsolvable()
    first, last = found.points[0], found.points[-1]
    assert first.violations == 1
    assert (first.min_voltage_pu, first.max_voltage_pu, first.transformer_loading, first.line_loading) == (
        None,
    ) * 4
    assert last.violations == 0
    assert last.min_voltage_pu is not None
    assert found.baseline_violation
    assert found.capacity.adoption == 0
    assert found.capacity.binding is not None
    assert (found.capacity.binding.kind, found.capacity.binding.value) == ("no_solution", None)


def test_the_curve_has_21_levels_and_its_figures_are_extremes_over_all_quarter_hours() -> None:
    feeder, profiles = all_feeders()["feeder_01"], read_profiles()
    found = sweep(feeder, profiles, DAY, 0.2, LIMIT_SETS["twin"])
    assert [point.share for point in found.points] == [level / 20 for level in range(21)]
    for level in (0, 10, 20):
        flow = solve_newton(feeder, *slow.injections(feeder, profiles, level / 20, 0.2, DAY))
        point = found.points[level]
        assert point.min_voltage_pu == pytest.approx(flow.vm_pu.min(), abs=1e-6)
        assert point.max_voltage_pu == pytest.approx(flow.vm_pu.max(), abs=1e-6)
        assert point.transformer_loading == pytest.approx(flow.transformer_loading.max(), abs=1e-5)
        assert point.line_loading == pytest.approx(flow.line_loading.max(), abs=1e-5)
        out = slow.excesses(feeder, flow, LIMIT_SETS["twin"], None) > 0
        assert point.violations == out.any(axis=1).sum()


def test_quarter_hours_are_a_set() -> None:
    feeder, profiles = all_feeders()["feeder_02"], read_profiles()
    assert sweep(feeder, profiles, [74, 28, 48, 48], 0.0, LIMIT_SETS["uk"]) == sweep(
        feeder, profiles, DAY, 0.0, LIMIT_SETS["uk"]
    )


def test_every_quarter_hour_more_can_only_lower_the_capacity() -> None:
    feeder, profiles = all_feeders()["feeder_02"], read_profiles()
    some = sweep(feeder, profiles, [40, 44], 0.0, LIMIT_SETS["twin"]).capacity
    all_day = sweep(feeder, profiles, range(96), 0.0, LIMIT_SETS["twin"]).capacity
    each = [sweep(feeder, profiles, [hour], 0.0, LIMIT_SETS["twin"]).capacity for hour in (40, 44)]
    assert some.adoption == min(capacity.adoption for capacity in each)
    assert all_day.adoption <= some.adoption


def test_a_rise_rule_without_the_flow_it_compares_with_is_an_error() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0})
    flow = solve(compile_feeder(feeder), np.zeros((1, 1)), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="'vde_4105' need the power flow with generation off"):
        assess(feeder, flow, LIMIT_SETS["vde_4105"], np.array([0]))


def test_pv_beyond_all_ratings_is_no_solution_and_stops_nothing() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 5000.0}, length_km=0.2)
    swept = sweep(feeder, flat_day(), [48], 0.0, LIMIT_SETS["twin"])
    assert 0 < swept.capacity.adoption < 0.1
    assert swept.points[-1].max_voltage_pu is None
    assert swept.points[-1].violations == 1


BOUND = [f"feeder_{number:02d}" for number in range(12) if number not in (8, 9, 11)]


@pytest.mark.parametrize("name", BOUND)
def test_at_the_day_s_capacity_the_day_has_no_violation_and_just_above_it_has_one(name: str) -> None:
    """By Newton-Raphson at every quarter-hour; and the page Day says the same."""
    feeder, profiles, limits = all_feeders()[name], read_profiles(), LIMIT_SETS["twin"]
    capacity = sweep(feeder, profiles, range(96), 0.0, limits).capacity
    assert 0 < capacity.adoption < 1
    assert capacity.binding is not None
    for adoption, steps, violated in (
        (capacity.adoption, range(96), False),
        (capacity.adoption + 0.001, [capacity.binding.step], True),
    ):
        flow = solve_newton(feeder, *slow.injections(feeder, profiles, adoption, 0.0, steps))
        assert bool((slow.excesses(feeder, flow, limits, None) > 0).any()) == violated
        found = day(feeder, profiles, pv_adoption=adoption, battery_adoption=0.0, limits=limits)
        assert (found.hours_outside > 0) == violated


@pytest.mark.parametrize(
    ("name", "limit_set", "caused"),
    [("feeder_09", "twin", False), ("feeder_09", "vde_4105", False), ("feeder_08", "twin", True)],
)
def test_where_all_of_the_potential_fits_the_search_goes_on_until_something_binds(
    name: str, limit_set: str, caused: bool
) -> None:
    feeder, profiles, limits = all_feeders()[name], read_profiles(), LIMIT_SETS[limit_set]
    found = sweep(feeder, profiles, DAY, 0.0, limits)
    capacity = found.caused if caused else found.capacity
    assert 1 < capacity.adoption < 10
    assert capacity.binding is not None
    assert capacity.installed == pytest.approx(capacity.adoption * sum(c.pv_kwp for c in feeder.customers))
    question = slow.Question(feeder, profiles, DAY)
    levels = [0.0, *np.linspace(0.05, 1, 20) * capacity.adoption, capacity.adoption + 0.001]
    flow, bare = question.solve(levels)
    excess = slow.excesses(feeder, flow, limits, bare).reshape(len(levels), -1)
    worse = excess > (np.maximum(excess[0], 0) + 1e-9 if caused else 0)
    assert worse.any(axis=1).tolist() == [False] * (len(levels) - 1) + [True]
    assert [point.violations > 0 for point in found.beyond][-1]
    assert found.beyond[-1].share > capacity.adoption


def test_the_search_ends_at_ten_times_the_potential() -> None:
    """1 kWp on a 160 kVA transformer: 10 kW are far within every limit."""
    feeder = small_feeder({"bus": "bus_0", "peak_kw": 1.0, "pv_kwp": 1.0})
    found = sweep(feeder, flat_day(), [0], 0.0, LIMIT_SETS["twin"]).capacity
    assert (found.adoption, found.installed, found.binding) == (10, 10, None)
    assert (found.within_potential.adoption, found.within_potential.installed) == (1, 1)


def test_a_transformer_binds_beyond_the_potential_where_its_rating_says() -> None:
    """50 kWp at the busbar of 160 kVA: 160 kVA of feed-in at 1.0 pu, so 3.2 times less what voltage makes."""
    feeder = small_feeder({"bus": "bus_0", "peak_kw": 0.0, "pv_kwp": 50.0})
    found = sweep(feeder, flat_day(), [0], 0.0, LIMIT_SETS["en50160"]).capacity
    assert found.adoption == pytest.approx(160 / 50, abs=0.06)
    assert found.binding is not None
    assert (found.binding.kind, found.binding.element) == ("transformer", "trafo_0")


@pytest.mark.parametrize(("peak_kw", "trouble"), [(1.0, False), (70.0, True)])
def test_without_any_potential_nothing_is_asked_and_no_capacity_is_told(
    peak_kw: float, trouble: bool
) -> None:
    found = sweep(
        small_feeder({"bus": "bus_2", "peak_kw": peak_kw}), flat_day(), [0], 0.0, LIMIT_SETS["twin"]
    )
    assert (found.asked, found.baseline_violation, found.beyond) == (False, trouble, ())
    assert (found.capacity.adoption, found.capacity.installed) == (0, 0)
    assert (found.capacity.binding is not None) == trouble

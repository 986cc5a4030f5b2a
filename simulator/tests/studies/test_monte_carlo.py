"""Monte Carlo: against Newton-Raphson placement by placement, and what must hold whoever adopts."""

import random as stdlib_random
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulator.grid.errors import QuestionError
from simulator.grid.limits import LIMIT_SETS, Limits
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.monte_carlo import MAX_FLOWS
from simulator.studies.monte_carlo.orders import draw_orders
from simulator.studies.monte_carlo.quarter_hours import ALL_STEPS, binding_steps, worst_steps
from simulator.studies.monte_carlo.street import Street
from simulator.tests.feeders import (
    all_feeders,
    changed,
    customer_buses,
    meshed,
    plain,
    with_three_transformers,
)
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import Telling, monte_carlo, monte_carlo_question, sweep
from simulator.tests.studies.small import flat_day, small_feeder

TWELVE = [f"feeder_{number:02d}" for number in range(12)]
TWIN = LIMIT_SETS["twin"]


def ask(feeder: Feeder, placements: int = 40, **question: Any) -> MonteCarlo:
    """Ask with a test's defaults."""
    asked = {"seed": 1, "battery_adoption": 0.0, "quarter_hours": "binding", "limits": TWIN, **question}
    return monte_carlo(feeder, asked.pop("profiles", read_profiles()), placements=placements, **asked)


@pytest.mark.parametrize(
    ("name", "limits", "battery"),
    [
        (name, *asked)
        for name, asked in zip(TWELVE, 4 * [("twin", 0.0), ("en50160", 0.5), ("vde_4105", 0.3)], strict=True)
    ],
)
def test_the_choice_of_quarter_hours_changes_no_answer(name: str, limits: str, battery: float) -> None:
    feeder, asked = all_feeders()[name], {"battery_adoption": battery, "limits": LIMIT_SETS[limits]}
    chosen, every = (ask(feeder, 25, quarter_hours=which, **asked) for which in ("binding", "all"))
    assert len(every.steps) == 96
    assert len(chosen.steps) < 60
    np.testing.assert_array_equal(chosen.capacity, every.capacity)
    np.testing.assert_array_equal(chosen.pass_rate, every.pass_rate)
    np.testing.assert_array_equal(chosen.violated, every.violated)
    assert chosen.bindings == every.bindings
    assert chosen.even.adoption == every.even.adoption


def test_in_a_mesh_or_between_transformers_all_quarter_hours_count() -> None:
    for feeder in (meshed(all_feeders()["feeder_00"]), with_three_transformers(all_feeders()["feeder_00"])):
        assert worst_steps(monte_carlo_question(feeder, read_profiles())) == ALL_STEPS
        assert binding_steps(monte_carlo_question(feeder, read_profiles())) == ALL_STEPS


def _slow_capacity(
    feeder: Feeder,
    order: list[int],
    battery: float,
    limits: Limits,
    steps: list[int],
    *,
    caused_only: bool = False,
) -> int:
    """Let customers adopt one by one until a Newton-Raphson solution of any quarter-hour breaks a limit.

    ``caused_only`` leaves out what is no further beyond its limit than without PV.
    """
    profiles, buses = read_profiles(), customer_buses(feeder)
    days = [
        [slow.customer_net_kw(customer, profiles, pv, battery) for customer in feeder.customers]
        for pv in (0.0, 1.0)
    ]
    _, q_kvar = slow.injections(feeder, profiles, 0.0, 0.0, steps)
    p_kw = np.zeros((len(order) + 1, len(steps), len(buses)))
    for count in range(len(order) + 1):
        for i, customer in enumerate(feeder.customers):
            net = days[i in order[:count]][i]
            p_kw[count, :, buses.index(customer.bus)] += [net[step] for step in steps]
    count = len(order) + 1
    flow = solve_newton(feeder, p_kw.reshape(-1, len(buses)), np.tile(q_kvar, (count, 1)))
    bare = replace(flow, vm_pu=np.tile(flow.vm_pu[: len(steps)], (count, 1)))
    excess = slow.excesses(feeder, flow, limits, bare).reshape(count, -1)
    beyond = ((excess > 0) & (excess > excess[0] + 1e-9 if caused_only else True)).any(axis=1)
    return int(beyond.argmax()) - 1 if beyond.any() else len(order)


@pytest.mark.parametrize(
    ("name", "limits", "battery"),
    [("feeder_00", "twin", 0.0), ("feeder_05", "twin", 0.4), ("feeder_10", "vde_4105", 0.0)],
)
def test_newton_raphson_finds_the_same_capacity_customer_by_customer(
    name: str, limits: str, battery: float
) -> None:
    feeder = all_feeders()[name]
    found = ask(feeder, 2, seed=3, battery_adoption=battery, limits=LIMIT_SETS[limits])
    (ranks,) = draw_orders(2, len(feeder.customers), 3, 2)
    kwp = [customer.pv_kwp for customer in feeder.customers]
    for placement, places in enumerate(ranks):
        order = [int(customer) for customer in np.argsort(places)]
        expected = _slow_capacity(feeder, order, battery, LIMIT_SETS[limits], list(found.steps))
        assert found.capacity[placement] == expected
        assert found.installed[placement] == pytest.approx(sum(kwp[i] for i in order[:expected]))


def test_trouble_before_pv_leaves_the_capacity_that_counts_what_pv_causes() -> None:
    """By Newton-Raphson, customer by customer, over the quarter-hours that count."""
    feeder, battery = all_feeders()["feeder_11"], 0.4
    found = ask(feeder, 2, seed=3, battery_adoption=battery)
    assert found.baseline is not None
    assert found.capacity.tolist() == [0, 0]
    caused = found.counted
    assert caused is found.caused
    (ranks,) = draw_orders(2, len(feeder.customers), 3, 2)
    for placement, places in enumerate(ranks):
        order = [int(customer) for customer in np.argsort(places)]
        expected = _slow_capacity(feeder, order, battery, TWIN, list(found.steps), caused_only=True)
        assert caused.capacity[placement] == expected
        assert 0 < expected < len(order)
    swept = sweep(feeder, read_profiles(), found.steps, battery, TWIN)
    assert caused.even.adoption == swept.caused.within_potential.adoption
    assert caused.pass_rate[0] == 1
    assert {key[0] for key in caused.bindings if key} == {"overvoltage"}


def test_what_pv_causes_is_the_same_over_the_quarter_hours_that_can_bind_and_over_all() -> None:
    for name in ("feeder_08", "feeder_11"):
        chosen, every = (ask(all_feeders()[name], 25, quarter_hours=q).counted for q in ("binding", "all"))
        np.testing.assert_array_equal(chosen.capacity, every.capacity)
        np.testing.assert_array_equal(chosen.pass_rate, every.pass_rate)
        assert chosen.bindings == every.bindings


def test_equal_customers_at_one_bus_reduce_to_the_even_spread() -> None:
    """Who adopts makes no difference then: every placement hosts what the sweep hosts, in whole customers."""
    homes = [{"id": f"c{i}", "bus": "bus_2", "peak_kw": 1.0, "pv_kwp": 4.0} for i in range(20)]
    feeder = small_feeder(*homes, length_km=0.2)
    found = ask(feeder, 30, profiles=flat_day())
    even = sweep(feeder, flat_day(), steps=found.steps, battery_adoption=0.0, limits=TWIN).capacity
    assert set(found.capacity) == {int(even.adoption * 20)}
    assert found.even.adoption == even.adoption
    assert [q.value for q in found.quantiles()] == [4.0 * int(even.adoption * 20)]


@pytest.mark.parametrize("name", ["feeder_01", "feeder_09", "feeder_11"])
@pytest.mark.parametrize("battery", [0.0, 0.5])
def test_pv_placed_everywhere_and_nowhere_is_the_sweep_s_first_and_last_point(
    name: str, battery: float
) -> None:
    feeder = all_feeders()[name]
    found = ask(feeder, 10, battery_adoption=battery, quarter_hours="all")
    points = sweep(feeder, read_profiles(), steps=range(96), battery_adoption=battery, limits=TWIN).points
    assert {found.pass_rate[0], found.pass_rate[-1]} <= {0.0, 1.0}
    assert found.pass_rate[0] == (points[0].violations == 0)
    assert found.pass_rate[-1] == (points[-1].violations == 0)


@pytest.mark.parametrize(
    ("name", "limits"), [("feeder_03", "twin"), ("feeder_05", "twin"), ("feeder_00", "vde_4105")]
)
def test_pv_that_grows_everywhere_alike_gives_the_deterministic_curve(name: str, limits: str) -> None:
    """Every customer in twenty equal parts, of which all customers let one adopt before any lets another."""
    whole = all_feeders()[name]
    parts = [
        {**c, "id": f"{c['id']}-{part}", "peak_kw": c["peak_kw"] / 20, "pv_kwp": c["pv_kwp"] / 20}
        for part in range(20)
        for c in plain(whole)["customers"]
    ]
    split = changed(whole, customers=parts)
    street = Street(monte_carlo_question(split, read_profiles(), limits=LIMIT_SETS[limits]), (30, 44, 74))
    levels = len(whole.customers) * np.arange(21)
    violated = street.violated(np.arange(len(parts))[None], levels[None])[0]
    points = sweep(
        whole, read_profiles(), steps=street.steps, battery_adoption=0.0, limits=LIMIT_SETS[limits]
    ).points
    assert violated.tolist() == [point.violations > 0 for point in points]
    assert {False, True} == set(violated.tolist())


@pytest.mark.parametrize("name", ["feeder_00", "feeder_06", "feeder_10"])
def test_quantiles_are_in_order_and_within_their_bands(name: str) -> None:
    for quantile in (quantiles := ask(all_feeders()[name], 100).quantiles()):
        assert quantile.low <= quantile.value <= quantile.high
    assert [q.value for q in quantiles] == sorted(q.value for q in quantiles)


@pytest.mark.parametrize(("placements", "shares"), [(58, [0.5]), (59, [0.05, 0.5, 0.95])])
def test_fewer_than_59_placements_show_no_tails(placements: int, shares: list[float]) -> None:
    assert [q.share for q in ask(all_feeders()["feeder_09"], placements).quantiles()] == shares


@pytest.mark.parametrize("name", ["feeder_02", "feeder_03", "feeder_04"])
def test_more_pv_never_raises_the_pass_rate_where_only_overvoltage_can_bind(name: str) -> None:
    bounds = {"vm_min_pu": 0.5, "vm_max_pu": 1.05, "loading_max": 99.0}
    only = Limits(name="one", title="Overvoltage alone", source="test", **bounds)
    found = ask(all_feeders()[name], 60, limits=only, quarter_hours="all")
    assert (np.diff(found.pass_rate) <= 0).all()
    assert found.pass_rate[0] == 1
    assert {key[0] for key in found.bindings if key} == {"overvoltage"}


def test_what_binds_adds_up_and_violated_customers_are_at_the_buses_that_bind() -> None:
    found = ask(all_feeders()["feeder_06"], 50)
    assert sum(found.bindings.values()) == sum(found.kinds.values()) == 50
    buses = Counter({key[1]: n for key, n in found.bindings.items() if key and key[0] == "overvoltage"})
    share = {c.bus: s for c, s in zip(all_feeders()["feeder_06"].customers, found.violated, strict=True)}
    for bus, count in buses.items():
        assert share.get(bus, 1.0) >= count / 50 - 1e-12


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    feeder = all_feeders()["feeder_04"]
    one, again, other = ask(feeder), ask(feeder), ask(feeder, seed=2)
    np.testing.assert_array_equal(one.installed, again.installed)
    assert (one.installed != other.installed).any()
    np.testing.assert_array_equal(ask(feeder, 80).installed[:40], one.installed)


@pytest.mark.parametrize("block", [1, 3, 100])
def test_orders_are_those_of_the_mersenne_twister_that_python_has_too(block: int) -> None:
    """Two implementations of the same published generator: so other machines draw the same."""
    ranks = np.concatenate(list(draw_orders(7, 5, 42, block)))
    twister = stdlib_random.Random()
    _, key, position, *_ = np.random.RandomState(42).get_state()
    twister.setstate((3, (*map(int, key), int(position)), None))
    for places in ranks:
        keys = [twister.random() for _ in range(5)]
        assert [sorted(keys).index(key) for key in keys] == places.tolist()


@pytest.mark.parametrize(("placements", "which"), [(10**9, "binding"), (9921, "all"), (10**30, "all")])
def test_a_study_too_large_is_refused_with_its_size_before_any_work(
    placements: int, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("work was begun")

    for place in (
        "monte_carlo.street.solve_kpis",
        "monte_carlo.quarter_hours.solve_cases",
        "sweep.levels.solve_levels",
    ):
        monkeypatch.setattr(f"simulator.studies.{place}", fail)
    with pytest.raises(QuestionError) as refused:
        ask(all_feeders()["feeder_00"], placements, quarter_hours=which)
    assert refused.value.field == "placements"
    assert f"{placements:,} x 21 levels" in refused.value.message
    assert f"{MAX_FLOWS:,}" in refused.value.message


def test_progress_moves_on_to_the_end() -> None:
    asking = Telling()
    ask(all_feeders()["feeder_00"], 60, quarter_hours="all", asking=asking)
    assert len(asking.told) > 2
    assert asking.told == sorted(asking.told)
    assert asking.told[-1] == 1


def test_a_feeder_without_customers_hosts_nothing_and_nothing_binds() -> None:
    found = ask(small_feeder(), 5, profiles=flat_day())
    assert found.bindings == {None: 5}
    assert found.installed.tolist() == [0] * 5

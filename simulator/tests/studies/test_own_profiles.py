"""Customers who each follow a profile of their own: every study against plain second implementations."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.powerflow.flow import PowerFlow
from simulator.studies.monte_carlo.orders import draw_orders
from simulator.studies.monte_carlo.quarter_hours import worst_steps
from simulator.studies.nodes.plant import added_plant
from simulator.studies.nodes.question import NodesQuestion
from simulator.tests.feeders import all_feeders, changed, customer_buses, plain
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import (
    ask_why,
    day,
    injections,
    monte_carlo,
    monte_carlo_question,
    nodes,
    simulate,
    sweep,
)
from simulator.tests.studies.small import flat_day, scenario, small_feeder

FEEDER = all_feeders()["feeder_05"]
EVERY = range(96)


@cache
def own_profiles(feeder: Feeder = FEEDER) -> Profiles:
    """Return roofs that face other ways and people who live at other hours, the same on every run."""
    random, site = np.random.default_rng(5), read_profiles()
    count = len(feeder.customers)
    hours = random.integers(-12, 13, (count, 2))
    load = [np.roll(site.load_pu, ours) * random.uniform(0.4, 1.3) for ours, _ in hours]
    sun = [np.roll(site.pv_pu, theirs) * random.uniform(0.5, 1.0) for _, theirs in hours]
    return Profiles(np.array(load) * random.uniform(0.8, 1.2, (count, 96)), np.array(sun))


def _flow(
    feeder: Feeder, profiles: Profiles, pv: float, battery: float, steps: range | list[int]
) -> PowerFlow:
    return solve_newton(feeder, *slow.injections(feeder, profiles, pv, battery, steps))


@pytest.mark.parametrize(("pv", "battery"), [(0.0, 0.0), (0.6, 0.0), (0.8, 0.7)])
def test_feed_in_is_customer_by_customer(pv: float, battery: float) -> None:
    found = injections(FEEDER, own_profiles(), [pv], battery, EVERY)
    wanted = slow.injections(FEEDER, own_profiles(), pv, battery, EVERY)
    assert found[0] == pytest.approx(wanted[0], abs=1e-7)
    assert found[1] == pytest.approx(wanted[1], abs=1e-9)


def test_one_kind_may_be_each_customer_s_while_the_other_is_all_customers() -> None:
    for profiles in (
        replace(own_profiles(), load_pu=read_profiles().load_pu),
        replace(own_profiles(), pv_pu=read_profiles().pv_pu),
    ):
        found, _ = injections(FEEDER, profiles, [0.5], 0.3, EVERY)
        assert found == pytest.approx(slow.injections(FEEDER, profiles, 0.5, 0.3, EVERY)[0], abs=1e-7)


def test_a_day_s_voltages_and_energies() -> None:
    found = day(FEEDER, own_profiles(), 0.8, 0.4, DEFAULT_LIMITS)
    assert found.flow.vm_pu == pytest.approx(_flow(FEEDER, own_profiles(), 0.8, 0.4, EVERY).vm_pu, abs=1e-8)
    direct = demand = sun_kwh = given = 0.0
    for row, customer in enumerate(FEEDER.customers):
        own = slow.own_day(own_profiles(), row)
        loads = [customer.peak_kw * share for share in own.load_pu.tolist()]
        suns = [customer.pv_kwp * 0.8 * share for share in own.pv_pu.tolist()]
        demand, sun_kwh = demand + sum(loads) / 4, sun_kwh + sum(suns) / 4
        direct += sum(min(load, sun) for load, sun in zip(loads, suns, strict=True)) / 4
        kwh = customer.pv_kwp * 0.8 * 0.4
        surplus = [sun - load for load, sun in zip(loads, suns, strict=True)]
        given += sum(max(kw, 0.0) for kw in slow.battery_day(surplus, kwh, kwh / 2).battery_kw) / 4
    energy = found.energy
    assert (energy.demand_kwh, energy.pv_kwh) == pytest.approx((demand, sun_kwh))
    assert (energy.direct_kwh, energy.via_battery_kwh) == pytest.approx((direct, given), abs=1e-6)


def test_a_snapshot_and_why_at_one_quarter_hour() -> None:
    flow = _flow(FEEDER, own_profiles(), 0.7, 0.3, [50])
    asked = scenario(FEEDER, 0.7, 0.3, 50)
    snapshot = simulate(FEEDER, own_profiles(), asked)
    assert snapshot.flow.vm_pu == pytest.approx(flow.vm_pu, abs=1e-7)
    assert snapshot.engines_agree
    why = ask_why(
        FEEDER, own_profiles(), pv_adoption=0.7, battery_adoption=0.3, step=50, when="time", bus=None,
        limits=DEFAULT_LIMITS,
    )  # fmt: skip
    assert why.parts is not None
    parts = why.parts
    row = [bus.id for bus in FEEDER.buses].index(str(why.bus))
    total = parts.source_pu + parts.transformer.total_pu + parts.lines_pu
    assert total == pytest.approx(flow.vm_pu[0, row], abs=1e-7)


def test_who_draws_nothing_has_no_part_in_a_voltage() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 9.0}, {"bus": "bus_1", "peak_kw": 9.0})
    profiles = Profiles(np.array([np.ones(96), np.zeros(96)]), np.zeros(96))
    why = ask_why(
        feeder, profiles, pv_adoption=0, battery_adoption=0, step=0, when="time", bus="bus_2",
        limits=DEFAULT_LIMITS,
    )  # fmt: skip
    assert why.parts is not None
    first, second = why.parts.customers_pu[:, 0]
    assert first < -1e-4
    assert second == 0


@pytest.mark.parametrize(("limits", "battery"), [("twin", 0.0), ("vde_4105", 0.3)])
def test_the_hosting_capacity(limits: str, battery: float) -> None:
    steps = [28, 44, 48, 54, 74]
    found = sweep(FEEDER, own_profiles(), steps, battery, LIMIT_SETS[limits])
    question = slow.Question(FEEDER, own_profiles(), steps, battery)
    assert found.capacity.adoption == pytest.approx(slow.capacity(question, LIMIT_SETS[limits]), abs=1.1e-3)


def test_one_more_plant_follows_the_mean_of_the_customers_sun_by_kwp() -> None:
    profiles = own_profiles()
    found = nodes(
        FEEDER, profiles, pv_adoption=0.2, battery_adoption=0.3, step=0, when="day", limits=DEFAULT_LIMITS
    )
    assert found.baseline is None
    weights = [customer.pv_kwp for customer in FEEDER.customers]
    plant = [
        sum(w * row[step] for w, row in zip(weights, profiles.pv_pu.tolist(), strict=True)) / sum(weights)
        for step in EVERY
    ]
    buses = customer_buses(FEEDER)
    p_kw, q_kvar = slow.injections(FEEDER, profiles, 0.2, 0.3, EVERY)
    for place in [place for place in found.nodes if place.bus in buses][::9]:
        for kw, beyond in ((place.plant.kw, False), (place.plant.kw + 0.02, True)):
            more = p_kw.copy()
            more[:, buses.index(place.bus)] += np.array(plant) * kw
            flow = solve_newton(FEEDER, more, q_kvar)
            assert bool((slow.excesses(FEEDER, flow, DEFAULT_LIMITS, None) > 0).any()) == beyond


def test_a_bus_without_customers_has_room_too() -> None:
    bare = small_feeder({"bus": "bus_2", "peak_kw": 9.0, "pv_kwp": 10.0})
    shared = flat_day(0.5, 0.8)
    own = Profiles(shared.load_pu[None], shared.pv_pu[None])
    asked = {"pv_adoption": 0.5, "battery_adoption": 0.2, "step": 48, "limits": DEFAULT_LIMITS}
    for when in ("time", "day"):
        rooms = [nodes(bare, p, **asked, when=when).nodes for p in (shared, own)]
        assert rooms[0] == rooms[1]


def test_a_plant_where_nobody_has_a_roof_follows_the_plain_mean() -> None:
    data = [{**customer, "pv_kwp": 0.0} for customer in plain(FEEDER)["customers"]]
    roofless, profiles = changed(FEEDER, customers=data), own_profiles()
    asked = NodesQuestion(subject=Subject(roofless, profiles))
    assert added_plant(asked) == pytest.approx(profiles.pv_pu.mean(axis=0))


@pytest.mark.parametrize(("limits", "battery"), [("twin", 0.0), ("vde_4105", 0.5)])
def test_the_choice_of_quarter_hours_changes_no_chance(limits: str, battery: float) -> None:
    asked = {"placements": 25, "seed": 3, "battery_adoption": battery, "limits": LIMIT_SETS[limits]}
    chosen, every = (
        monte_carlo(FEEDER, own_profiles(), quarter_hours=which, **asked) for which in ("binding", "all")
    )
    assert len(chosen.steps) < len(every.steps)
    np.testing.assert_array_equal(chosen.capacity, every.capacity)
    np.testing.assert_array_equal(chosen.violated, every.violated)
    assert chosen.bindings == every.bindings


def test_the_chance_of_a_placement_is_newton_raphson_s() -> None:
    profiles, customers = own_profiles(), FEEDER.customers
    limits = LIMIT_SETS["vde_4105"]
    found = monte_carlo(
        FEEDER, profiles, placements=2, seed=4, battery_adoption=0.0, quarter_hours="all", limits=limits
    )
    buses, steps = (
        customer_buses(FEEDER),
        list(worst_steps(monte_carlo_question(FEEDER, profiles, limits=limits))),
    )
    p_kw, q_kvar = slow.injections(FEEDER, profiles, 0.0, 0.0, steps)
    (ranks,) = draw_orders(2, len(customers), 4, 2)
    for number, placement in enumerate(ranks.tolist()):
        cases = np.tile(p_kw, (len(customers) + 1, 1, 1))
        for count in range(len(customers) + 1):
            for row, customer in enumerate(customers):
                if placement[row] < count:
                    sun = slow.own_day(profiles, row).pv_pu[steps]
                    cases[count, :, buses.index(customer.bus)] += customer.pv_kwp * sun
        flow = solve_newton(FEEDER, cases.reshape(-1, len(buses)), np.tile(q_kvar, (len(cases), 1)))
        bare = replace(flow, vm_pu=np.tile(flow.vm_pu[: len(steps)], (len(cases), 1)))
        beyond = (slow.excesses(FEEDER, flow, limits, bare) > 0).reshape(len(cases), -1).any(axis=1)
        assert found.capacity[number] == (int(beyond.argmax()) - 1 if beyond.any() else len(customers))


def test_profiles_of_other_customers_are_no_subject() -> None:
    with pytest.raises(ValueError, match="profiles of 1 customers"):
        Subject(FEEDER, Profiles(np.ones((1, 96)), np.ones(96)))

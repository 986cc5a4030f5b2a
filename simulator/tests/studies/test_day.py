"""A whole day: the voltages are Newton-Raphson's, the energies close, hours are counted by kind."""

from functools import cache

import numpy as np
import pytest

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.powerflow.flow import PowerFlow
from simulator.studies.day.day import KINDS, Day
from simulator.tests.feeders import all_variants
from simulator.tests.oracles.newton import solve_newton
from simulator.tests.studies import slow
from simulator.tests.studies.asking import day
from simulator.tests.studies.small import flat_day, small_feeder

SCENARIOS = [
    ("feeder_05", 0.6, 0.0),
    ("feeder_00", 0.3, 1.0),
    ("feeder_04", 0.9, 0.4),
    ("feeder_08", 0.0, 0.0),
    ("feeder_11", 1.0, 0.7),
    ("feeder_03-meshed", 0.5, 0.5),
    ("feeder_02-three-transformers", 0.8, 0.2),
]
scenarios = pytest.mark.parametrize(("name", "pv", "battery"), SCENARIOS)
DARK = small_feeder({"bus": "bus_2", "peak_kw": 170.0, "pv_kwp": 10.0}, length_km=0.6)


def _day(name: str, pv: float, battery: float, limits: str = "twin") -> Day:
    return day(
        all_variants()[name],
        read_profiles(),
        pv_adoption=pv,
        battery_adoption=battery,
        limits=LIMIT_SETS[limits],
    )


@cache
def _newton(name: str, pv: float, battery: float) -> PowerFlow:
    feeder = all_variants()[name]
    return solve_newton(feeder, *slow.injections(feeder, read_profiles(), pv, battery, range(96)))


@scenarios
def test_all_96_quarter_hours_are_newton_raphson_s(name: str, pv: float, battery: float) -> None:
    found, flow = _day(name, pv, battery).flow, _newton(name, pv, battery)
    assert found.vm_pu == pytest.approx(flow.vm_pu, abs=1e-8)
    assert found.line_loading == pytest.approx(flow.line_loading, abs=1e-7)
    assert found.transformer_loading == pytest.approx(flow.transformer_loading, abs=1e-7)


@scenarios
def test_the_energy_balance_closes_with_newton_raphson_s_own_losses(
    name: str, pv: float, battery: float
) -> None:
    energy, flow = _day(name, pv, battery).energy, _newton(name, pv, battery)
    assert energy.import_kwh is not None
    assert energy.export_kwh is not None
    lost = float(flow.loss_kw.sum()) / 4
    drawn = energy.demand_kwh + lost + energy.battery_loss_kwh - energy.pv_kwh
    assert energy.import_kwh - energy.export_kwh == pytest.approx(drawn, abs=1e-6)
    assert energy.import_kwh == pytest.approx(np.maximum(flow.source_kw, 0).sum() / 4, abs=1e-6)
    assert energy.export_kwh == pytest.approx(np.maximum(-flow.source_kw, 0).sum() / 4, abs=1e-6)
    assert energy.loss_kwh == pytest.approx(lost, abs=1e-6)


@scenarios
@pytest.mark.parametrize("limits", ["twin", "ansi_c84_a", "vde_4105"])
def test_hours_outside_limits_are_counted_by_kind(name: str, pv: float, battery: float, limits: str) -> None:
    found, flow, bounds = _day(name, pv, battery, limits), _newton(name, pv, battery), LIMIT_SETS[limits]
    rise = flow.vm_pu - _newton(name, 0.0, 0.0).vm_pu
    rising = np.zeros_like(rise, dtype=bool) if bounds.rise_max is None else rise > bounds.rise_max
    beyond = {
        "undervoltage": flow.vm_pu < bounds.vm_min_pu,
        "overvoltage": flow.vm_pu > bounds.vm_max_pu,
        "rise": rising,
        "line": flow.line_loading > 1,
        "transformer": flow.transformer_loading > 1,
        "no_solution": np.zeros((96, 1), dtype=bool),
    }
    for kind in KINDS:
        hours = sum(any(row) for row in beyond[kind].tolist()) / 4
        bounded = kind != "rise" or bounds.rise_max is not None
        assert found.hours_of(kind) == (hours if bounded else None)
    steps = np.any([where.any(axis=1) for where in beyond.values()], axis=0)
    assert found.hours_outside == steps.sum() / 4
    voltage = beyond["undervoltage"] | beyond["overvoltage"] | rising
    assert found.bus_hours_outside.tolist() == (voltage.sum(axis=0) / 4).tolist()
    assert (found.bus_violated("rise") == rising).all()


def test_all_customers_add_up() -> None:
    feeder = all_variants()["feeder_04"]
    power = _day("feeder_04", 0.9, 0.4).power
    load, sun = read_profiles().load_pu, read_profiles().pv_pu
    assert power.kw["load"] == pytest.approx(sum(c.peak_kw for c in feeder.customers) * load)
    assert power.kw["pv"] == pytest.approx(0.9 * sum(c.pv_kwp for c in feeder.customers) * sun)
    assert power.capacity_kwh == pytest.approx(0.9 * 0.4 * sum(c.pv_kwp for c in feeder.customers))
    stored = np.zeros(97)
    for customer in feeder.customers:
        kwp = customer.pv_kwp * 0.9
        if kwp:
            surplus = (kwp * sun - customer.peak_kw * load).tolist()
            stored += slow.battery_day(surplus, kwp * 0.4, kwp * 0.2).stored_kwh
    assert power.stored_kwh == pytest.approx(stored, abs=1e-7)
    assert power.stored_kwh[0] == pytest.approx(power.stored_kwh[-1])
    assert power.stored_kwh.min() >= 0
    assert power.stored_kwh.max() <= power.capacity_kwh + 1e-9


def test_a_day_without_any_solution_has_no_figure_that_depends_on_flow() -> None:
    found = day(DARK, flat_day(), pv_adoption=0.0, battery_adoption=0.0, limits=DEFAULT_LIMITS)
    assert (found.hours_outside, found.hours_of("no_solution"), found.solved) == (24.0, 24.0, False)
    assert (found.energy.import_kwh, found.energy.export_kwh, found.energy.loss_kwh) == (None, None, None)
    assert found.energy.demand_kwh == pytest.approx(170 * 24)
    assert found.en50160 is None
    assert found.worst.kind == "no_solution"


def test_a_single_quarter_hour_without_a_solution_leaves_the_others_standing() -> None:
    load = np.full(96, 0.05)
    load[70] = 1.0
    found = day(
        DARK, Profiles(load, np.zeros(96)), pv_adoption=0.5, battery_adoption=0.0, limits=DEFAULT_LIMITS
    )
    assert np.isfinite(found.flow.vm_pu).all(axis=1).tolist() == [step != 70 for step in range(96)]
    assert found.hours_of("no_solution") == 0.25
    assert found.energy.import_kwh is None
    assert found.energy.demand_kwh == pytest.approx(170 * (95 * 0.05 + 1) / 4)
    assert (found.worst.kind, found.worst.step) == ("no_solution", 70)

"""A day's energies: by hand, and customer by customer from the definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.grid.limits import DEFAULT_LIMITS
from simulator.grid.profiles import Profiles, read_profiles
from simulator.grid.schema import Feeder
from simulator.studies.day.energy import Energy
from simulator.tests.feeders import all_feeders
from simulator.tests.studies import slow
from simulator.tests.studies.asking import day
from simulator.tests.studies.small import small_feeder

shares = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
EVENING_SUN = Profiles(np.full(96, 1.0), np.repeat([1.0, 0.0], 48))


def _energy(feeder: Feeder, pv: float, battery: float, profiles: Profiles | None = None) -> Energy:
    found = day(
        feeder,
        profiles or read_profiles(),
        pv_adoption=pv,
        battery_adoption=battery,
        limits=DEFAULT_LIMITS,
    )
    return found.energy


def test_by_hand_without_batteries() -> None:
    """2 kW of load all day, 6 kW of PV for half of it, on one customer; 3 kW of load on another."""
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 2.0, "pv_kwp": 12.0}, {"bus": "bus_2", "peak_kw": 3.0})
    energy = _energy(feeder, 0.5, 0.0, EVENING_SUN)
    assert (energy.demand_kwh, energy.pv_kwh) == pytest.approx((120.0, 72.0))
    assert (energy.direct_kwh, energy.surplus_kwh) == pytest.approx((24.0, 48.0))  # the neighbour's is no own
    assert (energy.via_battery_kwh, energy.battery_loss_kwh) == (0, 0)
    assert energy.self_consumption == pytest.approx(1 / 3)
    assert energy.self_sufficiency == pytest.approx(0.2)


def test_by_hand_with_a_battery() -> None:
    """10 kWp and 10 kWh: 8 kW of surplus fill it once, sqrt(0.9) of it comes out, in the other half."""
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 2.0, "pv_kwp": 10.0})
    energy = _energy(feeder, 1.0, 1.0, EVENING_SUN)
    given_kwh, taken_kwh = 10 * 0.9**0.5, 10 / 0.9**0.5
    assert energy.via_battery_kwh == pytest.approx(given_kwh)
    assert energy.battery_loss_kwh == pytest.approx(taken_kwh - given_kwh)
    assert energy.surplus_kwh == pytest.approx(120 - 24 - taken_kwh)
    assert energy.self_used_kwh == pytest.approx(24 + given_kwh)
    assert energy.self_consumption == pytest.approx((24 + given_kwh) / 120)
    assert energy.self_sufficiency == pytest.approx((24 + given_kwh) / 48)


def test_a_share_of_nothing_is_none() -> None:
    no_pv = _energy(small_feeder({"bus": "bus_2", "peak_kw": 2.0, "pv_kwp": 10.0}), 0.0, 1.0)
    assert (no_pv.self_consumption, no_pv.self_sufficiency) == (None, 0.0)
    no_demand = _energy(small_feeder({"bus": "bus_2", "pv_kwp": 10.0}), 1.0, 1.0)
    assert (no_demand.self_consumption, no_demand.self_sufficiency) == (0.0, None)


@given(st.sampled_from(["feeder_00", "feeder_05", "feeder_08", "feeder30"]), shares, shares)
def test_energies_are_those_of_each_customer_step_by_step(name: str, pv: float, battery: float) -> None:
    feeder, profiles = all_feeders()[name], read_profiles()
    sums = dict.fromkeys(("demand", "pv", "direct", "given", "taken"), 0.0)
    for customer in feeder.customers:
        kwp = customer.pv_kwp * pv
        loads = [customer.peak_kw * share for share in profiles.load_pu.tolist()]
        suns = [kwp * share for share in profiles.pv_pu.tolist()]
        surplus = [sun - load for load, sun in zip(loads, suns, strict=True)]
        stored = [0.0] * 96
        if kwp * battery:
            stored = slow.battery_day(surplus, kwp * battery, kwp * battery / 2).battery_kw
        for load, sun, fed in zip(loads, suns, stored, strict=True):
            sums["demand"] += load / 4
            sums["pv"] += sun / 4
            sums["direct"] += min(load, sun) / 4
            sums["given" if fed > 0 else "taken"] += abs(fed) / 4
    energy = _energy(feeder, pv, battery)
    assert energy.demand_kwh == pytest.approx(sums["demand"])
    assert energy.pv_kwh == pytest.approx(sums["pv"])
    assert energy.direct_kwh == pytest.approx(sums["direct"])
    assert energy.via_battery_kwh == pytest.approx(sums["given"], abs=1e-6)
    assert energy.via_battery_kwh == pytest.approx(0.9 * sums["taken"], abs=1e-6)  # the round trip
    assert energy.battery_loss_kwh == pytest.approx(sums["taken"] - sums["given"], abs=1e-6)
    assert energy.surplus_kwh == pytest.approx(sums["pv"] - sums["direct"] - sums["taken"], abs=1e-6)


def test_self_used_counts_both_ways() -> None:
    used = {"direct_kwh": 3.0, "via_battery_kwh": 2.0, "pv_kwh": 10.0}
    energy = _energy(small_feeder(), 0.0, 0.0).model_copy(update=used)
    assert (energy.self_used_kwh, energy.self_consumption) == (5.0, 0.5)

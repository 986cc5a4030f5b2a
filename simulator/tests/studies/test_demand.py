"""Demand: what customers draw and feed in, and where it enters the feeder."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.grid.profiles import Profiles, read_profiles
from simulator.tests.feeders import all_feeders
from simulator.tests.studies import slow
from simulator.tests.studies.asking import injections, powers
from simulator.tests.studies.small import flat_day, small_feeder

shares = st.integers(0, 100).map(lambda hundredths: hundredths / 100)


def test_a_customer_s_load_is_its_peak_times_the_profile_with_its_power_factor_lagging() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 10.0, "power_factor": 0.8})
    day = powers(feeder, flat_day(load_pu=0.5), [0.0], 0.0)
    assert day.kw["load"][0, 0] == pytest.approx(-5.0)
    assert day.kvar["load"][0, 0] == pytest.approx(-3.75)  # 5 kW at p.f. 0.8 draw 5 * 0.6 / 0.8 kvar
    p_kw, q_kvar = injections(feeder, flat_day(load_pu=0.5), [0.0], 0.0, [0])
    assert p_kw == pytest.approx(np.array([[-5.0]]))
    assert q_kvar == pytest.approx(np.array([[-3.75]]))


def test_surplus_flows_back_and_is_never_clamped() -> None:
    feeder = small_feeder({"bus": "bus_2", "peak_kw": 10.0, "pv_kwp": 40.0})
    p_kw, q_kvar = injections(feeder, flat_day(load_pu=0.5, pv_pu=0.9), [0.25, 1.0], 0.0, [48])
    assert p_kw[:, 0] == pytest.approx([4.0, 31.0])
    assert not q_kvar.any()  # PV has unity power factor


@given(shares, shares)
def test_feed_in_is_what_pv_and_battery_leave_of_the_load(pv: float, battery: float) -> None:
    feeder = all_feeders()["feeder_05"]
    p_kw, q_kvar = injections(feeder, read_profiles(), [pv], battery, range(0, 96, 7))
    slow_p, slow_q = slow.injections(feeder, read_profiles(), pv, battery, range(0, 96, 7))
    assert p_kw == pytest.approx(slow_p, abs=1e-7)
    assert q_kvar == pytest.approx(slow_q, abs=1e-9)


def test_customers_at_one_bus_add_up_and_buses_keep_the_feeder_s_order() -> None:
    feeder = small_feeder(
        {"bus": "bus_2", "peak_kw": 7.0},
        {"bus": "bus_0", "peak_kw": 1.0},
        {"bus": "bus_2", "peak_kw": 5.0, "pv_kwp": 2.0},
    )
    p_kw, _ = injections(feeder, flat_day(), [1.0], 0.0, [0])
    assert p_kw == pytest.approx(np.array([[-1.0, -10.0]]))


def test_each_customer_s_battery_serves_that_customer_alone() -> None:
    feeder = small_feeder({"bus": "bus_2", "pv_kwp": 10.0}, {"bus": "bus_2", "peak_kw": 5.0})
    evening_sun = Profiles(np.ones(96), np.repeat([1.0, 0.0], 48))
    day = powers(feeder, evening_sun, [1.0], 1.0)
    assert not day.kw["battery"].any()  # the one with a battery has no load, the one with a load no battery


def test_rows_run_step_by_step_within_each_level() -> None:
    feeder = small_feeder({"bus": "bus_1", "peak_kw": 8.0, "pv_kwp": 10.0})
    ramp = Profiles(np.linspace(0, 1, 96), np.zeros(96))
    p_kw, _ = injections(feeder, ramp, [0.0, 0.5], 0.0, [95, 0])
    assert p_kw[:, 0] == pytest.approx([-8, 0, -8, 0])


def test_batteries_do_not_change_the_reactive_power() -> None:
    feeder, profiles = all_feeders()["feeder_00"], read_profiles()
    with_it, without = (injections(feeder, profiles, [0.6], battery, range(96))[1] for battery in (0.7, 0.0))
    assert (with_it == without).all()

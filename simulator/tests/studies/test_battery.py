"""Batteries: nothing is gained, nothing is lost but a tenth, and the day ends as it began."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.grid.profiles import read_profiles
from simulator.technologies.battery import dispatch
from simulator.tests.feeders import all_feeders
from simulator.tests.studies.asking import powers
from simulator.tests.studies.slow import battery_day

kilowatts = st.integers(-80, 80).map(lambda tenths: tenths / 10)
days = st.lists(kilowatts, min_size=96, max_size=96).map(np.array)
sizes_kwp = st.integers(1, 200).map(lambda tenths: tenths / 10)


def _day(surplus_kw: np.ndarray, kwp: float) -> tuple[np.ndarray, np.ndarray]:
    power_kw, stored_kwh = dispatch(surplus_kw[None], np.array([kwp]), np.array([kwp / 2]))
    return power_kw[0], stored_kwh[0]


@given(days, sizes_kwp)
def test_a_tenth_of_what_goes_in_is_lost(surplus_kw: np.ndarray, kwp: float) -> None:
    power_kw, _ = _day(surplus_kw, kwp)
    charged = -power_kw[power_kw < 0].sum() * 0.25
    assert power_kw[power_kw > 0].sum() * 0.25 == pytest.approx(0.9 * charged, abs=1e-9)


@given(days, sizes_kwp)
def test_the_day_ends_as_it_began_and_the_charge_stays_within_the_capacity(
    surplus_kw: np.ndarray, kwp: float
) -> None:
    _, stored_kwh = _day(surplus_kw, kwp)
    assert stored_kwh.shape == (97,)
    assert stored_kwh[-1] == pytest.approx(stored_kwh[0], abs=1e-9)
    assert stored_kwh.min() >= 0
    assert stored_kwh.max() <= kwp


@given(days, sizes_kwp)
def test_it_takes_surplus_only_and_covers_residual_load_only_within_its_power(
    surplus_kw: np.ndarray, kwp: float
) -> None:
    power_kw, _ = _day(surplus_kw, kwp)
    charges, gives = power_kw < -1e-12, power_kw > 1e-12
    assert (-power_kw[charges] <= surplus_kw[charges] + 1e-9).all()
    assert (power_kw[gives] <= -surplus_kw[gives] + 1e-9).all()
    assert np.abs(power_kw).max() <= kwp / 2 + 1e-9


@given(days, sizes_kwp)
def test_it_is_the_day_that_days_in_a_row_come_to(surplus_kw: np.ndarray, kwp: float) -> None:
    bounded = np.clip(surplus_kw, -kwp / 2, kwp / 2)
    daily_gain = (np.where(bounded > 0, 0.9, 1.0) * bounded).sum()
    assume(abs(daily_gain) > 0.01)  # closer to balance, thousands of days pass before one ends as it began
    slow = battery_day(surplus_kw.tolist(), kwp, kwp / 2)
    power_kw, stored_kwh = _day(surplus_kw, kwp)
    assert power_kw == pytest.approx(slow.battery_kw, abs=1e-8)
    assert stored_kwh == pytest.approx(slow.stored_kwh, abs=1e-8)


def test_customers_and_levels_are_dispatched_each_for_itself() -> None:
    random = np.random.default_rng(7)
    surplus_kw = random.normal(0, 4, (3, 5, 96))
    capacity_kwh = random.uniform(1, 20, (3, 5))
    power_kw, stored_kwh = dispatch(surplus_kw, capacity_kwh, capacity_kwh / 2)
    assert (power_kw.shape, stored_kwh.shape) == ((3, 5, 96), (3, 5, 97))
    one_power, one_stored = dispatch(surplus_kw[2, 3], capacity_kwh[2, 3], capacity_kwh[2, 3] / 2)
    assert (power_kw[2, 3] == one_power).all()
    assert (stored_kwh[2, 3] == one_stored).all()


def test_no_sun_leaves_it_empty_and_no_load_leaves_it_full_and_idle() -> None:
    dark_power, dark_stored = _day(np.full(96, -2.0), 5.0)
    bright_power, bright_stored = _day(np.full(96, 2.0), 5.0)
    assert not dark_power.any()
    assert not bright_power.any()
    assert set(dark_stored) == {0.0}
    assert set(bright_stored) == {5.0}


def test_an_evening_battery_by_hand() -> None:
    """10 kWp with 10 kWh and 5 kW: six kW of surplus for two hours, then 4 kW of load until it is empty.

    Two hours of 5 kW put 10 * sqrt(0.9) = 9.487 kWh into it; 9 kWh of them reach the house.
    """
    surplus_kw = np.concatenate([np.full(8, 6.0), np.full(88, -4.0)])
    power_kw, stored_kwh = _day(surplus_kw, 10.0)
    assert power_kw[:8] == pytest.approx(-5.0)
    assert stored_kwh[8] == pytest.approx(9.48683298)
    assert power_kw[8:17] == pytest.approx(4.0)
    assert power_kw[17:] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", ["feeder_00", "feeder_11"])
def test_on_a_stored_feeder_the_battery_is_sized_by_the_installed_pv(name: str) -> None:
    feeder, profiles = all_feeders()[name], read_profiles()
    day = powers(feeder, profiles, [0.4, 0.8], 0.5)
    for level, pv in enumerate((0.4, 0.8)):
        for row, customer in enumerate(feeder.customers):
            size_kwh = customer.pv_kwp * pv * 0.5
            surplus_kw = customer.pv_kwp * pv * profiles.pv_pu - customer.peak_kw * profiles.load_pu
            if size_kwh:
                slow = battery_day(surplus_kw.tolist(), size_kwh, size_kwh / 2)
                assert day.kw["battery"][level, row] == pytest.approx(slow.battery_kw, abs=1e-8)
            else:
                assert not day.kw["battery"][level, row].any()


def test_a_customer_s_day_holds_what_is_stored_before_each_quarter_hour_and_at_midnight() -> None:
    feeder, profiles = all_feeders()["feeder_05"], read_profiles()
    day = powers(feeder, profiles, [0.0, 0.6], 0.5)
    assert day.stored_kwh["battery"].shape == (2, len(feeder.customers), 97)
    assert not day.stored_kwh["battery"][0].any()
    for row, customer in enumerate(feeder.customers):
        size_kwh = customer.pv_kwp * 0.6 * 0.5
        surplus_kw = customer.pv_kwp * 0.6 * profiles.pv_pu - customer.peak_kw * profiles.load_pu
        if size_kwh:
            slow = battery_day(surplus_kw.tolist(), size_kwh, size_kwh / 2)
            assert day.stored_kwh["battery"][1, row] == pytest.approx(slow.stored_kwh, abs=1e-8)
            assert day.stored_kwh["battery"][1, row].max() <= size_kwh
    assert powers(feeder, profiles, [0.6], 0.0).stored_kwh["battery"].shape == (1, len(feeder.customers), 97)

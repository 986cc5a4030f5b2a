"""Complex voltages and currents: those of pandapower's Newton-Raphson, and linear in one another."""

import numpy as np
import pytest

from simulator.grid.errors import InjectionError
from simulator.grid.schema import Feeder
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.superposition import injected_pu, solve_phasors
from simulator.tests.feeders import all_feeders, meshed, operating_points
from simulator.tests.oracles.newton import solve_newton

FEEDERS = [all_feeders()["feeder_00"], meshed(all_feeders()["feeder_04"]), all_feeders()["feeder_11"]]
each_feeder = pytest.mark.parametrize("feeder", FEEDERS, ids=lambda f: f.feeder_id)


@each_feeder
def test_magnitudes_are_those_of_newton_raphson(feeder: Feeder) -> None:
    points = operating_points(feeder, 5)
    phasors = solve_phasors(compile_feeder(feeder), *points)
    assert np.abs(phasors.bus_pu) == pytest.approx(solve_newton(feeder, *points).vm_pu, abs=1e-8)


@each_feeder
def test_currents_carry_the_powers_and_make_the_voltages(feeder: Feeder) -> None:
    """V conj(I) is the power that was asked for; the voltages at the injections are among the buses'."""
    p_kw, q_kvar = operating_points(feeder, 5)
    phasors = solve_phasors(compile_feeder(feeder), p_kw, q_kvar)
    power_kva = phasors.injection_pu * np.conj(phasors.current_pu) * 1000
    assert power_kva == pytest.approx(p_kw + 1j * q_kvar, abs=1e-9)
    occupied = {customer.bus for customer in feeder.customers}
    rows = [i for i, bus in enumerate(feeder.buses) if bus.id in occupied]
    assert phasors.injection_pu == pytest.approx(phasors.bus_pu[:, rows], abs=1e-9)


def test_currents_of_parts_sum_to_that_of_the_whole() -> None:
    voltage = np.array([0.97 + 0.02j])
    parts = injected_pu(np.array([-5.0, 12.0, -1.5]), np.array([-2.0, 0.0, 0.0]), voltage)
    assert parts.sum() == pytest.approx(np.conj((5.5 - 2j) / 1000 / voltage[0]), abs=1e-15)


def test_a_case_without_a_solution_has_no_numbers_and_leaves_the_others_theirs(small_feeder: Feeder) -> None:
    p_kw = np.array([[-1.0, -1.0], [-500.0, -500.0]])
    phasors = solve_phasors(compile_feeder(small_feeder), p_kw, 0 * p_kw)
    assert np.isfinite(phasors.bus_pu[0]).all()
    assert np.isnan(phasors.bus_pu[1]).all()


def test_injections_of_a_wrong_shape_are_refused(small_feeder: Feeder) -> None:
    with pytest.raises(InjectionError, match=r"must have shape \(cases, 2\)"):
        solve_phasors(compile_feeder(small_feeder), np.zeros((1, 3)), np.zeros((1, 3)))

"""Close to the nose point the engines are right or say "no solution"; beyond it they find none."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.injections import extreme_kva
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.feeders import (
    all_feeders,
    changed,
    meshed,
    operating_points,
    plain,
    with_three_transformers,
)
from simulator.tests.oracles.nose import continuation

BELOW = (0.5, 0.95, 0.99, 0.999)
BEYOND = (1.001, 1.01, 1.1, 1.5, 3.0, 10.0)


@dataclass(frozen=True, eq=False)
class Collapse:
    """A direction scaled to its nose point: at 1.0 the last solution; voltages at the shares below it."""

    feeder: Feeder
    p_kw: np.ndarray
    q_kvar: np.ndarray
    voltages: list[np.ndarray]
    stiffness_left: float


@cache
def collapse(feeder: Feeder, direction: str) -> Collapse:
    """Follow the case with the most load, or the most export, to its nose point."""
    p_kw, q_kvar = operating_points(feeder, 20)
    case = p_kw.sum(axis=1).argmin() if direction == "load" else p_kw.sum(axis=1).argmax()
    equations = continuation(feeder, p_kw[case], q_kvar[case])
    scale, voltage = equations.nose()
    left = equations.stiffness(voltage) / equations.stiffness(equations.no_load())
    at_shares = equations.follow([share * scale for share in BELOW])
    return Collapse(feeder, scale * p_kw[case], scale * q_kvar[case], at_shares, left)


def _directions() -> list[tuple[str, str]]:
    exports = ("feeder_05", "feeder_10", "feeder_11", "feeder30")
    return [*((name, "load") for name in all_feeders()), *((name, "export") for name in exports)]


@pytest.fixture(params=_directions(), ids="-".join)
def radial(request: pytest.FixtureRequest) -> Collapse:
    name, direction = request.param
    return collapse(all_feeders()[name], direction)


@pytest.fixture(params=[meshed, with_three_transformers])
def other(request: pytest.FixtureRequest, feeder30: Feeder) -> Collapse:
    return collapse(request.param(feeder30), "load")


def attempt(case: Collapse, solver: Solver, share: float) -> PowerFlow | None:
    """Solve at a share of the nose point; None if the injections are refused as beyond all ratings."""
    flow = solver(case.feeder, share * case.p_kw[None], share * case.q_kvar[None])
    if share * np.hypot(case.p_kw, case.q_kvar).sum() <= extreme_kva(case.feeder):
        return flow
    assert_no_numbers(flow)
    return None


def check_below(case: Collapse, solver: Solver, tolerance: float) -> None:
    """At half the nose point there is a solution; closer, the right one or none; never a wrong one."""
    for share, voltage in zip(BELOW, case.voltages, strict=True):
        flow = attempt(case, solver, share)
        if flow is None:
            continue
        if flow.converged[0]:
            assert flow.vm_pu[0] == pytest.approx(np.abs(voltage), abs=tolerance, rel=0), share
        else:
            assert share > 0.5
            assert_no_numbers(flow)


def check_beyond(case: Collapse, solver: Solver) -> None:
    for share in BEYOND:
        flow = attempt(case, solver, share)
        if flow is not None:
            assert not flow.converged[0], share
            assert_no_numbers(flow)


def assert_no_numbers(flow: PowerFlow) -> None:
    for name in ("vm_pu", "line_loading", "transformer_loading", "loss_kw", "source_kw", "source_kvar"):
        assert np.isnan(getattr(flow, name)).all(), name


def test_the_nose_is_where_the_jacobian_is_singular(radial: Collapse) -> None:
    """The independent search has indeed reached the nose: what is left of the stiffness is under 0.1 %."""
    assert radial.stiffness_left < 1e-3


def test_batch_engine_around_the_nose(radial: Collapse) -> None:
    check_below(radial, solve_batch, 1e-8)
    check_beyond(radial, solve_batch)


def test_batch_engine_around_the_nose_with_meshes_and_more_transformers(other: Collapse) -> None:
    check_below(other, solve_batch, 1e-8)
    check_beyond(other, solve_batch)


def test_under_load_the_batch_engine_still_solves_99_percent_of_the_nose() -> None:
    """What it may refuse is the last percent alone, so that "no solution" means what it says."""
    for feeder in all_feeders().values():
        case = collapse(feeder, "load")
        assert solve_batch(feeder, 0.99 * case.p_kw[None], 0.99 * case.q_kvar[None]).converged[0]


@pytest.mark.parametrize("name", ["feeder_00", "feeder_11", "feeder30"])
def test_reference_engine_around_the_nose(name: str) -> None:
    case = collapse(all_feeders()[name], "load")
    check_below(case, solve_reference, 1e-5)
    check_beyond(case, solve_reference)


@pytest.mark.parametrize("degrees", [-30, 0, 20, 60, 150, 200])
def test_two_buses_behave_as_in_the_textbook(small_feeder: Feeder, degrees: int) -> None:
    """Power S behind impedance Z: u = |V|^2 solves u^2 + (2 Re(Z conj S) - 1) u + |Z S|^2 = 0, in pu.

    The solution is the larger root. At the nose both roots meet: S = 1 / (2 |Z| (1 + cos(arg Z - arg S))).
    The angle is that of the power consumed: beyond 90 degrees the bus feeds in.
    """
    feeder, ohm = two_buses(small_feeder)
    direction, z = np.exp(1j * np.radians(degrees)), ohm / 0.4**2  # on 1 MVA
    nose = 1 / (2 * abs(z) * (1 + np.cos(np.angle(z) - np.angle(direction))))
    for share in (0.1, 0.5, 0.9, 0.99, 0.9999, 1.0001, 1.01, 2.0):
        s = share * nose * direction
        flow = solve_batch(feeder, np.array([[-1000 * s.real]]), np.array([[-1000 * s.imag]]))
        if flow.converged[0]:
            half = 0.5 - (z * np.conj(s)).real
            expected = np.sqrt(half + np.sqrt(half**2 - abs(z * s) ** 2))
            assert flow.vm_pu[0, 1] == pytest.approx(expected, abs=1e-8, rel=0), share
        assert flow.converged[0] or share > 0.5
        assert share < 1 or not flow.converged[0]


def two_buses(small_feeder: Feeder) -> tuple[Feeder, complex]:
    """Return a feeder of one customer behind one kilometre of cable, without shunts, and its impedance."""
    data = plain(small_feeder)
    transformer = {**data["transformers"][0], "pfe_kw": 0.0, "i0_percent": 0.0}
    line = {
        **data["lines"][0],
        "length_km": 1.0,
        "r_ohm": 0.642,
        "x_ohm": 0.083,
        "c_nf_per_km": 0.0,
        "max_i_ka": 10.0,  # high enough that no injection here is refused
    }
    feeder = changed(
        small_feeder,
        transformers=[transformer],
        buses=data["buses"][:2],
        lines=[line],
        customers=data["customers"][:1],
    )
    in_transformer = 0.4**2 / 0.16 * complex(0.014, np.sqrt(0.04**2 - 0.014**2))
    return feeder, in_transformer + complex(0.642, 0.083)


def test_one_case_without_solution_leaves_the_others_standing(feeder30: Feeder) -> None:
    case = collapse(feeder30, "load")
    shares = np.array([0.2, 1.2, 0.3, 2.0, 0.1])[:, None]
    together = solve_batch(feeder30, shares * case.p_kw, shares * case.q_kvar)
    assert together.converged.tolist() == [True, False, True, False, True]
    for row in (0, 2, 4):
        alone = solve_batch(feeder30, shares[[row]] * case.p_kw, shares[[row]] * case.q_kvar)
        assert together.vm_pu[row] == pytest.approx(alone.vm_pu[0], abs=1e-10, rel=0)

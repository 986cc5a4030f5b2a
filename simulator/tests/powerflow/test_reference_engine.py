"""The reference engine says how it solved, falls back where its sweep fails, and makes up no numbers."""

import numpy as np
import pandapower
import pytest

from simulator.grid.errors import InjectionError
from simulator.grid.schema import Feeder
from simulator.powerflow.injections import extreme_kva
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.feeders import changed, operating_points, plain
from simulator.tests.oracles.comparison import SWEEP, disagreements
from simulator.tests.oracles.newton import solve_newton

FIGURES = ("vm_pu", "line_loading", "transformer_loading", "loss_kw", "source_kw", "source_kvar")


def test_the_fast_path_is_recorded(small_feeder: Feeder) -> None:
    assert solve_reference(small_feeder, *operating_points(small_feeder, 2)).algorithm == "pandapower bfsw"


def test_newton_takes_over_where_the_sweep_raises(small_feeder: Feeder) -> None:
    """Two rows between the same buses: pandapower's sweep raises there."""
    lines = plain(small_feeder)["lines"]
    twin = {**lines[1], "id": "line_3", "length_km": 0.2, "r_ohm": 0.1284, "x_ohm": 0.0166}
    feeder = changed(small_feeder, lines=[*lines, twin])
    p_kw, q_kvar = operating_points(feeder, 3)
    flow = solve_reference(feeder, p_kw, q_kvar)
    assert flow.algorithm == "pandapower nr"
    assert disagreements(flow, solve_newton(feeder, p_kw, q_kvar), SWEEP) == {}


def test_newton_takes_over_whatever_the_sweep_raises(
    small_feeder: Feeder, monkeypatch: pytest.MonkeyPatch
) -> None:
    runpp = pandapower.runpp

    def fail_at_sweeps(net: object, **options: object) -> None:
        if options["algorithm"] == "bfsw":
            raise KeyError(0)
        runpp(net, **options)

    monkeypatch.setattr(pandapower, "runpp", fail_at_sweeps)
    p_kw, q_kvar = operating_points(small_feeder, 1)
    flow = solve_reference(small_feeder, p_kw, q_kvar)
    assert flow.algorithm == "pandapower nr"
    assert disagreements(flow, solve_newton(small_feeder, p_kw, q_kvar), SWEEP) == {}


def test_unlike_vector_groups_in_a_mesh_are_left_to_newton(small_feeder: Feeder) -> None:
    """The sweep ignores angles: here it would be wrong by half the voltage."""
    first = plain(small_feeder)["transformers"][0]
    second = {**first, "id": "trafo_1", "lv_bus": "bus_2", "shift_degree": 30}
    feeder = changed(small_feeder, transformers=[first, second], transformer_kva=320)
    p_kw, q_kvar = operating_points(feeder, 2)
    expected = solve_newton(feeder, p_kw, q_kvar)
    flow = solve_reference(feeder, p_kw, q_kvar)
    assert flow.algorithm == "pandapower nr"
    assert disagreements(flow, expected, SWEEP) == {}
    assert disagreements(solve_batch(feeder, p_kw, q_kvar), expected) == {}


def test_without_solution_there_are_no_numbers(small_feeder: Feeder) -> None:
    p_kw = np.array([[-500.0, -500.0]])
    flow = solve_reference(small_feeder, p_kw, 0 * p_kw)
    assert not flow.converged[0]
    assert flow.algorithm == "pandapower, no solution"
    for name in FIGURES:
        assert np.isnan(getattr(flow, name)).all(), name


def test_a_failed_case_leaves_the_next_one_right(small_feeder: Feeder) -> None:
    good = operating_points(small_feeder, 1)
    p_kw = np.vstack([good[0], [[-500.0, -500.0]], good[0]])
    q_kvar = np.vstack([good[1], [[0.0, 0.0]], good[1]])
    flow = solve_reference(small_feeder, p_kw, q_kvar)
    assert flow.converged.tolist() == [True, False, True]
    assert flow.vm_pu[2] == pytest.approx(flow.vm_pu[0], abs=1e-9)
    assert flow.algorithm == "pandapower bfsw and pandapower, no solution"


EACH_SOLVER = pytest.mark.parametrize("solver", [solve_reference, solve_batch])


@EACH_SOLVER
@pytest.mark.parametrize("sign", [-1, 1])
def test_injections_beyond_all_ratings_are_refused(solver: Solver, small_feeder: Feeder, sign: int) -> None:
    """Ratings: 160 kVA and twice sqrt(3) x 0.4 kV x 142 A = 98 kVA; three times their sum is 1070 kVA."""
    p_kw = np.array([[1.0, 1.0], [sign * 540.0, sign * 540.0], [2.0, 2.0]])
    flow = solver(small_feeder, p_kw, np.zeros((3, 2)))
    assert flow.converged.tolist() == [True, False, True]
    assert np.isnan(flow.vm_pu[1]).all()
    assert extreme_kva(small_feeder) == pytest.approx(1070, abs=1)


@EACH_SOLVER
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_injections_that_are_not_finite_are_refused(solver: Solver, small_feeder: Feeder, bad: float) -> None:
    good, wrong = np.array([[1.0, 1.0]]), np.array([[1.0, bad]])
    for p_kw, q_kvar in ((wrong, good), (good, wrong)):
        with pytest.raises(InjectionError, match="finite kW and kvar"):
            solver(small_feeder, p_kw, q_kvar)


@EACH_SOLVER
@pytest.mark.parametrize("shapes", [((2,), (2,)), ((1, 3), (1, 3)), ((1, 2), (2, 2))])
def test_injections_of_a_wrong_shape_are_refused(
    solver: Solver, small_feeder: Feeder, shapes: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    with pytest.raises(InjectionError, match=r"must have shape \(cases, 2\)"):
        solver(small_feeder, np.zeros(shapes[0]), np.zeros(shapes[1]))


@EACH_SOLVER
def test_a_feeder_without_customers_idles(solver: Solver, small_feeder: Feeder) -> None:
    """The source covers the transformer's iron losses, 0.4 kW at rated voltage, and next to nothing else."""
    feeder = changed(small_feeder, customers=[])
    flow = solver(feeder, np.zeros((2, 0)), np.zeros((2, 0)))
    assert flow.converged.all()
    assert flow.vm_pu.shape == (2, 3)
    assert flow.source_kw == pytest.approx([0.4, 0.4], rel=2e-3)
    assert flow.loss_kw == pytest.approx(flow.source_kw, abs=1e-6)


@EACH_SOLVER
def test_a_feeder_of_one_bus_has_no_line_loadings(solver: Solver, small_feeder: Feeder) -> None:
    data = plain(small_feeder)
    customer = {**data["customers"][0], "bus": "bus_0"}
    feeder = changed(small_feeder, buses=data["buses"][:1], lines=[], customers=[customer])
    p_kw, q_kvar = operating_points(feeder, 2)
    flow = solver(feeder, p_kw, q_kvar)
    assert flow.line_loading.shape == (2, 0)
    assert disagreements(flow, solve_newton(feeder, p_kw, q_kvar), SWEEP) == {}

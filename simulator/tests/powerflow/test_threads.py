"""Eight threads solve different feeders at once, each for the first time, and all are right."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import Solver, solve_batch
from simulator.tests.feeders import all_feeders, changed, operating_points
from simulator.tests.oracles.comparison import SWEEP, TIGHT, Tolerance, disagreements
from simulator.tests.oracles.newton import solve_newton


@pytest.mark.parametrize(("solver", "tolerance"), [(solve_batch, TIGHT), (solve_reference, SWEEP)])
def test_threads_get_right_results(solver: Solver, tolerance: Tolerance) -> None:
    names = sorted(all_feeders())[:8]
    feeders = [changed(all_feeders()[name], feeder_id=f"{name}-{solver.__name__}") for name in names]
    expected = {f.feeder_id: solve_newton(f, *operating_points(f, 2)) for f in feeders}

    def differs(feeder: Feeder) -> dict[str, float]:
        flow = solver(feeder, *operating_points(feeder, 2))
        return disagreements(flow, expected[feeder.feeder_id], tolerance)

    with ThreadPoolExecutor(max_workers=8) as threads:
        assert [found for found in threads.map(differs, feeders * 2) if found] == []


@pytest.mark.parametrize("solver", [solve_batch, solve_reference])
def test_threads_share_one_feeder(solver: Solver, feeder30: Feeder) -> None:
    """Each thread gets the answer to its own question, not to its neighbour's."""
    feeder = changed(feeder30, feeder_id=f"shared-{solver.__name__}")
    p_kw, q_kvar = operating_points(feeder, 24)
    expected = solve_newton(feeder, p_kw, q_kvar)

    def voltages_are_right(case: int) -> bool:
        flow = solver(feeder, p_kw[[case]], q_kvar[[case]])
        return bool(abs(flow.vm_pu[0] - expected.vm_pu[case]).max() < 1e-7)

    with ThreadPoolExecutor(max_workers=8) as threads:
        assert all(threads.map(voltages_are_right, range(24)))

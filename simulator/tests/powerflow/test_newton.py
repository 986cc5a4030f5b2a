"""Both engines equal pandapower's Newton-Raphson, on a network converted by other code."""

import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow.reference import solve_reference
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import (
    SOME,
    all_feeders,
    meshed,
    operating_points,
    tapped,
    variants,
    with_three_transformers,
)
from simulator.tests.oracles.comparison import SWEEP, disagreements
from simulator.tests.oracles.newton import solve_newton

EACH_FEEDER = pytest.mark.parametrize("feeder", all_feeders().values(), ids=all_feeders())
SOME_FEEDERS = pytest.mark.parametrize("feeder", [all_feeders()[name] for name in SOME], ids=SOME)


def check(feeder: Feeder, cases: int) -> None:
    """Compare the batch engine with Newton-Raphson at import and export, and balance its power."""
    p_kw, q_kvar = operating_points(feeder, cases)
    expected = solve_newton(feeder, p_kw, q_kvar)
    assert expected.source_kw.min() < 0 < expected.source_kw.max()
    found = solve_batch(feeder, p_kw, q_kvar)
    assert found.converged.all()
    assert disagreements(found, expected) == {}
    loads_less_pv_kw = -p_kw.sum(axis=1)
    assert found.source_kw == pytest.approx(loads_less_pv_kw + expected.loss_kw, abs=1e-6, rel=0)


@EACH_FEEDER
def test_batch_engine_equals_newton_at_200_operating_points(feeder: Feeder) -> None:
    check(feeder, 200)


@SOME_FEEDERS
@pytest.mark.parametrize("pos", [-2, 2])
@pytest.mark.parametrize("side", ["hv", "lv"])
def test_batch_engine_equals_newton_with_taps_at_each_end(feeder: Feeder, side: str, pos: int) -> None:
    check(tapped(feeder, side, pos), 40)


@SOME_FEEDERS
def test_batch_engine_equals_newton_in_meshes_and_with_more_transformers(feeder: Feeder) -> None:
    check(meshed(feeder), 40)
    check(with_three_transformers(feeder), 40)


@SOME_FEEDERS
def test_reference_engine_equals_newton(feeder: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder, 5)
    found = solve_reference(feeder, p_kw, q_kvar)
    assert found.algorithm == "pandapower bfsw"
    assert disagreements(found, solve_newton(feeder, p_kw, q_kvar), SWEEP) == {}


def test_reference_engine_equals_newton_on_variants(feeder30: Feeder) -> None:
    for feeder in variants(feeder30):
        p_kw, q_kvar = operating_points(feeder, 3)
        expected = solve_newton(feeder, p_kw, q_kvar)
        assert disagreements(solve_reference(feeder, p_kw, q_kvar), expected, SWEEP) == {}, feeder.feeder_id


def test_newton_finds_the_same_for_cases_together_and_alone(feeder30: Feeder) -> None:
    """The oracle solves cases as copies on one source: they must not touch one another."""
    p_kw, q_kvar = operating_points(feeder30, 200)
    together = solve_newton(feeder30, p_kw, q_kvar)
    for case in range(0, 200, 20):
        alone = solve_newton(feeder30, p_kw[[case]], q_kvar[[case]])
        assert alone.vm_pu[0] == pytest.approx(together.vm_pu[case], abs=1e-10, rel=0)
        assert alone.loss_kw[0] == pytest.approx(together.loss_kw[case], abs=1e-7)

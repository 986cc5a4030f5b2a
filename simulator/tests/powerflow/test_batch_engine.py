"""The batch engine: many cases as one, whatever their number; compiled once for each content."""

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.tests.engines import solve_batch
from simulator.tests.feeders import changed, operating_points, plain
from simulator.tests.oracles.comparison import differences, disagreements
from simulator.tests.oracles.newton import solve_newton


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 1000])
def test_the_number_of_cases_changes_no_case(feeder30: Feeder, count: int) -> None:
    p_kw, q_kvar = (points[:count] for points in operating_points(feeder30, 1000))
    flow = solve_batch(feeder30, p_kw, q_kvar)
    assert flow.vm_pu.shape == (count, 30)
    assert flow.converged.shape == flow.iterations.shape == flow.loss_kw.shape == (count,)
    last = solve_batch(feeder30, p_kw[-1:], q_kvar[-1:])
    assert flow.vm_pu[-1] == pytest.approx(last.vm_pu[0], abs=1e-10, rel=0)
    assert flow.source_kw[-1] == pytest.approx(last.source_kw[0], abs=1e-6)


def test_no_cases_give_an_empty_result(feeder30: Feeder) -> None:
    flow = solve_batch(feeder30, np.zeros((0, 29)), np.zeros((0, 29)))
    assert flow.vm_pu.shape == (0, 30)
    assert flow.converged.shape == (0,)


def test_injections_are_left_as_they_were(feeder30: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder30, 300)
    before = p_kw.copy(), q_kvar.copy()
    solve_batch(feeder30, p_kw, q_kvar)
    assert (p_kw == before[0]).all()
    assert (q_kvar == before[1]).all()


def test_whole_numbers_and_other_memory_layouts_are_taken(feeder30: Feeder) -> None:
    whole = np.arange(58).reshape(2, 29) % 7 - 3
    expected = solve_newton(feeder30, whole, 0 * whole)
    assert disagreements(solve_batch(feeder30, whole, 0 * whole), expected) == {}
    strided = np.asfortranarray(np.repeat(whole, 2, axis=0).astype(float))[::2]
    assert disagreements(solve_batch(feeder30, strided, 0 * strided), expected) == {}


def test_iterations_count_less_at_no_load_than_at_high_load(feeder30: Feeder) -> None:
    p_kw = -np.array([[0.0], [30.0]]) * np.ones((1, 29))
    flow = solve_batch(feeder30, p_kw, 0.3 * p_kw)
    assert flow.converged.all()
    assert 0 < flow.iterations[0] < flow.iterations[1]


def test_equal_content_is_compiled_once(feeder30: Feeder) -> None:
    renamed = Feeder.model_validate({**plain(feeder30), "name": "Another name", "description": "Other words"})
    assert compile_feeder(renamed) is compile_feeder(feeder30)


def test_other_content_is_compiled_anew(feeder30: Feeder) -> None:
    """Every figure that the solution depends on makes another feeder."""
    p_kw, q_kvar = operating_points(feeder30, 20)
    before = solve(compile_feeder(feeder30), p_kw, q_kvar)
    line = {k: v for k, v in plain(feeder30)["lines"][0].items() if k not in ("r_ohm", "x_ohm")}
    trafo = plain(feeder30)["transformers"][0]
    rest = plain(feeder30)["lines"][1:]
    for edit in (
        {"lines": [{**line, "length_km": 0.07}, *rest]},
        {"lines": [{**line, "parallel": 2}, *rest]},
        {"lines": [{**line, "max_i_ka": 0.3}, *rest]},
        {"lines": [{**line, "c_nf_per_km": 800}, *rest]},
        {"transformers": [{**trafo, "pfe_kw": 0.8}]},
        {"source": {"vn_kv": 10, "vm_pu": 1.01}},
    ):
        feeder = changed(feeder30, feeder_id="feeder30", **edit)
        after = solve(compile_feeder(feeder), p_kw, q_kvar)
        assert max(differences(before, after).values()) > 1e-5, edit
        assert disagreements(after, solve_newton(feeder, p_kw, q_kvar)) == {}, edit


def test_the_result_is_the_same_type_as_the_reference_engines(feeder30: Feeder) -> None:
    flow = solve_batch(feeder30, *operating_points(feeder30, 1))
    assert isinstance(flow, PowerFlow)
    assert flow.vm_pu.dtype == flow.line_loading.dtype == np.float64
    assert flow.converged.dtype == np.bool_
    assert flow.algorithm

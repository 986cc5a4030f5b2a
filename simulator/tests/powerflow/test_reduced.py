"""Reduced key figures say what the full results say, in bounded memory."""

import tracemalloc

import numpy as np
import pytest

from simulator.grid.errors import InjectionError
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import CHUNK, solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.reduced import CaseKpis, solve_kpis
from simulator.tests.feeders import all_feeders, all_variants, operating_points

FEEDERS = all_feeders()


def reduced(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> CaseKpis:
    """Solve arrays by way of slices."""
    return solve_kpis(compile_feeder(feeder), len(p_kw), lambda rows: (p_kw[rows], q_kvar[rows]))


@pytest.mark.parametrize("name", FEEDERS)
def test_key_figures_equal_those_of_the_full_results(name: str) -> None:
    feeder = FEEDERS[name]
    p_kw, q_kvar = operating_points(feeder, 2 * CHUNK + 3)
    kpis, flow = reduced(feeder, p_kw, q_kvar), solve(compile_feeder(feeder), p_kw, q_kvar)
    assert kpis.min_vm_pu == pytest.approx(flow.vm_pu.min(axis=1), abs=1e-12)
    assert kpis.max_vm_pu == pytest.approx(flow.vm_pu.max(axis=1), abs=1e-12)
    assert kpis.line_loading == pytest.approx(flow.line_loading.max(axis=1), abs=1e-12)
    assert kpis.transformer_loading == pytest.approx(flow.transformer_loading.max(axis=1), abs=1e-12)
    assert kpis.loss_kw == pytest.approx(flow.loss_kw, abs=1e-9)
    assert kpis.source_kw == pytest.approx(flow.source_kw, abs=1e-9)
    cases = np.arange(len(p_kw))
    assert flow.vm_pu[cases, kpis.min_bus] == pytest.approx(kpis.min_vm_pu, abs=1e-12)
    assert flow.vm_pu[cases, kpis.max_bus] == pytest.approx(kpis.max_vm_pu, abs=1e-12)
    assert flow.line_loading[cases, kpis.line] == pytest.approx(kpis.line_loading, abs=1e-12)
    assert flow.transformer_loading[cases, kpis.transformer] == pytest.approx(
        kpis.transformer_loading, abs=1e-12
    )
    assert (kpis.converged == flow.converged).all()
    assert (kpis.iterations == flow.iterations).all()


def test_meshed_feeders_and_several_transformers_are_reduced_as_well() -> None:
    for name, feeder in all_variants().items():
        p_kw, q_kvar = operating_points(feeder, 5)
        flow = solve(compile_feeder(feeder), p_kw, q_kvar)
        loading = flow.transformer_loading.max(axis=1)
        assert reduced(feeder, p_kw, q_kvar).transformer_loading == pytest.approx(loading, abs=1e-12), name


def test_a_case_without_solution_has_no_figures_and_spares_the_others(feeder30: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder30, 3)
    p_kw[1] = -6000 / p_kw.shape[1]  # beyond the nose
    kpis = reduced(feeder30, p_kw, q_kvar)
    assert kpis.converged.tolist() == [True, False, True]
    assert np.isnan([kpis.min_vm_pu[1], kpis.line_loading[1], kpis.loss_kw[1], kpis.source_kw[1]]).all()
    assert (kpis.min_bus[1], kpis.max_bus[1], kpis.line[1], kpis.transformer[1]) == (-1, -1, -1, -1)
    assert np.isfinite(kpis.min_vm_pu[[0, 2]]).all()


def test_a_result_does_not_depend_on_the_cases_beside_it(feeder30: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder30, CHUNK + 7)
    alone = reduced(feeder30, p_kw[-1:], q_kvar[-1:])
    assert reduced(feeder30, p_kw, q_kvar).min_vm_pu[-1] == pytest.approx(alone.min_vm_pu[0], abs=1e-13)


def test_memory_does_not_grow_with_cases_times_buses(feeder30: Feeder) -> None:
    compiled, asked = compile_feeder(feeder30), []
    buses = compiled.ports

    def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
        asked.append(part.stop - part.start)
        p_kw = np.full((asked[-1], buses), -1.0)
        return p_kw, 0.3 * p_kw

    cases = 100_000
    tracemalloc.start()
    kpis = solve_kpis(compiled, cases, rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kpis.converged.all()
    assert sum(asked) == cases
    assert max(asked) <= CHUNK
    assert peak < cases * 100 + 8e6  # the full voltages alone would take 24 MB more


def test_threads_give_what_one_gives(feeder30: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder30, 3 * CHUNK + 1)
    one = reduced(feeder30, p_kw, q_kvar)
    two = solve_kpis(compile_feeder(feeder30), len(p_kw), lambda rows: (p_kw[rows], q_kvar[rows]), threads=2)
    assert (one.min_vm_pu == two.min_vm_pu).all()
    assert (one.iterations == two.iterations).all()


def test_impossible_injections_are_refused_whichever_chunk_they_are_in(feeder30: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder30, CHUNK + 7)
    p_kw[-1] = np.nan
    with pytest.raises(InjectionError, match="finite"):
        reduced(feeder30, p_kw, q_kvar)

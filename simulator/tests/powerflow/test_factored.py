"""Without the sweep, many injection buses are solved by sparse factors: the same numbers, less memory."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from simulator.grid.memory import MEMORY
from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.powerflow import compiled as engine
from simulator.powerflow.batch import SWEPT, solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.maps import FactoredMap
from simulator.powerflow.reduced import solve_kpis
from simulator.powerflow.reference import solve_reference
from simulator.studies.why.shares import split_currents
from simulator.tests.feeders import all_feeders, operating_points, variants
from simulator.tests.large import chain_of
from simulator.tests.studies.asking import asking, injections

# How far pandapower's sweep may stop from the solution, in pu, shares and kW.
APART = {"vm_pu": 1e-6, "line_loading": 1e-5, "transformer_loading": 1e-5}
APART |= dict.fromkeys(("loss_kw", "source_kw", "source_kvar"), 1e-3)


@pytest.fixture
def factored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All networks are factored, whatever their size."""
    MEMORY.drop_part("compiled")
    monkeypatch.setattr(engine, "MAX_WRITTEN_OUT", 0)
    yield
    MEMORY.drop_part("compiled")


@pytest.mark.usefixtures("factored")
@pytest.mark.parametrize("feeder", variants(all_feeders()["feeder_05"]), ids=lambda f: f.feeder_id)
def test_taps_meshes_and_transformers_come_out_as_pandapower_has_them(feeder: Feeder) -> None:
    p_kw, q_kvar = operating_points(feeder, 4)
    compiled = replace(compile_feeder(feeder), grid=None)
    assert isinstance(compiled.maps.whole, FactoredMap)
    found, expected = solve(compiled, p_kw, q_kvar), solve_reference(feeder, p_kw, q_kvar)
    for name in APART:
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=APART[name], rel=0), name


def test_factors_and_full_matrices_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    feeder = all_feeders()["feeder_03"]
    p_kw, q_kvar = operating_points(feeder, 6)
    p_kw[3] *= 4000  # no solution, which touches no other case
    full, columns = compile_feeder(feeder), np.array([1, 4, 5])
    MEMORY.drop_part("compiled")
    monkeypatch.setattr(engine, "MAX_WRITTEN_OUT", 0)
    sparse = compile_feeder(feeder)
    MEMORY.drop_part("compiled")
    full, sparse = replace(full, grid=None), replace(sparse, grid=None)
    expected, found = (solve(each, p_kw, q_kvar) for each in (full, sparse))
    assert (found.converged == expected.converged).all()
    for name in APART:
        assert getattr(found, name) == pytest.approx(
            getattr(expected, name), abs=1e-3 * APART[name], nan_ok=True
        ), name
    kpis = [solve_kpis(each, len(p_kw), partial(_rows, p_kw, q_kvar)) for each in (full, sparse)]
    assert kpis[1].line_loading == pytest.approx(kpis[0].line_loading, abs=1e-9, nan_ok=True)
    assert (kpis[1].min_bus == kpis[0].min_bus).all()
    assert solve(sparse, p_kw, q_kvar).converged.tolist() == [True, True, True, False, True, True]
    assert sparse.maps.whole.response(columns) == pytest.approx(full.maps.whole.response(columns), abs=1e-12)


def test_full_matrices_are_made_and_counted_when_they_are_asked_for(feeder30: Feeder) -> None:
    MEMORY.drop_part("compiled")
    p_kw, q_kvar = operating_points(feeder30, 4)
    compiled, before = compile_feeder(feeder30), MEMORY.held()["compiled"]
    assert solve(compiled, p_kw, q_kvar).algorithm == SWEPT
    assert MEMORY.held()["compiled"] == before
    matrices = replace(compiled, grid=None).maps.whole
    assert MEMORY.held()["compiled"] == before  # another object's
    assert (compiled.maps.whole(p_kw) == matrices(p_kw)).all()
    assert MEMORY.held()["compiled"] == before + compiled.maps.size_bytes
    assert compile_feeder(feeder30) is compiled


def _rows(p_kw: np.ndarray, q_kvar: np.ndarray, rows: slice) -> tuple[np.ndarray, np.ndarray]:
    return p_kw[rows], q_kvar[rows]


def test_a_chain_of_2000_buses_agrees_with_newton_raphson_in_200_mb() -> None:
    feeder = chain_of(2000)
    p_kw, q_kvar = injections(feeder, read_profiles(), [0.3], 0.0, [4, 48])
    expected = solve_reference(feeder, p_kw, q_kvar)
    assert expected.algorithm == "pandapower nr"
    MEMORY.drop_part("compiled")
    tracemalloc.start()
    compiled = compile_feeder(feeder)
    day_long = solve(compiled, *injections(feeder, read_profiles(), [0.3], 0.0, range(4, 28)))
    splitter = split_currents(asking(feeder, pv=0.3), 4)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert day_long.vm_pu[0] == pytest.approx(expected.vm_pu[0], abs=1e-7)
    assert day_long.line_loading[0] == pytest.approx(expected.line_loading[0], abs=1e-6)
    assert splitter.magnitude("bus_1999") == pytest.approx(expected.vm_pu[0, -1], abs=1e-7)
    assert compiled.size_bytes < 20_000_000
    assert peak_bytes < 200_000_000

"""The sweep beside full matrices, which know nothing of it; alone, it is the same however it is asked."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.grid.schema import Feeder
from simulator.powerflow import batch
from simulator.powerflow.batch import DENSE, SWEPT, solve
from simulator.powerflow.compiled import CompiledFeeder, compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reduced import CaseKpis, solve_kpis
from simulator.powerflow.sweep import engine
from simulator.powerflow.sweep.engine import NotCompiledError, sweep
from simulator.tests.feeders import all_variants, operating_points
from simulator.tests.powerflow.random_networks import draw_network

SEEDS = range(61)  # the last has 3,000 buses
FIELDS = tuple(vars(CaseKpis)["__dataclass_fields__"])


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sweep even where full matrices take less time."""
    monkeypatch.setattr(batch, "SWEPT_NS", 0.0)


def both(feeder: Feeder, cases: int) -> tuple[PowerFlow, PowerFlow]:
    """Return the same cases by both engines; the last is so large that few networks have a solution."""
    compiled = compile_feeder(feeder)
    p_kw, q_kvar = operating_points(feeder, cases)
    p_kw[-1] *= 50
    found, expected = solve(compiled, p_kw, q_kvar), solve(dense(compiled), p_kw, q_kvar)
    assert (found.algorithm, expected.algorithm) == (SWEPT, DENSE)
    return found, expected


def dense(compiled: CompiledFeeder) -> CompiledFeeder:
    """Return a feeder that is solved by full matrices."""
    return replace(compiled, grid=None)


def check(found: PowerFlow, expected: PowerFlow) -> None:
    """Hold two flows against each other: a 1e-9th of each voltage, 1e-6 of all ratings, 1e-5 kW."""
    assert (found.converged == expected.converged).all()
    close = {"vm_pu": 0.0, "line_loading": 1e-6, "transformer_loading": 1e-6, "source_kw": 1e-5}
    for name, most in {**close, "source_kvar": 1e-5, "loss_kw": 1e-5}.items():
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-9, atol=most)


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("name", all_variants())
def test_every_feeder_is_as_full_matrices_have_it(name: str) -> None:
    check(*both(all_variants()[name], 20))


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("seed", SEEDS)
def test_trees_and_meshes_of_2_to_3000_buses_are_as_full_matrices_have_them(seed: int) -> None:
    buses = round(2 * 1500 ** (seed / max(SEEDS))) if seed % 4 == 0 else 2 + seed
    check(*both(draw_network(seed, buses), 5))


@pytest.mark.usefixtures("swept")
def test_a_case_is_bitwise_the_same_in_any_block_chunk_and_thread(
    feeder30: Feeder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also beside cases that settle late, or never."""
    compiled = compile_feeder(feeder30)
    p_kw, q_kvar = operating_points(feeder30, 700)
    p_kw *= np.linspace(0, 40, len(p_kw))[:, None]

    def asked(threads: int = 1) -> list[bytes]:
        kpis = solve_kpis(compiled, len(p_kw), lambda rows: (p_kw[rows], q_kvar[rows]), threads)
        assert 0 < kpis.converged.sum() < len(p_kw)
        return [getattr(kpis, name).tobytes() for name in FIELDS]

    found = asked()
    assert found == asked() == asked(threads=2)
    monkeypatch.setattr(batch, "CHUNK", 33)
    assert asked() == found
    for lanes in (16, 48, 256):
        monkeypatch.setattr(engine, "lanes_for", lambda buses, cases, lanes=lanes: lanes)
        assert asked(threads=2) == found


@pytest.mark.usefixtures("swept")
def test_key_figures_are_the_extremes_of_all(feeder30: Feeder) -> None:
    compiled = compile_feeder(feeder30)
    p_kw, q_kvar = operating_points(feeder30, 40)
    below = np.linspace(0.98, 1.0, 40) * np.ones((len(feeder30.buses), 1))
    flow = solve(compiled, p_kw, q_kvar)
    kpis = solve_kpis(
        compiled, 40, lambda rows: (p_kw[rows], q_kvar[rows]), below_pu=lambda rows: below[:, rows]
    )
    assert kpis.min_vm_pu.tolist() == flow.vm_pu.min(axis=1).tolist()
    assert kpis.max_bus.tolist() == flow.vm_pu.argmax(axis=1).tolist()
    assert kpis.line_loading.tolist() == flow.line_loading.max(axis=1).tolist()
    assert kpis.line.tolist() == flow.line_loading.argmax(axis=1).tolist()
    assert kpis.loss_kw.tolist() == flow.loss_kw.tolist()
    assert kpis.rise_pu.tolist() == (flow.vm_pu - below.T).max(axis=1).tolist()


def test_where_the_sweep_is_not_compiled_full_matrices_say_the_same_and_why(
    feeder30: Feeder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "SWEPT_NS", 0.0)
    p_kw, q_kvar = operating_points(feeder30, 5)
    expected = solve(compile_feeder(feeder30), p_kw, q_kvar)
    monkeypatch.setattr(engine, "loaded", lambda: NotCompiledError("the sweep is not compiled"))
    assert engine.trouble() == "the sweep is not compiled"
    found = solve(compile_feeder(feeder30), p_kw, q_kvar)
    assert (expected.algorithm, found.algorithm) == (SWEPT, DENSE)
    check(found, expected)
    with pytest.raises(NotCompiledError):
        sweep(compile_feeder(feeder30).grid, p_kw, q_kvar)  # type: ignore[arg-type]


def test_a_call_never_compiles(feeder30: Feeder) -> None:
    """What it was not compiled for is refused, rather than compiled while somebody waits."""
    grid, powers = compile_feeder(feeder30).grid, np.zeros((3, 2), dtype=np.float32)
    solve_cases = engine.loaded()
    assert not isinstance(solve_cases, NotCompiledError)
    with pytest.raises(TypeError):
        solve_cases(grid, (powers, powers), powers, 16, powers, powers)


def test_a_meshed_network_keeps_to_full_matrices_where_they_take_less_time(feeder30: Feeder) -> None:
    """A network in which every bus joins every other fills in whole."""
    names = [bus.id for bus in feeder30.buses]
    line = feeder30.lines[0].model_dump(by_alias=True)
    pairs = [(a, b) for i, a in enumerate(names) for b in names[:i]]
    lines = [{**line, "id": f"to_{a}_from_{b}", "from": b, "to": a} for a, b in pairs]
    data = feeder30.model_dump(mode="json", by_alias=True)
    mesh = Feeder.model_validate({**data, "lines": lines, "feeder_id": "mesh"})
    p_kw, q_kvar = operating_points(mesh, 5)
    assert solve(compile_feeder(mesh), p_kw, q_kvar).algorithm == DENSE
    assert solve(compile_feeder(feeder30), p_kw, q_kvar).algorithm == SWEPT

"""The batch engine: thousands of power flows of one feeder at once, by the implicit Z-bus method.

Currents become voltages by a sweep over the factors of the admittance matrix, or by full matrices: where the
sweep is not compiled, or where a network is so meshed, or so small, that they take less time.
"""

from collections.abc import Iterator

import numpy as np

from simulator.grid.errors import InjectionError
from simulator.powerflow.compiled import BASE_KVA, CompiledFeeder
from simulator.powerflow.equations import QUANTITIES
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.injections import NOT_FINITE, check_shapes, possible_cases
from simulator.powerflow.iteration import settle
from simulator.powerflow.phase_voltages import PhaseVoltages
from simulator.powerflow.sweep.engine import LANES, is_there, sweep
from simulator.powerflow.sweep.grid import ITERATIONS, KPIS, SOURCE_KVAR, SOURCE_KW, Grid
from simulator.powerflow.watch import tell_watch

# Cases at once. With fewer, calls outweigh their work; with a power of two, rows share cache lines.
CHUNK = 1000
CHUNK_WORK = 4e9  # multiplications a chunk, a quarter of a second: large networks take fewer cases at once
CHUNK_VALUES = 1_000_000  # of a chunk: 16 MB in real and imaginary parts, and as much again at work
MIN_CHUNK = 16
USUAL_ITERATIONS = 8
SWEPT, DENSE = "sweep-1", "zbus-3"
SOLVER_VERSION = f"{SWEPT}, {DENSE}"
# Measured on one core, in nanoseconds a case: a multiplication of a matrix product, what the smallest product
# takes, a link or bus that is swept.
DENSE_NS, DENSE_LEAST_NS, SWEPT_NS = 0.035, 300.0, 1.15

Arrays = tuple[np.ndarray, np.ndarray]


def solve(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve many cases and return every voltage and loading of each.

    Beyond the nose point the iteration does not settle: such rows have no solution, the others stand.

    Shape: ``p_kw`` and ``q_kvar`` (cases, injection buses). Units: kW, kvar; positive feeds in.
    Cases beyond three times all ratings are refused: they have no solution either.
    Raises: InjectionError for injections of the wrong shape or not finite.
    Source: T.-H. Chen et al., "Distribution system power flow analysis - a rigid approach", IEEE
    Transactions on Power Delivery 6 (1991): the implicit Z-bus Gauss method.
    """
    check_shapes(p_kw, q_kvar, compiled.ports)
    grid = swept(compiled)
    if grid is not None:
        return _solve_swept(compiled, grid, p_kw, q_kvar)
    current = np.empty(p_kw.shape, dtype=complex)
    iterations = np.empty(len(p_kw), dtype=int)
    for rows in chunks(len(p_kw), cases_at_once(compiled)):
        parts, iterations[rows] = settle_kw(compiled, p_kw[rows], q_kvar[rows])
        half = p_kw.shape[1]
        current[rows] = (parts[:half] + 1j * parts[half:-1]).T
    return _read_flow(compiled, p_kw, current, iterations)


def swept(compiled: CompiledFeeder) -> Grid | None:
    """Return the feeder as the sweep takes it; None where full matrices are there to solve it."""
    grid = compiled.grid
    if grid is None or not is_there():
        return None
    dense_ns = DENSE_LEAST_NS + case_work(compiled) * DENSE_NS if compiled.written_out else np.inf
    return grid if grid.work * SWEPT_NS < dense_ns else None


def chunks(count: int, size: int = CHUNK) -> Iterator[slice]:
    """Yield the rows of one chunk after the other."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def cases_at_once(compiled: CompiledFeeder) -> int:
    """Return how many cases make a chunk: none takes long, so that work can be watched and ended."""
    grid = swept(compiled)
    if grid is not None:
        most = min(CHUNK, max(CHUNK_VALUES // grid.columns, LANES))
        return most // LANES * LANES or most  # whole blocks
    fits = min(CHUNK_WORK // case_work(compiled), CHUNK_VALUES // compiled.rows)
    return int(np.clip(fits, MIN_CHUNK, CHUNK))


def case_work(compiled: CompiledFeeder) -> int:
    """Return how many multiplications a power flow takes, about."""
    iteration, quantities = compiled.work
    return USUAL_ITERATIONS * iteration + quantities


def settle_kw(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Arrays:
    """Settle a chunk of injections (cases, injection buses); returns what ``settle`` returns.

    Raises: InjectionError for injections of the wrong shape or not finite.
    """
    check_shapes(p_kw, q_kvar, compiled.ports)
    tell_watch(len(p_kw))
    p_pu, q_pu = per_unit(p_kw, q_kvar)
    possible = possible_cases(p_pu, q_pu, compiled.extreme_kva / BASE_KVA)
    if not possible.all():
        p_pu[:, ~possible] = np.nan  # settles nowhere
    return settle(compiled, p_pu, q_pu)


def per_unit(p_kw: np.ndarray, q_kvar: np.ndarray) -> Arrays:
    """Return injections (cases, injection buses) in pu, turned to (injection buses, cases)."""
    return np.ascontiguousarray(p_kw.T) / BASE_KVA, np.ascontiguousarray(q_kvar.T) / BASE_KVA


def _read_flow(
    compiled: CompiledFeeder, p_kw: np.ndarray, current: np.ndarray, iterations: np.ndarray
) -> PowerFlow:
    quantities = compiled.maps.whole(current)
    rows = compiled.maps.rows
    source = compiled.feeder.source.vm_pu * np.conj(quantities[:, -1]) * BASE_KVA
    vm_pu, *sizes = (np.abs(quantities[:, rows[name]]) for name in QUANTITIES[:-1])
    phases = None
    if compiled.phase_rows is not None:
        phases = PhaseVoltages(vm_pu, compiled.phase_rows)
        vm_pu = phases.furthest
        sizes = [size.reshape(len(current), size.shape[1] // 3, 3).max(axis=2) for size in sizes]
    line_from, line_to, hv, lv = sizes
    return PowerFlow(
        vm_pu=vm_pu,
        line_loading=np.where(compiled.feeder.rated_lines, np.maximum(line_from, line_to), np.nan),
        transformer_loading=np.where(compiled.feeder.rated, np.maximum(hv, lv), np.nan),
        phases=phases,
        loss_kw=source.real + p_kw.sum(axis=1),
        source_kw=source.real,
        source_kvar=source.imag,
        converged=np.isfinite(current).all(axis=1),
        iterations=iterations,
        algorithm=DENSE,
    )


def _solve_swept(compiled: CompiledFeeder, grid: Grid, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    parts = [
        sweep_chunk(grid, p_kw[rows], q_kvar[rows], whole=True)
        for rows in chunks(len(p_kw), cases_at_once(compiled))
    ]
    kpis = np.concatenate([np.empty((KPIS, 0)), *(kpis for kpis, _ in parts)], axis=1)
    flows = np.concatenate([flows for _, flows in parts]) if parts else np.empty((0, grid.columns))
    vm_pu, lines, transformers = np.split(flows, np.cumsum([len(grid.place), len(grid.ends)]), axis=1)
    return PowerFlow(
        vm_pu=vm_pu,
        line_loading=np.where(compiled.feeder.rated_lines, lines, np.nan),
        transformer_loading=np.where(compiled.feeder.rated, transformers, np.nan),
        loss_kw=kpis[SOURCE_KW] + p_kw.sum(axis=1),
        source_kw=kpis[SOURCE_KW],
        source_kvar=kpis[SOURCE_KVAR],
        converged=np.isfinite(kpis[SOURCE_KW]),
        iterations=kpis[ITERATIONS].astype(int),
        algorithm=SWEPT,
    )


def sweep_chunk(
    grid: Grid,
    p_kw: np.ndarray,
    q_kvar: np.ndarray,
    below_pu: np.ndarray | None = None,
    *,
    whole: bool = False,
) -> Arrays:
    """Return what ``sweep`` does of a chunk, which the watch is told of.

    Raises: InjectionError for values that are not finite.
    """
    tell_watch(len(p_kw))
    kpis, flows = sweep(grid, p_kw, q_kvar, below_pu, whole=whole)
    lost = ~np.isfinite(kpis[SOURCE_KW])  # what is not finite has no solution
    if lost.any() and not (np.isfinite(p_kw[lost]).all() and np.isfinite(q_kvar[lost]).all()):
        raise InjectionError(NOT_FINITE)
    return kpis, flows

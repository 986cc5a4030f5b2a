"""The batch engine: thousands of power flows of one feeder at once, by the implicit Z-bus method."""

from collections.abc import Iterator

import numpy as np

from simulator.powerflow.compiled import BASE_KVA, CompiledFeeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.injections import check_shapes, possible_cases
from simulator.powerflow.iteration import settle
from simulator.powerflow.watch import tell_watch

# Cases at once. With fewer, calls outweigh their work; with a power of two, rows share cache lines.
CHUNK = 1000
CHUNK_WORK = 4e9  # multiplications a chunk, a quarter of a second: large networks take fewer cases at once
CHUNK_VALUES = 1_000_000  # of a chunk: 16 MB in real and imaginary parts, and as much again at work
MIN_CHUNK = 16
USUAL_ITERATIONS = 8
SOLVER_VERSION = "zbus-3"


def solve(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve many cases and return every voltage and loading of each.

    Beyond the nose point the iteration does not settle: such rows have no solution, the others stand.

    Shape: ``p_kw`` and ``q_kvar`` (cases, injection buses). Units: kW, kvar; positive feeds in.
    Cases beyond three times all ratings are refused: they have no solution either.
    Raises: InjectionError for injections of the wrong shape or not finite.
    Source: T.-H. Chen et al., "Distribution system power flow analysis - a rigid approach", IEEE
    Transactions on Power Delivery 6 (1991): the implicit Z-bus Gauss method.
    """
    check_shapes(p_kw, q_kvar, len(compiled.injection.base))
    current = np.empty(p_kw.shape, dtype=complex)
    iterations = np.empty(len(p_kw), dtype=int)
    for rows in chunks(len(p_kw), cases_at_once(compiled)):
        parts, iterations[rows] = settle_kw(compiled, p_kw[rows], q_kvar[rows])
        half = p_kw.shape[1]
        current[rows] = (parts[:half] + 1j * parts[half:-1]).T
    return _read_flow(compiled, p_kw, current, iterations)


def chunks(count: int, size: int = CHUNK) -> Iterator[slice]:
    """Yield the rows of one chunk after the other."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def cases_at_once(compiled: CompiledFeeder) -> int:
    """Return how many cases make a chunk: none takes long, so that work can be watched and ended."""
    fits = min(CHUNK_WORK // case_work(compiled), CHUNK_VALUES // compiled.rows)
    return int(np.clip(fits, MIN_CHUNK, CHUNK))


def case_work(compiled: CompiledFeeder) -> int:
    """Return how many multiplications a power flow takes, about."""
    iteration, quantities = compiled.work
    return USUAL_ITERATIONS * iteration + quantities


Arrays = tuple[np.ndarray, np.ndarray]


def settle_kw(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> Arrays:
    """Settle a chunk of injections (cases, injection buses); returns what ``settle`` returns.

    Raises: InjectionError for injections of the wrong shape or not finite.
    """
    check_shapes(p_kw, q_kvar, len(compiled.injection.base))
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
    source = compiled.source_vm_pu * np.conj(compiled.source(current)[:, 0]) * BASE_KVA
    lines = np.maximum(np.abs(compiled.line_from(current)), np.abs(compiled.line_to(current)))
    hv, lv = np.abs(compiled.transformer_hv(current)), np.abs(compiled.transformer_lv(current))
    return PowerFlow(
        vm_pu=np.abs(compiled.bus(current)),
        line_loading=lines,
        transformer_loading=np.where(compiled.feeder.rated, np.maximum(hv, lv), np.nan),
        loss_kw=source.real + p_kw.sum(axis=1),
        source_kw=source.real,
        source_kvar=source.imag,
        converged=np.isfinite(current).all(axis=1),
        iterations=iterations,
        algorithm=SOLVER_VERSION,
    )

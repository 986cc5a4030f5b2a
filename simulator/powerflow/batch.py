"""The batch engine: thousands of power flows of one feeder at once, by the implicit Z-bus method."""

from collections.abc import Iterator

import numpy as np

from simulator.powerflow.compiled import BASE_KVA, CompiledFeeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.injections import check_injections

TOLERANCE_PU = 1e-11
MAX_ITERATIONS = 300
CHUNK = 256  # cases whose products stay in cache
SOLVER_VERSION = "zbus-1"


def solve(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve many cases: iterate V <- w + Z conj(S / V) until no voltage moves by more than 1e-11 pu.

    w is the no-load voltage and Z the reduced impedance matrix. Beyond the nose point the iteration does
    not settle: such rows have no solution, the others stand.

    Shape: ``p_kw`` and ``q_kvar`` (cases, injection buses). Units: kW, kvar; positive feeds in.
    Raises: InjectionError for injections no feeder could see.
    Source: T.-H. Chen et al., "Distribution system power flow analysis - a rigid approach", IEEE
    Transactions on Power Delivery 6 (1991): the implicit Z-bus Gauss method.
    """
    check_injections(compiled.feeder, p_kw, q_kvar)
    power = (p_kw + 1j * q_kvar) / BASE_KVA
    current = np.empty_like(power)
    iterations = np.empty(len(power), dtype=int)
    for rows in _chunks(len(power)):
        current[rows], iterations[rows] = _settle(compiled, power[rows])
    return _read_flow(compiled, p_kw, current, iterations)


def _chunks(count: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _settle(compiled: CompiledFeeder, power: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return injected currents (NaN where nothing settles) and the iterations each case took."""
    w, z = compiled.injection.base, compiled.injection.matrix.T
    current = np.full_like(power, np.nan)
    iterations = np.full(len(power), MAX_ITERATIONS)
    open_rows = np.arange(len(power))
    voltage = np.broadcast_to(w, power.shape)
    with np.errstate(all="ignore"):  # rows without a solution overflow on their way
        for count in range(1, MAX_ITERATIONS + 1):
            injected = np.conj(power[open_rows] / voltage)
            after = w + injected @ z
            moved = np.abs(after - voltage).max(axis=1, initial=0)
            settled = moved < TOLERANCE_PU
            current[open_rows[settled]] = injected[settled]
            iterations[open_rows[settled]] = count
            going = ~settled & np.isfinite(moved)
            open_rows, voltage = open_rows[going], after[going]
            if not len(open_rows):
                break
    return current, iterations


def _read_flow(
    compiled: CompiledFeeder, p_kw: np.ndarray, current: np.ndarray, iterations: np.ndarray
) -> PowerFlow:
    source = compiled.source_vm_pu * np.conj(compiled.source(current)[:, 0]) * BASE_KVA
    lines = np.maximum(np.abs(compiled.line_from(current)), np.abs(compiled.line_to(current)))
    hv, lv = np.abs(compiled.transformer_hv(current)), np.abs(compiled.transformer_lv(current))
    return PowerFlow(
        vm_pu=np.abs(compiled.bus(current)),
        line_loading=lines,
        transformer_loading=np.maximum(hv, lv),
        loss_kw=source.real + p_kw.sum(axis=1),
        source_kw=source.real,
        source_kvar=source.imag,
        converged=np.isfinite(current).all(axis=1),
        iterations=iterations,
        algorithm=SOLVER_VERSION,
    )

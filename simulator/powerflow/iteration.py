"""The fixed point at the heart of the batch engine, in real numbers, a chunk of cases at a time.

Tried, on 29 injection buses, one thread, 7 iterations: complex products with cases along rows (1.5 times the
time of what is here), the same in real numbers (1.7: the halves of a row are no contiguous blocks), no
single precision (1.4), gathering the open cases as soon as half have settled (1.1), a start extrapolated from
the two lower levels of adoption (saves 3 iterations, but only sweeps have such neighbours, and must then run
level by level), Aitken's extrapolation (saves a tenth of one).
"""

import numpy as np

from simulator.powerflow.compiled import CompiledFeeder
from simulator.powerflow.maps import Map

ERROR_PU = 3e-10  # keeps powers within 1e-6 kW
FLOOR_PU = 1e-13  # no double moves less
MAX_ITERATIONS = 300
SINGLE_ITERATIONS = 5
FEW = 8  # an eighth of a chunk goes on alone: gathering more costs more than carrying the others along


def settle(compiled: CompiledFeeder, p_pu: np.ndarray, q_pu: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Iterate V <- w + Z conj(S / V) until the voltages' estimated error is below 3e-10 pu.

    The error is estimated from how far voltages moved and how fast the moves shrink, so that slow cases near
    the nose point are not taken for settled.

    Shape: ``p_pu`` and ``q_pu`` (injection buses, cases). Returns the injected currents, (2 injection buses
    + 1, cases): real above imaginary parts above ones, NaN where nothing settles; and each case's iterations.
    """
    with np.errstate(all="ignore"):  # cases without a solution overflow on their way
        voltage = _approach(compiled.maps.injection, p_pu, q_pu)
        moved = np.full(p_pu.shape[1], np.nan)
        return _finish(compiled.maps.injection, p_pu, q_pu, voltage, moved, SINGLE_ITERATIONS)


def _approach(injection: Map, p_pu: np.ndarray, q_pu: np.ndarray) -> np.ndarray:
    """Return voltages after the first iterations, which need no more than single precision."""
    p_pu, q_pu = p_pu.astype(np.float32), q_pu.astype(np.float32)
    no_load = np.concatenate([injection.base.real, injection.base.imag]).astype(np.float32)
    voltage = np.repeat(no_load[:, None], p_pu.shape[1], axis=1)
    current = np.ones((len(voltage) + 1, voltage.shape[1]), dtype=np.float32)
    for _ in range(SINGLE_ITERATIONS):
        injection.times(_inject(p_pu, q_pu, voltage, current), out=voltage)
    return voltage.astype(np.float64)


def _finish(
    injection: Map, p_pu: np.ndarray, q_pu: np.ndarray, voltage: np.ndarray, moved: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Iterate on from ``voltage``, which ``count`` iterations have reached and the last has ``moved``."""
    current = np.ones((len(voltage) + 1, voltage.shape[1]))
    settled_current = np.full(current.shape, np.nan)
    iterations = np.full(len(moved), MAX_ITERATIONS)
    going = np.ones(len(moved), dtype=bool)
    after = np.empty_like(voltage)
    while count < MAX_ITERATIONS:
        injection.times(_inject(p_pu, q_pu, voltage, current), out=after)
        count += 1
        voltage -= after
        before, moved = moved, np.abs(voltage, out=voltage).max(axis=0, initial=0)
        settled = going & ((moved < ERROR_PU * (1 - moved / before)) | (moved < FLOOR_PU))
        np.copyto(settled_current, current, where=settled)
        iterations[settled] = count
        going &= ~settled & np.isfinite(moved)
        left = np.flatnonzero(going)
        if len(left) <= len(going) // FEW:
            rest = (p_pu[:, left], q_pu[:, left], after[:, left], moved[left], count)
            if len(left):
                settled_current[:, left], iterations[left] = _finish(injection, *rest)
            break
        voltage, after = after, voltage
    return settled_current, iterations


def _inject(p_pu: np.ndarray, q_pu: np.ndarray, voltage: np.ndarray, current: np.ndarray) -> np.ndarray:
    """Write conj(S / V) = conj(S) V / |V|^2 into ``current``, real above imaginary parts; ones stay below."""
    half = len(p_pu)
    (re, im), (real, imaginary) = (voltage[:half], voltage[half:]), (current[:half], current[half:-1])
    p_share, work = re * re, im * im
    p_share += work
    np.reciprocal(p_share, out=p_share)
    q_share = np.multiply(q_pu, p_share, out=work)
    p_share *= p_pu
    np.multiply(p_share, re, out=real)
    np.multiply(p_share, im, out=imaginary)
    real += np.multiply(q_share, im, out=p_share)
    imaginary -= np.multiply(q_share, re, out=q_share)
    return current

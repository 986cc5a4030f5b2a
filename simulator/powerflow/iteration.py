"""The fixed point at the heart of the batch engine, in real numbers, a chunk of cases at a time.

Tried, on 29 injection buses, one thread, 7 iterations: complex products with cases along rows (1.5 times the
time of what is here), the same in real numbers (1.7: the halves of a row are no contiguous blocks), no single
precision (1.4), a start extrapolated from the two lower levels of adoption (saves 3 iterations, but only
sweeps have such neighbours, and must then run level by level), Aitken's extrapolation (saves a tenth of one).
"""

import numpy as np

from simulator.powerflow.compiled import CompiledFeeder

ERROR_PU = 3e-10  # keeps powers within 1e-6 kW
FLOOR_PU = 1e-13  # no double moves less
MAX_ITERATIONS = 300
SINGLE_ITERATIONS = 5


def settle(compiled: CompiledFeeder, p_pu: np.ndarray, q_pu: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Iterate V <- w + Z conj(S / V) until the voltages' estimated error is below 3e-10 pu.

    The error is estimated from how far voltages moved and how fast the moves shrink, so that slow cases near
    the nose point are not taken for settled.

    Shape: ``p_pu`` and ``q_pu`` (injection buses, cases). Returns the injected currents, (2 injection buses
    + 1, cases): real above imaginary parts above ones, NaN where nothing settles; and each case's iterations.
    """
    affine = compiled.injection.affine
    settled_current = np.full((affine.shape[1], p_pu.shape[1]), np.nan)
    iterations = np.full(p_pu.shape[1], MAX_ITERATIONS)
    going = np.arange(p_pu.shape[1])
    done = np.zeros(len(going), dtype=bool)
    moved = np.full(len(going), np.nan)
    with np.errstate(all="ignore"):  # cases without a solution overflow on their way
        voltage = _approach(compiled, p_pu, q_pu)
        for count in range(SINGLE_ITERATIONS + 1, MAX_ITERATIONS + 1):
            current = _inject(p_pu, q_pu, voltage)
            after = affine @ current
            voltage -= after
            before, moved = moved, np.abs(voltage, out=voltage).max(axis=0, initial=0)
            newly = ~done & ((moved < ERROR_PU * (1 - moved / before)) | (moved < FLOOR_PU))
            settled_current[:, going[newly]] = current[:, newly]
            iterations[going[newly]] = count
            done |= newly
            open_cases = ~done & np.isfinite(moved)
            voltage = after
            if not open_cases.any():
                break
            if 2 * np.count_nonzero(open_cases) <= len(done):
                p_pu, q_pu, voltage = p_pu[:, open_cases], q_pu[:, open_cases], after[:, open_cases]
                going, moved = going[open_cases], moved[open_cases]
                done = np.zeros(len(going), dtype=bool)
    return settled_current, iterations


def _approach(compiled: CompiledFeeder, p_pu: np.ndarray, q_pu: np.ndarray) -> np.ndarray:
    """Return voltages after the first iterations, which need no more than single precision."""
    affine = compiled.injection.affine_single
    p_pu, q_pu = p_pu.astype(np.float32), q_pu.astype(np.float32)
    voltage = np.repeat(affine[:, -1:], p_pu.shape[1], axis=1)
    for _ in range(SINGLE_ITERATIONS):
        np.matmul(affine, _inject(p_pu, q_pu, voltage), out=voltage)
    return voltage.astype(np.float64)


def _inject(p_pu: np.ndarray, q_pu: np.ndarray, voltage: np.ndarray) -> np.ndarray:
    """Return conj(S / V) = conj(S) V / |V|^2: real parts above imaginary parts above ones."""
    half = len(p_pu)
    re, im = voltage[:half], voltage[half:]
    share = re * re
    work = im * im
    share += work
    np.reciprocal(share, out=share)
    p_share = p_pu * share
    share *= q_pu
    current = np.empty((2 * half + 1, voltage.shape[1]), dtype=voltage.dtype)
    np.multiply(p_share, re, out=current[:half])
    current[:half] += np.multiply(share, im, out=work)
    np.multiply(p_share, im, out=current[half:-1])
    current[half:-1] -= np.multiply(share, re, out=work)
    current[-1] = 1
    return current

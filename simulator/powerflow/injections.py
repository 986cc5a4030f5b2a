"""Where power enters or leaves a feeder, and how much no feeder could ever see."""

from math import sqrt

import numpy as np

from simulator.grid.errors import InjectionError
from simulator.grid.schema import Feeder

NOT_FINITE = "injections must be finite kW and kvar"
EXTREME = 3.0  # times the ratings of all elements together


def extreme_kva(feeder: Feeder) -> float:
    """Return the apparent power that no operating point reaches: three times all ratings together."""
    lines_kva = sum(sqrt(3) * feeder.base_kv * line.rating_ka * 1000 for line in feeder.lines)
    return EXTREME * (feeder.transformer_kva + lines_kva)


def check_shapes(p_kw: np.ndarray, q_kvar: np.ndarray, buses: int) -> None:
    """Refuse injections that are not (cases, injection buses), both alike.

    Raises: InjectionError saying which shape they must have.
    """
    if p_kw.ndim != 2 or p_kw.shape != q_kvar.shape or p_kw.shape[1] != buses:
        got = f"{p_kw.shape} and {q_kvar.shape}"
        raise InjectionError(f"injections must have shape (cases, {buses}); got {got}")


def possible_cases(p_pu: np.ndarray, q_pu: np.ndarray, limit_pu: float) -> np.ndarray:
    """Return which cases a feeder could possibly see, as booleans (cases,).

    Those beyond the limit are refused one by one: they get no solution, the others stand.

    Shape: both (injection buses, cases). Units: pu of apparent power, as the limit.
    Raises: InjectionError for values that are not finite.
    """
    largest = max(p_pu.max(initial=0), -p_pu.min(initial=0)) + max(q_pu.max(initial=0), -q_pu.min(initial=0))
    if largest * len(p_pu) <= limit_pu:  # not so where anything is NaN
        return np.ones(p_pu.shape[1], dtype=bool)
    square = np.square(p_pu)
    square += np.square(q_pu)
    total_pu = np.sqrt(square, out=square).sum(axis=0)
    if not np.isfinite(total_pu).all():
        raise InjectionError(NOT_FINITE)
    return np.asarray(total_pu <= limit_pu)

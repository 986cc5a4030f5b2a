"""Where power enters or leaves a feeder, and how much no feeder could ever see."""

from math import sqrt

import numpy as np

from simulator.grid.errors import InjectionError
from simulator.grid.schema import Feeder

EXTREME = 3.0  # times the ratings of all elements together


def injection_buses(feeder: Feeder) -> np.ndarray:
    """Return the positions of the buses with customers, in the feeder's order of buses."""
    occupied = {customer.bus for customer in feeder.customers}
    return np.array([i for i, bus in enumerate(feeder.buses) if bus.id in occupied], dtype=int)


def extreme_kva(feeder: Feeder) -> float:
    """Return the apparent power that no operating point reaches: three times all ratings together."""
    lines_kva = sum(sqrt(3) * feeder.base_kv * line.rating_ka * 1000 for line in feeder.lines)
    return EXTREME * (feeder.transformer_kva + lines_kva)


def check_injections(p_kw: np.ndarray, q_kvar: np.ndarray, buses: int, limit_kva: float) -> None:
    """Refuse what is no possible operating point of a feeder with so many injection buses.

    Shape: both (cases, injection buses). Positive values feed into the network.

    Raises:
        InjectionError: wrong shape, values that are not finite, or a case whose apparent power exceeds
            ``limit_kva``.
    """
    if p_kw.ndim != 2 or p_kw.shape != q_kvar.shape or p_kw.shape[1] != buses:
        raise InjectionError(
            f"injections must have shape (cases, {buses}); got {p_kw.shape} and {q_kvar.shape}"
        )
    total_kva = np.sqrt(p_kw * p_kw + q_kvar * q_kvar).sum(axis=1)
    if not np.isfinite(total_kva).all():
        raise InjectionError("injections must be finite kW and kvar")
    if total_kva.size and total_kva.max() > limit_kva:
        raise InjectionError(
            f"injections of {total_kva.max():.0f} kVA exceed {limit_kva:.0f} kVA, "
            "three times the ratings of all transformers and lines together"
        )

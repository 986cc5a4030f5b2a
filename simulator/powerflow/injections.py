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


def check_injections(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> None:
    """Refuse what is no possible operating point.

    Shape: both (cases, injection buses). Positive values feed into the network.

    Raises:
        InjectionError: wrong shape, values that are not finite, or a case whose apparent power exceeds
            three times the ratings of all transformers and lines together.
    """
    count = len(injection_buses(feeder))
    if p_kw.ndim != 2 or p_kw.shape != q_kvar.shape or p_kw.shape[1] != count:
        raise InjectionError(
            f"injections must have shape (cases, {count}); got {p_kw.shape} and {q_kvar.shape}"
        )
    total_kva = np.hypot(p_kw, q_kvar).sum(axis=1)
    if not np.isfinite(total_kva).all():
        raise InjectionError("injections must be finite kW and kvar")
    lines_kva = sum(sqrt(3) * feeder.base_kv * line.rating_ka * 1000 for line in feeder.lines)
    limit_kva = EXTREME * (feeder.transformer_kva + lines_kva)
    if total_kva.size and total_kva.max() > limit_kva:
        raise InjectionError(
            f"injections of {total_kva.max():.0f} kVA exceed {limit_kva:.0f} kVA, "
            "three times the ratings of all transformers and lines together"
        )

"""How a value stands against its limit: within, near it, or beyond; the same in cards and tables.

Only a value beyond its limit is ``violated``; a value exactly at a limit is within it.
"""

from collections.abc import Iterable
from math import isnan

from simulator.grid.limits import Limits
from simulator.reports.report import State
from simulator.studies.run.triggers import HIGH_LOADING

EDGE = 0.1  # share of a voltage band, or of the rise allowed, that counts as near its limit
NEAR = "near a limit"
_ORDER: tuple[State, ...] = ("plain", "ok", "high", "violated", "unknown")


def voltage_state(vm_pu: float | None, limits: Limits) -> State:
    """Return how a voltage in pu stands in its band; None and NaN have no solution."""
    if vm_pu is None or isnan(vm_pu):
        return "unknown"
    low, high = limits.vm_min_pu, limits.vm_max_pu
    if not low <= vm_pu <= high:
        return "violated"
    edge = EDGE * (high - low)
    return "ok" if low + edge <= vm_pu <= high - edge else "high"


def loading_state(loading: float | None, limits: Limits) -> State:
    """Return how a loading, a share of rating, stands; None and NaN have no solution."""
    if loading is None or isnan(loading):
        return "unknown"
    if loading > limits.loading_max:
        return "violated"
    return "high" if loading >= HIGH_LOADING * limits.loading_max else "ok"


def rise_state(rise: float | None, limits: Limits) -> State:
    """Return how a rise by generation, a share, stands; plain where nothing bounds it."""
    if limits.rise_max is None:
        return "plain"
    if rise is None or isnan(rise):
        return "unknown"
    if rise > limits.rise_max:
        return "violated"
    return "high" if rise >= (1 - EDGE) * limits.rise_max else "ok"


def worst_state(states: Iterable[State]) -> State:
    """Return the worst of several; plain where there is none."""
    return max(states, key=_ORDER.index, default="plain")

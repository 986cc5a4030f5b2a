"""How far two results lie apart, quantity by quantity, and whether that is too far."""

from dataclasses import dataclass

import numpy as np

from simulator.powerflow.flow import PowerFlow


@dataclass(frozen=True)
class Tolerance:
    """The largest difference that counts as equal: pu of voltage, fraction of rating, kW and kvar."""

    vm_pu: float
    loading: float
    power: float


# The batch engine and Newton-Raphson solve the same equations: only their stopping rules differ.
TIGHT = Tolerance(vm_pu=1e-8, loading=1e-8, power=1e-6)
# pandapower's sweep stops at a mismatch of 1e-8 MVA a bus: 2e-7 pu at the end of a long thin line.
SWEEP = Tolerance(vm_pu=1e-6, loading=1e-6, power=1e-3)


def differences(one: PowerFlow, other: PowerFlow) -> dict[str, float]:
    """Return the largest absolute difference of each quantity; infinite where only one has a number."""
    return {
        name: _largest(getattr(one, name), getattr(other, name))
        for name in ("vm_pu", "line_loading", "transformer_loading", "loss_kw", "source_kw", "source_kvar")
    }


def disagreements(one: PowerFlow, other: PowerFlow, tolerance: Tolerance = TIGHT) -> dict[str, float]:
    """Return the quantities that differ by more than the tolerance, with their differences."""
    allowed = {
        "vm_pu": tolerance.vm_pu,
        "line_loading": tolerance.loading,
        "transformer_loading": tolerance.loading,
        "loss_kw": tolerance.power,
        "source_kw": tolerance.power,
        "source_kvar": tolerance.power,
    }
    return {name: found for name, found in differences(one, other).items() if not found <= allowed[name]}


def _largest(one: np.ndarray, other: np.ndarray) -> float:
    if one.shape != other.shape or (np.isnan(one) != np.isnan(other)).any():
        return float("inf")
    return float(np.nanmax(np.abs(one - other), initial=0.0))

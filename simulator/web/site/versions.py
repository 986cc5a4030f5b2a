"""The versions that an answer depends on, for the foot of a report."""

from functools import cache
from importlib.metadata import version

from simulator.powerflow.batch import SOLVER_VERSION


@cache
def versions() -> str:
    """Return the versions of solver, modelling layer and arithmetic in one line."""
    return f"solver {SOLVER_VERSION}, pandapower {version('pandapower')}, NumPy {version('numpy')}"

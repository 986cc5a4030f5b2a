"""The versions that an answer depends on, for the foot of a report."""

from functools import cache
from importlib.metadata import version

from simulator.powerflow.batch import DENSE, SWEPT
from simulator.powerflow.sweep.engine import is_there


@cache
def versions() -> str:
    """Return the versions of solver, modelling layer and arithmetic in one line."""
    solver = f"{SWEPT} (numba {version('numba')})" if is_there() else DENSE
    return f"solver {solver}, pandapower {version('pandapower')}, NumPy {version('numpy')}"

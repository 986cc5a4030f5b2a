"""The product's engines, both called in the same way."""

from collections.abc import Callable

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow

Solver = Callable[[Feeder, np.ndarray, np.ndarray], PowerFlow]


def solve_batch(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Compile and solve by the batch engine."""
    return solve(compile_feeder(feeder), p_kw, q_kvar)

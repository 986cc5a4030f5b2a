"""The product's engines, called in the same way; by phase with customers' powers."""

from collections.abc import Callable

import numpy as np

from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.ports import phase_ports_of

Solver = Callable[[Feeder, np.ndarray, np.ndarray], PowerFlow]


def solve_batch(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Compile and solve by the batch engine."""
    return solve(compile_feeder(feeder), p_kw, q_kvar)


def solve_by_phase(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> PowerFlow:
    """Solve powers of customers, (cases, customers), by the phases that these are on."""
    ports = phase_ports_of(feeder)
    return solve(compile_feeder(feeder, ports), ports.sum(p_kw), ports.sum(q_kvar))

"""What a feeder does at levels of PV adoption: solved for every limit set at once, few levels in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.assessment.cases import flow_without_pv, solve_levels
from simulator.assessment.violations import Assessment, assess
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow

# Thousandths of the PV potential.
LEVELS = tuple(range(0, 1001, 50))  # the 21 points of the curve
ALL = LEVELS[-1]
BEYOND = (
    tuple(range(1100, 2001, 100)),
    tuple(range(2250, 4001, 250)),
    tuple(range(4500, 10_001, 500)),
)  # where nothing binds at the potential: searched block by block
MOST_TIMES = BEYOND[-1][-1] // ALL  # the potential: where the search ends
CELLS = 500_000  # values held against limits at once


@dataclass(frozen=True, eq=False)
class Levels:
    """Power flows of one feeder at a set of quarter-hours; limits change none of them.

    Adoption comes in thousandths.
    """

    feeder: Feeder
    profiles: Profiles
    hours: Sequence[int]
    battery_adoption: float
    pv_power_factor: float = 1.0

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The quarter-hours in order, each once."""
        return tuple(sorted(set(self.hours)))

    def flows(self, thousandths: Sequence[int]) -> Iterator[tuple[Sequence[int], PowerFlow]]:
        """Yield levels with their flow, level by level, as many at once as memory should hold."""
        values = 3 * len(self.feeder.buses) + len(self.feeder.lines) + len(self.feeder.transformers)
        size = max(1, CELLS // (values * len(self.steps)))
        for start in range(0, len(thousandths), size):
            block = thousandths[start : start + size]
            yield block, self._solve(block)

    def at(self, thousandths: int) -> PowerFlow:
        """Return the flow of one level."""
        return self._solve([thousandths])

    def assess(self, flow: PowerFlow, limits: Limits) -> Assessment:
        """Hold one or more levels' flow against limits."""
        rows = np.tile(self.steps, len(flow.converged) // len(self.steps))
        return assess(self.feeder, flow, limits, rows, self.without_pv if limits.rise_max else None)

    @cached_property
    def without_pv(self) -> PowerFlow:
        """The flow with generation and batteries off, step by step."""
        return flow_without_pv(self.feeder, self.profiles, self.steps)

    def _solve(self, thousandths: Sequence[int]) -> PowerFlow:
        adoption = [t / ALL for t in thousandths]
        asked = (adoption, self.battery_adoption, self.steps, self.pv_power_factor)
        return solve_levels(self.feeder, self.profiles, *asked)

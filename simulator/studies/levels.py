"""What a feeder does at levels of PV adoption: solved when first asked for, kept for every limit set."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.studies.assessment import Assessment, assess
from simulator.studies.cases import flow_without_pv, solve_levels

LEVELS = tuple(range(0, 1001, 50))  # thousandths of adoption: the 21 points of the curve


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
    _solved: dict[int, PowerFlow] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The quarter-hours in order, each once."""
        return tuple(sorted(set(self.hours)))

    @cached_property
    def curve(self) -> PowerFlow:
        """The flow of the 21 levels, level by level."""
        return self._solve(LEVELS)

    def at(self, thousandths: int) -> PowerFlow:
        """Return the flow of one level."""
        if thousandths not in self._solved:
            self._solved[thousandths] = self._solve([thousandths])
        return self._solved[thousandths]

    def assess(self, flow: PowerFlow, limits: Limits) -> Assessment:
        """Hold one or more levels' flow against limits."""
        rows = np.tile(self.steps, len(flow.converged) // len(self.steps))
        return assess(self.feeder, flow, limits, rows, self.without_pv if limits.rise_max else None)

    @cached_property
    def without_pv(self) -> PowerFlow:
        """The flow with generation and batteries off, step by step."""
        return flow_without_pv(self.feeder, self.profiles, self.steps)

    def _solve(self, thousandths: Sequence[int]) -> PowerFlow:
        adoption = [t / 1000 for t in thousandths]
        asked = (adoption, self.battery_adoption, self.steps, self.pv_power_factor)
        return solve_levels(self.feeder, self.profiles, *asked)

"""What a feeder does at levels of PV adoption: solved for every limit set at once, few levels in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.assessment.cases import flow_without_generation, solve_levels
from simulator.assessment.violations import Assessment, assess
from simulator.grid.limits import Limits
from simulator.powerflow.flow import PowerFlow
from simulator.studies.sweep.question import SweepQuestion
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import TECHNOLOGIES

# Thousandths of the PV potential.
LEVELS = tuple(range(0, 1001, 50))  # the 21 points of the curve
ALL = LEVELS[-1]
BEYOND = (
    tuple(range(1100, 2001, 100)),
    tuple(range(2250, 4001, 250)),
    tuple(range(4500, 10_001, 500)),
)  # where nothing binds at the potential: searched block by block
MAX_TIMES = BEYOND[-1][-1] // ALL  # the potential: where the search ends
CELLS = 500_000  # values held against limits at once


@dataclass(frozen=True, eq=False)
class Levels:
    """Power flows of one feeder at a set of quarter-hours; limits change none of them.

    Adoption comes in thousandths.
    """

    question: SweepQuestion

    @property
    def steps(self) -> tuple[int, ...]:
        """The quarter-hours in order, each once."""
        return self.question.steps

    @cached_property
    def potential(self) -> float:
        """What a share of 1 installs at all customers, in the technology's unit."""
        return self.question.potential(self.question.over)

    def flows(self, thousandths: Sequence[int]) -> Iterator[tuple[Sequence[int], PowerFlow]]:
        """Yield levels with their flow, level by level, as many at once as memory should hold."""
        feeder = self.question.feeder
        values = 3 * len(feeder.buses) + len(feeder.lines) + len(feeder.transformers)
        size = max(1, CELLS // (values * len(self.steps)))
        for start in range(0, len(thousandths), size):
            block = thousandths[start : start + size]
            yield block, self._solve(block)

    def at(self, thousandths: int) -> PowerFlow:
        """Return the flow of one level."""
        return self._solve([thousandths])

    def assess(self, thousandths: Sequence[int], flow: PowerFlow, limits: Limits) -> Assessment:
        """Hold the levels' flow against limits."""
        rows = np.tile(self.steps, len(thousandths))
        bare = self.without_generation(thousandths) if limits.rise_max else None
        return assess(self.question.feeder, flow, limits, rows, bare)

    def without_generation(self, thousandths: Sequence[int]) -> PowerFlow:
        """Return the flow with generation off, of one level where levels differ in generation alone."""
        if TECHNOLOGIES[self.question.over].generates:
            return self._without_generation
        return flow_without_generation(self.question, self._adoption(thousandths), self.steps)

    @cached_property
    def _without_generation(self) -> PowerFlow:
        return flow_without_generation(self.question, [self.question.adoption], self.steps)

    def _solve(self, thousandths: Sequence[int]) -> PowerFlow:
        return solve_levels(self.question, self._adoption(thousandths), self.steps)

    def _adoption(self, thousandths: Sequence[int]) -> list[Adoption]:
        return self.question.adopting(self.question.over, [t / ALL for t in thousandths])

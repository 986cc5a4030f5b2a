"""The question of a hosting capacity under every limit set."""

from simulator.grid.limits import LIMIT_SETS, Limits
from simulator.studies.sweep.question import SweepQuestion


class StandardsQuestion(SweepQuestion):
    """How much a feeder hosts under each named limit set, and under limits of one's own."""

    own: Limits | None = None

    @property
    def limits_asked(self) -> tuple[Limits, ...]:
        """All limits that the answer is held against."""
        return (*LIMIT_SETS.values(), *([self.own] if self.own else []))

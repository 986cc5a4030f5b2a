"""The question of a hosting capacity under every limit set."""

from typing import Annotated

from simulator.grid.limits import DEFAULT_LIMITS, LIMIT_SETS, Limits
from simulator.questions.fields import HIGH, LOADING, LOW, RISE
from simulator.studies.sweep.question import SweepQuestion


class StandardsQuestion(SweepQuestion):
    """How much a feeder hosts under each named limit set, and under limits of one's own."""

    limits: Limits = DEFAULT_LIMITS
    own: Annotated[Limits | None, LOW, HIGH, RISE, LOADING] = None

    @property
    def limits_asked(self) -> tuple[Limits, ...]:
        """All limits that the answer is held against."""
        return (*LIMIT_SETS.values(), *([self.own] if self.own else []))

"""The question of Monte Carlo: who adopts, nobody knows."""

from collections.abc import Sequence
from typing import Annotated, Literal

from simulator.questions.fields import Asked
from simulator.questions.kinds import Count, OneOf
from simulator.questions.over import CapacityQuestion
from simulator.studies.sweep.question import SweepQuestion

DRAWN = "a whole number from 1 on: how many orders of adoption to draw"


class MonteCarloQuestion(CapacityQuestion):
    """How many orders of adoption are drawn, and from which seed: the same seed gives the same answer.

    ``quarter_hours`` is "all", or "binding" for those that can bind: the answer is the same.
    """

    placements: Annotated[int, Asked("placements", "Placements", Count(1), "first", DRAWN)] = 1000
    seed: Annotated[int, Asked("seed", "Seed", Count(0, 2**32 - 1), "first")] = 1
    quarter_hours: Annotated[
        Literal["binding", "all"],
        Asked(
            "quarter_hours",
            "Quarter-hours",
            OneOf((("binding", "those that can bind"), ("all", "all 96"))),
            "last",
            "binding, those that can bind, or all, all 96",
        ),
    ] = "binding"

    def sweep_at(self, steps: Sequence[int]) -> SweepQuestion:
        """Return the question of the even spread, at some quarter-hours."""
        return self.asking(SweepQuestion, steps=steps, over=self.over)

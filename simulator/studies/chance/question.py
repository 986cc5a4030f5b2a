"""The question of chance: who adopts, nobody knows."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from simulator.questions.over import OverQuestion
from simulator.studies.sweep.question import SweepQuestion

DEFAULT_PLACEMENTS, DEFAULT_SEED = 1000, 1


class ChanceQuestion(OverQuestion):
    """How many orders of adoption are drawn, and from which seed: the same seed gives the same answer.

    ``quarter_hours`` is "all", or "binding" for those that can bind: the answer is the same.
    """

    placements: Annotated[int, Field(ge=1)] = DEFAULT_PLACEMENTS
    seed: Annotated[int, Field(ge=0, lt=2**32)] = DEFAULT_SEED
    quarter_hours: Literal["binding", "all"] = "binding"

    def sweep_at(self, steps: Sequence[int]) -> SweepQuestion:
        """Return the question of the even spread, at some quarter-hours."""
        return self.asking(SweepQuestion, steps=steps, over=self.over)

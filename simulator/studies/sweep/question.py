"""The question of a hosting capacity."""

from typing import Annotated

from simulator.questions.over import CapacityQuestion
from simulator.questions.values import DEFAULT_SWEEP_STEPS, TIMES, Steps


class SweepQuestion(CapacityQuestion):
    """How much of a technology a feeder hosts, at quarter-hours of the day."""

    steps: Annotated[Steps, TIMES] = DEFAULT_SWEEP_STEPS

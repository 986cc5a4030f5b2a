"""The question of a hosting capacity."""

from simulator.questions.over import OverQuestion
from simulator.questions.values import DEFAULT_SWEEP_STEPS, Steps


class SweepQuestion(OverQuestion):
    """How much of a technology a feeder hosts, at quarter-hours of the day."""

    steps: Steps = DEFAULT_SWEEP_STEPS

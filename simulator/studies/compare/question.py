"""The question of a comparison of feeders."""

from simulator.questions.values import DEFAULT_SWEEP_STEPS, Steps
from simulator.studies.run.question import RunQuestion


class CompareQuestion(RunQuestion):
    """What a feeder does at a quarter-hour, and what it hosts at ``steps``."""

    steps: Steps = DEFAULT_SWEEP_STEPS

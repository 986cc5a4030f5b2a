"""The question of a comparison of feeders."""

from dataclasses import replace
from typing import Annotated

from simulator.questions.values import DEFAULT_SWEEP_STEPS, TIMES, Steps
from simulator.studies.run.question import RunQuestion


class CompareQuestion(RunQuestion):
    """What a feeder does at a quarter-hour, and what it hosts at ``steps``."""

    steps: Annotated[Steps, replace(TIMES, place="last")] = DEFAULT_SWEEP_STEPS

"""What fields of a question hold, and what they hold where nobody says otherwise."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from simulator.grid.clock import STEPS_PER_DAY
from simulator.questions.fields import POWER_FACTOR, Asked
from simulator.questions.kinds import Moments


def _quantise(share: float) -> float:
    """Round to what people can ask for, so that equal questions are equal."""
    return round(share, 4) + 0.0  # turns -0.0 into 0.0


def _in_order(steps: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(steps)))


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(_quantise)]
PowerFactor = Annotated[float, POWER_FACTOR]
Step = Annotated[int, Field(ge=0, lt=STEPS_PER_DAY)]
Steps = Annotated[tuple[Step, ...], Field(min_length=1), AfterValidator(_in_order)]
TIMES = Asked("times", "Quarter-hours", Moments(), "first", api="steps", was="hours")
WHEN_ACCEPTS = "time, the quarter-hour alone, or day, all 96"
When = Literal["time", "day"]  # a quarter-hour alone, or all 96 of its day

DEFAULT_STEP = 48
DEFAULT_SWEEP_STEPS = (28, 48, 74)  # 07:00, 12:00, 18:30

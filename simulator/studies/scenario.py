"""The one question every page starts from: a feeder, its adoption of PV and batteries, a quarter-hour."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from simulator.grid.clock import STEPS_PER_DAY, time_of
from simulator.grid.limits import DEFAULT_LIMITS, Limits


def _quantise(share: float) -> float:
    """Round to what people can ask for, so that equal questions are equal scenarios."""
    return round(share, 4) + 0.0  # turns -0.0 into 0.0


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(_quantise)]
When = Literal["time", "day"]  # a scenario's quarter-hour alone, or all 96 of its day
Step = Annotated[int, Field(ge=0, lt=STEPS_PER_DAY)]


class Scenario(BaseModel):
    """PV and battery adoption (0..1) on a feeder at a quarter-hour (0..95), under a limit set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feeder_id: str
    pv_adoption: Share
    battery_adoption: Share
    hour: Step
    limits: Limits = DEFAULT_LIMITS

    @property
    def time(self) -> str:
        """The quarter-hour as ``HH:MM``."""
        return time_of(self.hour)


DEFAULT_ADOPTION = {"pv_adoption": 0.3, "battery_adoption": 0.0}
DEFAULT_HOUR = 48
DEFAULT_SWEEP_HOURS = (28, 48, 74)  # 07:00, 12:00, 18:30

# name: (hour, PV adoption, battery adoption)
PRESETS: dict[str, tuple[int, float, float]] = {
    "Morning": (28, 0.2, 0.1),
    "Noon": (48, 0.6, 0.1),
    "Evening": (74, 0.1, 0.2),
    "High PV": (48, 0.9, 0.0),
}

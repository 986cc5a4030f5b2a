"""A feeder's line in a list: what it is, and what its day comes to."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from simulator.assessment.violations import Violation
from simulator.grid.schema import Feeder
from simulator.grid.summary import FeederSummary
from simulator.studies.feeders.day_status import DayLine

# What a line tells: one that was kept with other fields is not read, but computed anew.
FORM = (*FeederSummary.model_fields, *(each.name for each in fields(Violation)))


@dataclass(frozen=True)
class FeederLine:
    """A feeder without its network, and its day."""

    feeder: FeederSummary
    day: DayLine

    @classmethod
    def of(cls, feeder: Feeder, day: DayLine) -> Self:
        """Return the line of a feeder."""
        return cls(FeederSummary.of(feeder), day)

    @classmethod
    def read(cls, plain: dict[str, Any], **words: str) -> Self:
        """Return the line that was kept as plain data, with the feeder's words as they are now."""
        day = DayLine(Violation(**plain["tightest"]), plain["violated_steps"])
        return cls(FeederSummary.model_validate({**plain["feeder"], **words}), day)

    @property
    def plain(self) -> dict[str, Any]:
        """All of it as plain data."""
        tightest, steps = asdict(self.day.tightest), self.day.violated_steps
        return {"feeder": self.feeder.model_dump(mode="json"), "tightest": tightest, "violated_steps": steps}

"""A scenario: what an answer at one quarter-hour says that it was asked."""

from dataclasses import dataclass

from simulator.grid.clock import time_of
from simulator.grid.limits import Limits
from simulator.technologies.powers import Adoption


@dataclass(frozen=True)
class Scenario:
    """A feeder's adoption, shares by technology, at a quarter-hour (0..95), under a limit set."""

    feeder_id: str
    adoption: Adoption
    step: int
    limits: Limits

    @property
    def time(self) -> str:
        """The quarter-hour as ``HH:MM``."""
        return time_of(self.step)

"""By which standard: the hosting capacity under every named limit set, and under a person's own."""

from dataclasses import dataclass

from simulator.grid.limits import Limits
from simulator.studies.sizes import standards_size
from simulator.studies.standards.question import StandardsQuestion
from simulator.studies.sweep.hosting_capacity import Sweep, sweep_all
from simulator.studies.sweep.levels import Levels
from simulator.studies.task import Task, by_itself
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import Over


@dataclass(frozen=True)
class Standards(Over):
    """A sweep for each limit set, in the order in which they are named; own limits come last."""

    steps: tuple[int, ...]
    adoption: Adoption
    over: str
    own: Limits | None
    sweeps: tuple[Sweep, ...]

    @property
    def asked(self) -> bool:
        """Whether there is any potential to ask about."""
        return all(sweep.asked for sweep in self.sweeps)

    @property
    def potential(self) -> float:
        """What a share of 1 installs, in the technology's unit."""
        return self.sweeps[0].potential

    @property
    def lowest(self) -> tuple[Sweep, ...]:
        """The sweeps with the lowest hosting capacity."""
        return self._at(min(sweep.capacity.adoption for sweep in self.sweeps))

    @property
    def highest(self) -> tuple[Sweep, ...]:
        """The sweeps with the highest hosting capacity."""
        return self._at(max(sweep.capacity.adoption for sweep in self.sweeps))

    def _at(self, adoption: float) -> tuple[Sweep, ...]:
        return tuple(sweep for sweep in self.sweeps if sweep.capacity.adoption == adoption)


def standards(question: StandardsQuestion) -> Standards:
    """Find the hosting capacity under each limit set, at the given quarter-hours.

    A rise rule compares generation on with generation off at each bus. The power flows serve all sets.
    """
    sweeps = sweep_all(Levels(question), question.limits_asked)
    return Standards(question.steps, question.adoption, question.over, question.own, sweeps)


STANDARDS = Task("standards", by_itself(standards), standards_size)

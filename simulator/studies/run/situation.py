"""What guidance looks at: a snapshot, and what other studies say of the same scenario."""

from dataclasses import dataclass

from simulator.assessment.violations import VOLTAGE_KINDS, Kind, Violation
from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.schema import Feeder
from simulator.questions.question import Question
from simulator.studies.feeders.day_status import DAY_STATUS, DayStatus
from simulator.studies.measures.measures import MEASURES, Measures
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import SNAPSHOT, Snapshot
from simulator.studies.sweep.hosting_capacity import SWEEP, Sweep
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import Asking
from simulator.studies.why.question import WhyQuestion
from simulator.studies.why.why import WHY, Why

LOOKED_AT = (SNAPSHOT, DAY_STATUS, WHY, SWEEP, MEASURES)


@dataclass(frozen=True)
class Situation:
    """All that rules may look at.

    ``day`` is the same scenario over the whole day; ``why`` explains the snapshot's worst voltage, where
    one is violated; ``sweep`` is how much PV the feeder hosts, and ``measures`` what would help, where
    anything is violated. Both are None where they take too long.
    """

    feeder: Feeder
    snapshot: Snapshot
    sweep: Sweep | None
    day: DayStatus
    why: Why | None
    measures: Measures | None

    def worst(self, kind: Kind) -> Violation | None:
        """Return the worst violation of a kind, if there is one."""
        return next((v for v in self.snapshot.violations if v.kind == kind), None)

    def count(self, kind: Kind) -> int:
        """Return how many elements violate a kind of limit."""
        return sum(v.kind == kind for v in self.snapshot.violations)


def read_situation(question: RunQuestion, snapshot: Snapshot, asking: Asking) -> Situation:
    """Return the situation of a snapshot.

    How much the feeder hosts, and where something is violated what would help, are those of the whole day,
    if they are known soon: on a network so large that they are not, the guidance tells neither.
    """
    usual = question.asking(SweepQuestion, steps=tuple(range(STEPS_PER_DAY)))
    swept = asking.soon(SWEEP, usual)
    measures = asking.soon(MEASURES, usual) if swept and snapshot.violations else None
    worst = next((v.element for v in snapshot.violations if v.kind in VOLTAGE_KINDS), None)
    why = None
    if worst:
        why = asking.ask(WHY, question.asking(WhyQuestion, step=question.step, when="time", bus=worst))
    day = asking.ask(DAY_STATUS, question.asking(Question))
    return Situation(question.feeder, snapshot, swept, day, why, measures)

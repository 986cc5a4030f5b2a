"""What guidance looks at: a snapshot, and what other studies say of the same scenario."""

from simulator.assessment.violations import VOLTAGE_KINDS
from simulator.grid.clock import STEPS_PER_DAY
from simulator.questions.question import Question
from simulator.studies.feeders.day_status import DAY_STATUS
from simulator.studies.guidance import Situation
from simulator.studies.measures.measures import MEASURES
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import SNAPSHOT, Snapshot
from simulator.studies.sweep.hosting_capacity import SWEEP
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import Asking
from simulator.studies.why.ledger import WHY
from simulator.studies.why.question import WhyQuestion

LOOKED_AT = (SNAPSHOT, DAY_STATUS, WHY, SWEEP, MEASURES)


def read_situation(question: RunQuestion, snapshot: Snapshot, asking: Asking) -> Situation:
    """Return the situation of a snapshot.

    How much the feeder hosts, and where something is violated what would help, are those of the whole day,
    if they are known soon: on a network so large that they are not, the guidance tells neither.
    """
    usual = question.asking(SweepQuestion, steps=tuple(range(STEPS_PER_DAY)))
    swept = asking.soon(SWEEP, usual)
    measures = asking.soon(MEASURES, usual) if swept and snapshot.violations else None
    worst = next((v.element for v in snapshot.violations if v.kind in VOLTAGE_KINDS), None)
    ledger = None
    if worst:
        ledger = asking.ask(WHY, question.asking(WhyQuestion, step=question.step, when="time", bus=worst))
    day = asking.ask(DAY_STATUS, question.asking(Question))
    return Situation(question.feeder, snapshot, swept, day, ledger, measures)

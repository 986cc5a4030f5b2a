"""What guidance looks at: a snapshot, and what other studies say of the same scenario."""

from simulator.assessment.violations import VOLTAGE_KINDS
from simulator.studies.feeders.day_status import day_status
from simulator.studies.guidance import Situation
from simulator.studies.measures.measures import Measures
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import Snapshot
from simulator.studies.sweep.hosting_capacity import Sweep
from simulator.studies.why.ledger import explain_voltage
from simulator.studies.why.question import WhyQuestion


def read_situation(
    question: RunQuestion, snapshot: Snapshot, swept: Sweep | None, measures: Measures | None
) -> Situation:
    """Return the situation of a snapshot; sweep and measures come from their own studies."""
    worst = next((v.element for v in snapshot.violations if v.kind in VOLTAGE_KINDS), None)
    ledger = None
    if worst:
        ledger = explain_voltage(question.asking(WhyQuestion, step=question.step, when="time", bus=worst))
    return Situation(question.feeder, snapshot, swept, day_status(question), ledger, measures)

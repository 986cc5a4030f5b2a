"""A run: a quarter-hour with the guidance on it."""

from dataclasses import dataclass

from simulator.studies.guidance import Finding
from simulator.studies.rules import advise
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.situation import LOOKED_AT, read_situation
from simulator.studies.run.snapshot import SNAPSHOT, Snapshot
from simulator.studies.task import ALONE, Asking, Task


@dataclass(frozen=True, eq=False)
class Run:
    """A snapshot and what fires on it; ``findings`` None are still to be computed."""

    snapshot: Snapshot
    findings: tuple[Finding, ...] | None


def run(question: RunQuestion, asking: Asking = ALONE) -> Run:
    """Solve one quarter-hour and return key figures and violations, with the guidance on them."""
    snapshot = asking.ask(SNAPSHOT, question)
    return Run(snapshot, advise("run", read_situation(question, snapshot, asking)))


RUN = Task("run", run, None, needs=LOOKED_AT, kept=False)

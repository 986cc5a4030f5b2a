"""A run: a quarter-hour with the guidance on it."""

from dataclasses import dataclass

from simulator.studies.guidance import Finding
from simulator.studies.run.question import RunQuestion
from simulator.studies.run.snapshot import Snapshot, simulate


@dataclass(frozen=True, eq=False)
class Run:
    """A snapshot and what fires on it; ``findings`` None are still to be computed."""

    snapshot: Snapshot
    findings: tuple[Finding, ...] | None


def run(question: RunQuestion) -> Run:
    """Solve one quarter-hour and return key figures and violations; guidance needs other studies' answers."""
    return Run(simulate(question), None)

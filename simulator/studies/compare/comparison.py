"""Feeders side by side under one scenario, with what each can host."""

from dataclasses import dataclass

from simulator.assessment.cases import solve_cases
from simulator.assessment.kpis import Kpis, read_kpis
from simulator.assessment.violations import Violation
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.scenario import Scenario
from simulator.studies.sizes import sweep_size
from simulator.studies.sweep.hosting_capacity import SWEEP, Sweep
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import ALONE, Asking, Task


@dataclass(frozen=True)
class ComparedFeeder:
    """One row of a comparison: key figures at the scenario's quarter-hour, and the sweep over ``hours``."""

    scenario: Scenario
    kpis: Kpis
    violations: tuple[Violation, ...]
    sweep: Sweep


def compare(question: CompareQuestion, asking: Asking = ALONE) -> ComparedFeeder:
    """Return a feeder's row; solved by the batch engine, since a page asks for many rows at once."""
    cases = solve_cases(question, [question.step])
    return ComparedFeeder(
        scenario=question.scenario,
        kpis=read_kpis(question.feeder, cases.flow, 0),
        violations=cases.assessment.violations(0),
        sweep=asking.ask(SWEEP, question.asking(SweepQuestion, steps=question.steps)),
    )


COMPARISON = Task("comparison", compare, sweep_size, needs=(SWEEP,))

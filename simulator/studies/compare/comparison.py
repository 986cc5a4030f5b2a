"""Feeders side by side under one scenario, with what each can host."""

from dataclasses import dataclass

from simulator.assessment.cases import solve_cases
from simulator.assessment.kpis import Kpis, read_kpis
from simulator.assessment.violations import Violation
from simulator.studies.compare.question import CompareQuestion
from simulator.studies.scenario import Scenario
from simulator.studies.sweep.hosting_capacity import Sweep, sweep
from simulator.studies.sweep.question import SweepQuestion


@dataclass(frozen=True)
class ComparedFeeder:
    """One row of a comparison: key figures at the scenario's quarter-hour, and the sweep over ``hours``."""

    scenario: Scenario
    kpis: Kpis
    violations: tuple[Violation, ...]
    sweep: Sweep


def compare(question: CompareQuestion) -> ComparedFeeder:
    """Return a feeder's row; solved by the batch engine, since a page asks for many rows at once."""
    cases = solve_cases(question, [question.step])
    return ComparedFeeder(
        scenario=question.scenario,
        kpis=read_kpis(question.feeder, cases.flow, 0),
        violations=cases.assessment.violations(0),
        sweep=sweep(question.asking(SweepQuestion, steps=question.steps)),
    )

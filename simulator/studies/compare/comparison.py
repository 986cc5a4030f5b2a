"""Feeders side by side under one scenario, with what each can host."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.assessment.cases import solve_cases
from simulator.assessment.kpis import Kpis, read_kpis
from simulator.assessment.violations import Violation
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.questions.question import Question
from simulator.studies.scenario import Scenario
from simulator.studies.sweep.hosting_capacity import Sweep, sweep


@dataclass(frozen=True)
class ComparedFeeder:
    """One row of a comparison: key figures at the scenario's quarter-hour, and the sweep over ``hours``."""

    scenario: Scenario
    kpis: Kpis
    violations: tuple[Violation, ...]
    sweep: Sweep


def compare(feeder: Feeder, profiles: Profiles, scenario: Scenario, hours: Sequence[int]) -> ComparedFeeder:
    """Return a feeder's row; solved by the batch engine, since a page asks for many rows at once."""
    limits = scenario.limits
    adoption = {"pv": scenario.pv_adoption, "battery": scenario.battery_adoption}
    question = Question(subject=Subject(feeder, profiles), adoption=adoption, limits=limits)
    cases = solve_cases(question, [scenario.hour])
    return ComparedFeeder(
        scenario=scenario,
        kpis=read_kpis(feeder, cases.flow, 0),
        violations=cases.assessment.violations(0),
        sweep=sweep(feeder, profiles, hours, scenario.battery_adoption, limits),
    )

"""One quarter-hour of one scenario, solved by the reference engine and checked by the batch engine."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.assessment.cases import flow_without_generation, solve_cases
from simulator.assessment.kpis import Kpis, read_kpis, with_unbalance
from simulator.assessment.violations import VOLTAGE_KINDS, Violation, assess
from simulator.powerflow.batch import solve
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reference import solve_reference
from simulator.powerflow.unbalance import Unbalance, read_unbalance
from simulator.studies.run.question import RunQuestion
from simulator.studies.scenario import Scenario
from simulator.studies.task import Task, by_itself

AGREEMENT_PU = 1e-5  # the tolerance at which independent engines count as equal


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A solved quarter-hour.

    ``kw`` is what each technology feeds in, (customers,). ``agreement_pu`` is the largest difference of any
    voltage between the two engines, None unless both find a solution; by phase the batch engine is alone.
    ``largest_rise`` is the greatest voltage rise by generation, where the limits bound it. ``baseline`` are
    the violations at the same quarter-hour before any generation. ``unbalance`` is told by phase.
    """

    scenario: Scenario
    flow: PowerFlow
    kpis: Kpis
    violations: tuple[Violation, ...]
    baseline: tuple[Violation, ...]
    largest_rise: Violation | None
    kw: Mapping[str, np.ndarray]
    agreement_pu: float | None
    batch_converged: bool
    unbalance: Unbalance | None = None

    @property
    def engines_agree(self) -> bool | None:
        """Whether both engines find the same voltages, or both no solution; None where one is alone."""
        if self.flow.phases:
            return None
        if self.agreement_pu is None:
            return self.kpis.converged == self.batch_converged
        return self.agreement_pu < AGREEMENT_PU

    @property
    def worst_pu(self) -> np.ndarray:
        """Each bus's voltage, by phase that which is nearest to its limit; (buses,)."""
        limits = self.scenario.limits
        worst: np.ndarray = self.flow.worst_pu(limits.vm_min_pu, limits.vm_max_pu)[0]
        return worst

    @property
    def voltage_violation(self) -> bool:
        """Whether voltage leaves its limits anywhere; loading does not count here."""
        return any(violation.kind in VOLTAGE_KINDS for violation in self.violations)


def simulate(question: RunQuestion) -> Snapshot:
    """Solve a scenario's quarter-hour.

    Raises: UnsolvableError for a feeder whose equations have no finite solution.
    """
    feeder, limits, steps = question.feeder, question.limits, [question.step]
    powers = question.powers()
    injections = powers.at(steps).inject(question.ports)
    batch = solve(question.compiled, *injections)
    flow = batch if question.by_phase else solve_reference(feeder, *injections)
    bare = flow_without_generation(question, [question.adoption], steps) if limits.rise_max else None
    kpis = read_kpis(feeder, flow, 0)
    unbalance = read_unbalance(question.compiled, *injections) if question.by_phase else None
    assessment = assess(feeder, flow, limits, np.array(steps), bare)
    baseline = solve_cases(question, steps, [question.before_generation])
    return Snapshot(
        scenario=question.scenario,
        flow=flow,
        kpis=kpis if unbalance is None else with_unbalance(kpis, feeder, unbalance, 0),
        violations=assessment.violations(0),
        baseline=baseline.assessment.violations(0),
        largest_rise=assessment.tightest("rise"),
        kw={key: kw[0, :, question.step] for key, kw in powers.kw.items()},
        agreement_pu=None if question.by_phase else _agreement(flow, batch),
        batch_converged=bool(batch.converged[0]),
        unbalance=unbalance,
    )


def _agreement(flow: PowerFlow, batch: PowerFlow) -> float | None:
    both = flow.converged[0] and batch.converged[0]
    return float(np.abs(flow.vm_pu - batch.vm_pu).max()) if both else None


SNAPSHOT = Task("snapshot", by_itself(simulate), None)

"""One quarter-hour of one scenario, solved by the reference engine and checked by the batch engine."""

from dataclasses import dataclass

import numpy as np

from simulator.assessment.cases import flow_without_pv, solve_cases
from simulator.assessment.kpis import Kpis, read_kpis
from simulator.assessment.violations import VOLTAGE_KINDS, Violation, assess
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reference import solve_reference
from simulator.studies.scenario import Scenario
from simulator.technologies.demand import customer_day

AGREEMENT_PU = 1e-5  # the tolerance at which independent engines count as equal


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A solved quarter-hour.

    ``customers_kw`` holds load, PV and battery of each customer, shape (customers, 3), in kW as in
    ``CustomerDay``. ``agreement_pu`` is the largest difference of any voltage between the two engines, None
    unless both find a solution. ``largest_rise`` is the greatest voltage rise by generation, where the limits
    bound it. ``baseline`` are the violations at the same quarter-hour without any PV.
    """

    scenario: Scenario
    flow: PowerFlow
    kpis: Kpis
    violations: tuple[Violation, ...]
    baseline: tuple[Violation, ...]
    largest_rise: Violation | None
    customers_kw: np.ndarray
    agreement_pu: float | None
    batch_converged: bool

    @property
    def engines_agree(self) -> bool:
        """Whether both engines find the same voltages, or both find no solution."""
        if self.agreement_pu is None:
            return self.kpis.converged == self.batch_converged
        return self.agreement_pu < AGREEMENT_PU

    @property
    def voltage_violation(self) -> bool:
        """Whether voltage leaves its limits anywhere; loading does not count here."""
        return any(violation.kind in VOLTAGE_KINDS for violation in self.violations)


def simulate(feeder: Feeder, profiles: Profiles, scenario: Scenario) -> Snapshot:
    """Solve a scenario's quarter-hour.

    Raises: UnsolvableError for a feeder whose equations have no finite solution.
    """
    compiled = compile_feeder(feeder)
    steps = [scenario.hour]
    day = customer_day(feeder, profiles, [scenario.pv_adoption], scenario.battery_adoption)
    injections = day.injections(feeder, steps)
    flow = solve_reference(feeder, *injections)
    batch = solve(compiled, *injections)
    limits = scenario.limits
    without_pv = flow_without_pv(feeder, profiles, steps) if limits.rise_max else None
    assessment = assess(feeder, flow, limits, np.array(steps), without_pv)
    baseline = solve_cases(feeder, profiles, [0.0], 0.0, steps, limits)
    return Snapshot(
        scenario=scenario,
        flow=flow,
        kpis=read_kpis(feeder, flow, 0),
        violations=assessment.violations(0),
        baseline=baseline.assessment.violations(0),
        largest_rise=assessment.tightest("rise"),
        customers_kw=np.stack(
            [p[0, :, scenario.hour] for p in (day.load_kw, day.pv_kw, day.battery_kw)], axis=1
        ),
        agreement_pu=_agreement(flow, batch),
        batch_converged=bool(batch.converged[0]),
    )


def _agreement(flow: PowerFlow, batch: PowerFlow) -> float | None:
    both = flow.converged[0] and batch.converged[0]
    return float(np.abs(flow.vm_pu - batch.vm_pu).max()) if both else None

"""From a feeder's adoption levels and quarter-hours to assessed power flows: the spine of every study."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.assessment.violations import Assessment, assess
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.technologies.demand import customer_day


@dataclass(frozen=True, eq=False)
class Cases:
    """Every level of adoption at every step, level by level: solved and held against limits."""

    flow: PowerFlow
    assessment: Assessment


def solve_cases(
    feeder: Feeder,
    profiles: Profiles,
    pv_adoption: Sequence[float],
    battery_adoption: float,
    steps: Sequence[int],
    limits: Limits,
) -> Cases:
    """Solve all (level, step) cases with the batch engine; rows run step by step within each level."""
    flow = solve_levels(feeder, profiles, pv_adoption, battery_adoption, steps)
    without_pv = flow_without_pv(feeder, profiles, steps) if limits.rise_max else None
    rows = np.tile(np.asarray(steps, dtype=int), len(pv_adoption))
    return Cases(flow, assess(feeder, flow, limits, rows, without_pv))


def flow_without_pv(feeder: Feeder, profiles: Profiles, steps: Sequence[int]) -> PowerFlow:
    """Solve the steps with generation and batteries off."""
    return solve_levels(feeder, profiles, [0.0], 0.0, steps)


def solve_levels(
    feeder: Feeder,
    profiles: Profiles,
    pv_adoption: Sequence[float],
    battery_adoption: float,
    steps: Sequence[int],
    pv_power_factor: float = 1.0,
) -> PowerFlow:
    """Solve all steps of each level of adoption, level by level; no limits are asked about."""
    day = customer_day(feeder, profiles, pv_adoption, battery_adoption, pv_power_factor)
    return solve(compile_feeder(feeder), *day.injections(feeder, steps))

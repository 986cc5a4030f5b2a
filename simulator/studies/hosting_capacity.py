"""How much PV a feeder hosts: the curve over adoption, the capacity, and what binds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.flow import PowerFlow
from simulator.studies.assessment import Assessment, Violation
from simulator.studies.levels import LEVELS, Levels

WORSE = 1e-9  # relative: what counts as worsened by PV


@dataclass(frozen=True)
class SweepPoint:
    """One level of adoption over all steps; voltages and loadings are None where any step has no solution.

    ``violations`` counts the quarter-hours in violation.
    """

    pv: float
    violations: int
    min_voltage_pu: float | None
    max_voltage_pu: float | None
    transformer_loading: float | None
    line_loading: float | None


@dataclass(frozen=True)
class HostingCapacity:
    """The largest adoption without a violation, its kWp, and the violation met just above it."""

    adoption: float
    kwp: float
    binding: Violation | None


@dataclass(frozen=True)
class Sweep:
    """The curve over adoption; ``capacity`` counts every violation, ``caused`` those PV causes or worsens."""

    hours: tuple[int, ...]
    battery_adoption: float
    limits: Limits
    points: tuple[SweepPoint, ...]
    capacity: HostingCapacity
    caused: HostingCapacity
    baseline_violation: bool


def sweep(
    feeder: Feeder,
    profiles: Profiles,
    hours: Sequence[int],
    battery_adoption: float,
    limits: Limits,
    pv_power_factor: float = 1.0,
) -> Sweep:
    """Solve 21 levels of PV adoption at the given quarter-hours and find the hosting capacity.

    The capacity is refined between two levels by bisection to a thousandth of adoption. PV whose power
    factor is below 1 absorbs reactive power.
    """
    return sweep_within(Levels(feeder, profiles, hours, battery_adoption, pv_power_factor), limits)


def sweep_within(levels: Levels, limits: Limits) -> Sweep:
    """Find the hosting capacity of levels that may have been solved for other limits before."""

    @cache  # both capacities ask for the same levels, more often than not
    def assess_level(thousandths: int) -> Assessment:
        return levels.assess(levels.at(thousandths), limits)

    curve, steps = levels.assess(levels.curve, limits), len(levels.steps)
    counted, worsened = partial(_counted, None), partial(_counted, curve.excess[:steps])
    find = partial(_find_capacity, levels.feeder, assess_level)
    violated = curve.violated.reshape(len(LEVELS), steps)
    return Sweep(
        hours=levels.steps,
        battery_adoption=levels.battery_adoption,
        limits=limits,
        points=tuple(_read_point(levels.curve, i, int(n)) for i, n in enumerate(violated.sum(axis=1))),
        capacity=find(counted, curve),
        caused=find(worsened, curve),
        baseline_violation=bool(violated[0].any()),
    )


Count = Callable[[Assessment], np.ndarray]


def _counted(baseline: np.ndarray | None, assessment: Assessment) -> np.ndarray:
    """Return the excess of the violations that count, -inf elsewhere; +inf where nothing solves."""
    excess = np.where(assessment.excess > 0, assessment.excess, -np.inf)
    excess[~assessment.solved] = np.inf
    if baseline is not None:
        before = np.tile(baseline, (len(excess) // len(baseline), 1))
        excess[(excess <= before + WORSE) | np.isnan(before)] = -np.inf
    return excess


def _find_capacity(
    feeder: Feeder,
    assess_level: Callable[[int], Assessment],
    count: Count,
    curve: Assessment,
) -> HostingCapacity:
    violated = (count(curve) > 0).reshape(len(LEVELS), -1).any(axis=1)
    if not violated.any():
        return HostingCapacity(1.0, feeder.pv_potential_kwp, None)
    first = int(np.argmax(violated))
    good, bad = (LEVELS[first - 1] if first else 0), LEVELS[first]
    while bad - good > 1:
        middle = (good + bad) // 2
        if (count(assess_level(middle)) > 0).any():
            bad = middle
        else:
            good = middle
    at_bad = assess_level(bad)
    excess = count(at_bad)
    case, constraint = np.unravel_index(int(np.argmax(excess)), excess.shape)
    binding = at_bad.at(int(case), int(constraint))
    return HostingCapacity(good / 1000, good / 1000 * feeder.pv_potential_kwp, binding)


def _read_point(curve: PowerFlow, level: int, violations: int) -> SweepPoint:
    steps = len(curve.converged) // len(LEVELS)
    rows = slice(level * steps, (level + 1) * steps)
    solved = bool(curve.converged[rows].all())

    def extreme(values: np.ndarray, pick: Callable[[np.ndarray], float]) -> float | None:
        return float(pick(values[rows])) if solved and values[rows].size else None

    return SweepPoint(
        pv=LEVELS[level] / 1000,
        violations=violations,
        min_voltage_pu=extreme(curve.vm_pu, np.min),
        max_voltage_pu=extreme(curve.vm_pu, np.max),
        transformer_loading=extreme(curve.transformer_loading, np.max),
        line_loading=extreme(curve.line_loading, np.max),
    )

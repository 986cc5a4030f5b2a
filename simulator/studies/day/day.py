"""A whole day of a scenario: all 96 quarter-hours, solved, held against limits, and summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from simulator.assessment.cases import solve_cases
from simulator.assessment.en50160 import En50160, day_reading
from simulator.assessment.violations import VOLTAGE_KINDS, Assessment, Kind, Violation
from simulator.grid.clock import HOURS_PER_STEP, STEPS_PER_DAY
from simulator.grid.limits import Limits
from simulator.powerflow.flow import PowerFlow
from simulator.studies.day.energy import Energy, read_energy
from simulator.studies.day.question import DayQuestion
from simulator.studies.sizes import day_size
from simulator.studies.task import Task, by_itself
from simulator.technologies.powers import Adoption, Powers
from simulator.technologies.registry import TECHNOLOGIES

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, eq=False)
class DayPower:
    """All customers together over a day.

    Shape: (96,) for each technology; ``stored_kwh`` (97,), before each quarter-hour and at 24:00. Units: kW
    as ``Technology.shown`` has them: drawn by the load, fed in by PV and by the batteries, negative while
    they charge; kWh in all that stores, of ``capacity_kwh``.
    """

    kw: Mapping[str, np.ndarray]
    stored_kwh: np.ndarray
    capacity_kwh: float


@dataclass(frozen=True, eq=False)
class Day:
    """A day's 96 power flows, held against limits; rows without a solution hold NaN.

    ``date`` is the day's, where one was asked for.
    """

    date: str | None
    adoption: Adoption
    limits: Limits
    flow: PowerFlow
    assessment: Assessment
    power: DayPower
    energy: Energy
    en50160: En50160 | None

    @property
    def worst(self) -> Violation:
        """The constraint nearest to its limit over the day, or furthest beyond."""
        tightest = self.assessment.tightest()
        if tightest is None:
            raise ValueError("the feeder has nothing that a limit applies to")
        return tightest

    @property
    def solved(self) -> bool:
        """Whether every quarter-hour has a solution."""
        return bool(self.flow.converged.all())

    @property
    def hours_outside(self) -> float:
        """How long the feeder is outside any limit or has no solution, in hours."""
        return _hours(self.assessment.violated)

    def hours_of(self, kind: Kind) -> float | None:
        """Return how long a kind of violation lasts anywhere on the feeder, in hours; None if unbounded."""
        if kind == "no_solution":
            return _hours(~self.assessment.solved)
        if kind == "rise" and self.limits.rise_max is None:
            return None
        beyond = self.assessment.excess[:, self.assessment.kinds == kind] > 0
        return _hours(np.asarray(beyond.any(axis=1)))

    def bus_violated(self, kind: str) -> np.ndarray:
        """Return where and when voltage leaves its limits in one way; (96, buses) of booleans."""
        beyond: np.ndarray = self.assessment.excess[:, self.assessment.kinds == kind] > 0
        return beyond if beyond.size else np.zeros(self.flow.vm_pu.shape, dtype=bool)

    @property
    def bus_hours_outside(self) -> np.ndarray:
        """How long each bus's voltage is outside its limits, in hours; (buses,)."""
        beyond = np.any([self.bus_violated(kind) for kind in VOLTAGE_KINDS], axis=0)
        hours: np.ndarray = beyond.sum(axis=0) * HOURS_PER_STEP
        return hours


def day(question: DayQuestion) -> Day:
    """Solve all 96 quarter-hours of a scenario and sum their energies."""
    cases, powers = solve_cases(question, range(STEPS_PER_DAY)), question.powers()
    return Day(
        date=question.date,
        adoption=question.adoption,
        limits=question.limits,
        flow=cases.flow,
        assessment=cases.assessment,
        power=_all_customers(powers),
        energy=read_energy(powers, cases.flow),
        en50160=day_reading(question.feeder, cases.flow.low_pu, cases.flow.high_pu),
    )


def _all_customers(powers: Powers) -> DayPower:
    return DayPower(
        kw={key: TECHNOLOGIES[key].shown(kw[0].sum(axis=0)) for key, kw in powers.kw.items()},
        stored_kwh=np.sum([stored[0].sum(axis=0) for stored in powers.stored_kwh.values()], axis=0),
        capacity_kwh=sum(float(powers.sizes[key].sum()) for key in powers.stored_kwh),
    )


def _hours(steps: np.ndarray) -> float:
    return float(steps.sum() * HOURS_PER_STEP)


DAY = Task("day", by_itself(day), day_size)

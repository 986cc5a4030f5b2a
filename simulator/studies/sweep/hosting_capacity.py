"""How much of a technology a feeder hosts: the curve over adoption, the capacity, and what binds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

import numpy as np

from simulator.assessment.violations import Violation
from simulator.grid.limits import Limits
from simulator.powerflow.flow import PowerFlow
from simulator.studies.sizes import sweep_size
from simulator.studies.sweep.bracket import Bracket
from simulator.studies.sweep.levels import ALL, BEYOND, LEVELS, Levels
from simulator.studies.sweep.question import SweepQuestion
from simulator.studies.task import Task, by_itself
from simulator.technologies.powers import Adoption
from simulator.technologies.registry import Over


@dataclass(frozen=True)
class SweepPoint:
    """One level of adoption over all steps; voltages and loadings are None where any step has no solution.

    ``violations`` counts the quarter-hours in violation.
    """

    share: float
    violations: int
    min_voltage_pu: float | None
    max_voltage_pu: float | None
    transformer_loading: float | None
    line_loading: float | None


@dataclass(frozen=True)
class HostingCapacity(Over):
    """The largest adoption without a violation, what it installs, and the violation met just above it.

    ``adoption`` is a share of the potential, ``installed`` in the technology's unit. The search goes on to
    ten times the potential, so that it may exceed 1; nothing binds up to there where ``binding`` is None.
    """

    adoption: float
    installed: float
    binding: Violation | None
    over: str = "pv"

    @property
    def all_of_it(self) -> bool:
        """Whether all of the potential is hosted."""
        return self.adoption >= 1

    @property
    def within_potential(self) -> "HostingCapacity":
        """The capacity where nobody asks for more than the potential."""
        if not self.all_of_it:
            return self
        return HostingCapacity(1.0, self.installed / self.adoption, None, self.over)


@dataclass(frozen=True)
class Sweep(Over):
    """The curve over adoption; ``capacity`` counts every violation, ``caused`` what it causes or worsens.

    ``beyond`` are the points above all of the potential, up to the first that is violated. Where there is no
    potential nothing has been asked: its capacities are then 0 and mean nothing. ``balanced`` is what the
    capacity would be with all customers balanced, where phases are told apart; it counts what ``caused`` does
    where the feeder is violated before any.
    """

    steps: tuple[int, ...]
    adoption: Adoption
    over: str
    limits: Limits
    points: tuple[SweepPoint, ...]
    capacity: HostingCapacity
    caused: HostingCapacity
    baseline_violation: bool
    potential: float
    beyond: tuple[SweepPoint, ...] = ()
    balanced: HostingCapacity | None = None

    @property
    def asked(self) -> bool:
        """Whether there is any potential to ask about."""
        return self.potential > 0


def sweep(question: SweepQuestion) -> Sweep:
    """Solve 21 levels of adoption at the quarter-hours and find the hosting capacity.

    Where nothing binds at the potential, the search goes on to ten times it. The capacity is refined
    between two levels by bisection to a thousandth of the potential. PV whose power factor is below 1 absorbs
    reactive power.
    """
    (found,) = sweep_all(Levels(question), [question.limits])
    return found


def sweep_beside_balanced(question: SweepQuestion) -> Sweep:
    """Return the same, and by phase what would be hosted with all customers balanced."""
    found = sweep(question)
    if not question.by_phase:
        return found
    balanced = sweep(question.model_copy(update={"phases": "balanced"}))
    return replace(found, balanced=balanced.caused if found.baseline_violation else balanced.capacity)


SWEEP = Task("sweep", by_itself(sweep_beside_balanced), sweep_size)


def sweep_all(levels: Levels, limit_sets: Sequence[Limits]) -> tuple[Sweep, ...]:
    """Find the hosting capacity by each limit set; the curve is solved once for all of them."""
    searches = [_Search(levels, limits) for limits in limit_sets]
    for block, flow in levels.flows(LEVELS):
        for search in searches:
            search.take(block, flow)
    for upper in BEYOND if levels.potential > 0 else ():
        going = [search for search in searches if search.open]
        for block, flow in levels.flows(upper) if going else ():
            for search in going:
                search.take(block, flow)
    return tuple(search.answer() for search in searches)


class _Search:
    """The way up through the levels under one limit set."""

    def __init__(self, levels: Levels, limits: Limits) -> None:
        self._levels, self._limits = levels, limits
        self._points: list[SweepPoint] = []
        self._every = self._caused = Bracket()

    @property
    def open(self) -> bool:
        """Whether either capacity may lie higher still."""
        return self._every.open or self._caused.open

    def take(self, thousandths: Sequence[int], flow: PowerFlow) -> None:
        """Take the next levels."""
        found, steps = self._levels.assess(thousandths, flow, self._limits), len(self._levels.steps)
        if not self._points and found.violated[:steps].any():
            self._caused = Bracket(baseline=found.excess[:steps])
        for number, level in enumerate(thousandths):
            rows = slice(number * steps, (number + 1) * steps)
            if level <= ALL or self.open:
                self._points.append(_read_point(flow, rows, level, int(found.violated[rows].sum())))
            for bracket in {self._every, self._caused}:
                bracket.take(level, found.rows(rows))

    def answer(self) -> Sweep:
        """Return what was found; the same capacity twice where nothing is violated before any."""
        levels, capacity = self._levels, self._capacity(self._every)
        same = self._caused is self._every
        return Sweep(
            steps=levels.steps,
            adoption=levels.question.adoption,
            over=levels.question.over,
            limits=self._limits,
            points=tuple(self._points[: len(LEVELS)]),
            capacity=capacity,
            caused=capacity if same else self._capacity(self._caused),
            baseline_violation=self._points[0].violations > 0,
            potential=levels.potential,
            beyond=tuple(self._points[len(LEVELS) :]),
        )

    def _capacity(self, bracket: Bracket) -> HostingCapacity:
        """Bring the bracket together, and read what binds just above it."""
        over, potential = self._levels.question.over, self._levels.potential
        while bracket.middle is not None:
            flow = self._levels.at(bracket.middle)
            bracket.narrow(bracket.middle, self._levels.assess([bracket.middle], flow, self._limits))
        good = bracket.good if potential > 0 else 0
        if bracket.bad is None:
            return HostingCapacity(good / ALL, good / ALL * potential, None, over)
        found = self._levels.assess([bracket.bad], self._levels.at(bracket.bad), self._limits)
        return HostingCapacity(good / ALL, good / ALL * potential, bracket.worst(found), over)


def _read_point(flow: PowerFlow, rows: slice, level: int, violations: int) -> SweepPoint:
    solved = bool(flow.converged[rows].all())

    def extreme(values: np.ndarray, pick: Callable[[np.ndarray], float]) -> float | None:
        found = float(pick(values[rows])) if solved and values[rows].size else nan
        return None if isnan(found) else found

    return SweepPoint(
        share=level / ALL,
        violations=violations,
        min_voltage_pu=extreme(flow.low_pu, np.min),
        max_voltage_pu=extreme(flow.high_pu, np.max),
        transformer_loading=extreme(flow.transformer_peak, np.max),
        line_loading=extreme(flow.line_loading, np.max),
    )

"""A scenario to which power is added at any one bus, case by case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from simulator.assessment.violations import Assessment, Violation, assess
from simulator.grid.elements import Customer
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.grid.weights import feeder_bytes
from simulator.powerflow.batch import chunks, solve
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reduced import solve_kpis, threads_for
from simulator.questions.question import Question
from simulator.technologies.registry import drawing

FEW_CASES = 100  # held against every limit one by one at once


@dataclass(frozen=True, eq=False)
class Additions:
    """What every bus of a feeder feeds in at each of its ``steps``, before anything is added.

    Shape: (steps, buses), buses in the feeder's order. Units: kW and kvar. ``bare_kw`` and ``bare_kvar``
    are the same with generation off.
    """

    question: Question
    steps: np.ndarray
    p_kw: np.ndarray
    q_kvar: np.ndarray
    bare_kw: np.ndarray
    bare_kvar: np.ndarray
    solved: Callable[[int], None] = lambda cases: None  # told how many cases each chunk has solved

    def assess(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> Assessment:
        """Add power at one bus in each case, solve, and hold all against the limits.

        Where the limits bound the rise by generation, power fed in is generation and power drawn is load:
        the state without generation has the latter alone.

        Shape: (cases,) each. ``bus`` and ``at`` are positions among buses and steps. Units: kW + j kvar,
        positive feeds in.
        """
        flow = solve(self.question.compiled, *_with(self.p_kw[at], self.q_kvar[at], bus, added))
        limits = self.question.limits
        bare = None if limits.rise_max is None else self._bare(bus, at, added)
        return assess(self.question.feeder, flow, limits, self.steps[at], bare)

    def worst(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> np.ndarray:
        """Return the largest excess of each case, positive beyond a limit; infinite without a solution.

        Shape and units as ``assess``.
        """
        limits = self.question.limits

        def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
            self.solved(part.stop - part.start)
            return _with(self.p_kw[at[part]], self.q_kvar[at[part]], bus[part], added[part])

        def below(part: slice) -> np.ndarray:
            return self._bare(bus[part], at[part], added[part]).vm_pu.T

        threads = threads_for(len(bus))
        bounded = limits.rise_max is not None
        kpis = solve_kpis(self.question.compiled, len(bus), rows, threads, below if bounded else None)
        excess = [
            1 - kpis.min_vm_pu / limits.vm_min_pu,
            kpis.max_vm_pu / limits.vm_max_pu - 1,
            kpis.line_loading / limits.loading_max - 1,
            kpis.transformer_loading / limits.loading_max - 1,
        ]
        if limits.rise_max is not None:
            excess.append(kpis.rise_pu / limits.rise_max - 1)
            kpis.converged[np.isnan(kpis.rise_pu)] = False
        return np.where(kpis.converged, np.fmax.reduce(excess), np.inf)

    def bindings(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> list[Violation]:
        """Return the worst violation of each case; each must have one. Shape and units as ``assess``."""
        found: list[Violation] = []
        for rows in chunks(len(bus), FEW_CASES):
            assessment = self.assess(bus[rows], at[rows], added[rows])
            found += [assessment.at(case, worst) for case, worst in enumerate(_worst(assessment))]
            self.solved(len(assessment.solved))
        return found

    def _bare(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> PowerFlow:
        """Return the flow of cases with generation off: of what is added, power drawn stays."""
        drawn = np.where(added.real < 0, added, 0)
        powers = _with(self.bare_kw[at], self.bare_kvar[at], bus, drawn)
        return solve(self.question.compiled, *powers)


def _worst(assessment: Assessment) -> list[int]:
    """Return which constraint each case breaks most; any where there is no solution."""
    worst: list[int] = np.where(assessment.solved[:, None], assessment.excess, 0).argmax(axis=1).tolist()
    return worst


def _with(
    p_kw: np.ndarray, q_kvar: np.ndarray, bus: np.ndarray, added: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Add power at one bus in each case, in place."""
    p_kw[np.arange(len(bus)), bus] += added.real
    q_kvar[np.arange(len(bus)), bus] += added.imag
    return p_kw, q_kvar


def read_additions(question: Question, steps: Sequence[int]) -> Additions:
    """Return a question's quarter-hours, open to power at every bus."""
    feeder = with_every_bus(question.feeder)
    profiles = question.profiles.with_nobody(len(feeder.customers))
    wide = question.model_copy(update={"subject": Subject(feeder, profiles)})
    powers = wide.powers(steps=steps)
    p_kw, q_kvar = powers.inject(wide.ports)
    bare = powers.only(drawing()).inject(wide.ports)
    return Additions(wide, np.asarray(steps, dtype=int), p_kw, q_kvar, *bare)


def with_every_bus(feeder: Feeder) -> Feeder:
    """Return the feeder with a customer of no size at every bus that has none: power may enter everywhere."""
    key = ("every bus", feeder.content_hash)
    return MEMORY.recall("feeders", key, lambda: _with_every_bus(feeder), feeder_bytes, feeder.feeder_id)


def _with_every_bus(feeder: Feeder) -> Feeder:
    taken = {customer.id for customer in feeder.customers}
    names = (name for name in map("nobody_{}".format, count()) if name not in taken)
    occupied = {customer.bus for customer in feeder.customers}
    nobody = tuple(
        Customer(id=next(names), bus=bus.id, households=0, peak_kw=0.0, power_factor=1.0, pv_kwp=0.0)
        for bus in feeder.buses
        if bus.id not in occupied
    )
    if not nobody:
        return feeder
    fields = {name: getattr(feeder, name) for name in Feeder.model_fields}
    return Feeder(**{**fields, "customers": feeder.customers + nobody})

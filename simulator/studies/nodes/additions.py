"""A scenario to which power is added at any one bus, case by case."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np

from simulator.assessment.violations import Assessment, Violation, assess
from simulator.grid.elements import Customer
from simulator.grid.memory import MEMORY
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.grid.weights import feeder_bytes
from simulator.powerflow.batch import CHUNK, chunks, solve
from simulator.powerflow.flow import PowerFlow
from simulator.questions.question import Question
from simulator.technologies.registry import drawing

WIDE = 100  # buses, from which on power flows solve those with power alone
MOSTLY = 0.7  # of all buses: copying their part of the network then costs more than it saves
FEW_CASES = 100  # at once then, so that they add power at few buses


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

    @cached_property
    def occupied(self) -> np.ndarray:
        """The positions of the buses with power of their own at any step."""
        return np.flatnonzero(
            np.abs([self.p_kw, self.q_kvar, self.bare_kw, self.bare_kvar]).max(axis=(0, 1), initial=0)
        )

    def assess(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> Assessment:
        """Add power at one bus in each case, solve, and hold all against the limits.

        Where the limits bound the rise by generation, power fed in is generation and power drawn is load:
        the state without generation has the latter alone.

        Shape: (cases,) each. ``bus`` and ``at`` are positions among buses and steps. Units: kW + j kvar,
        positive feeds in.
        """
        flow = self._solve(self.p_kw[at], self.q_kvar[at], bus, added)
        bare, limits = None, self.question.limits
        if limits.rise_max is not None:
            bare = self._solve(self.bare_kw[at], self.bare_kvar[at], bus, np.where(added.real < 0, added, 0))
        return assess(self.question.feeder, flow, limits, self.steps[at], bare)

    def worst(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> np.ndarray:
        """Return the largest excess of each case, positive beyond a limit; infinite without a solution.

        Shape and units as ``assess``.
        """
        found = np.empty(len(bus))
        for rows, assessment in self._parts(bus, at, added):
            found[rows] = np.where(assessment.solved, assessment.excess.max(axis=1), np.inf)
        return found

    def bindings(self, bus: np.ndarray, at: np.ndarray, added: np.ndarray) -> list[Violation]:
        """Return the worst violation of each case; each must have one. Shape and units as ``assess``."""
        found: dict[int, Violation] = {}
        for rows, assessment in self._parts(bus, at, added):
            found |= {int(row): assessment.violations(case)[0] for case, row in enumerate(rows)}
        return [found[row] for row in range(len(bus))]

    def _parts(
        self, bus: np.ndarray, at: np.ndarray, added: np.ndarray
    ) -> Iterator[tuple[np.ndarray, Assessment]]:
        """Yield positions of cases with their assessment, few buses at a time."""
        by_bus = np.argsort(bus, kind="stable")
        for part in chunks(len(bus), FEW_CASES if self._wide else CHUNK):
            rows = by_bus[part]
            yield rows, self.assess(bus[rows], at[rows], added[rows])
            self.solved(len(rows))

    @property
    def _wide(self) -> bool:
        return len(self.question.feeder.buses) > WIDE

    def _solve(self, p_kw: np.ndarray, q_kvar: np.ndarray, bus: np.ndarray, added: np.ndarray) -> PowerFlow:
        compiled = self.question.compiled
        p_kw[np.arange(len(bus)), bus] += added.real
        q_kvar[np.arange(len(bus)), bus] += added.imag
        if not self._wide:
            return solve(compiled, p_kw, q_kvar)
        used = np.union1d(self.occupied, bus)
        if len(used) > MOSTLY * p_kw.shape[1]:
            return solve(compiled, p_kw, q_kvar)
        return solve(compiled.restricted(used), p_kw[:, used], q_kvar[:, used])


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

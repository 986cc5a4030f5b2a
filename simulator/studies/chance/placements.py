"""Random orders in which customers adopt PV, each whole, and the power flows of any of them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulator.assessment.cases import flow_without_pv
from simulator.assessment.violations import Assessment, assess
from simulator.grid.limits import Limits
from simulator.grid.profiles import Profiles
from simulator.grid.schema import Feeder
from simulator.powerflow.batch import case_work, solve
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reduced import solve_kpis
from simulator.studies.sweep.bracket import counted_excess
from simulator.technologies.demand import CustomerDay, customer_day, customers_to_buses

BLOCK_FLOWS = 40_000  # power flows between two reports of progress: a tenth of a second
BLOCK_WORK = 2e10  # multiplications, about a second: in large networks fewer flows make a block
FULL_FLOWS = 2_000  # held against every limit one by one
THREADED_FLOWS = 10_000  # with fewer, threads cost more than they bring


def draw_orders(placements: int, customers: int, seed: int, block: int) -> Iterator[np.ndarray]:
    """Yield the placements' ranks, block by block: the place of each customer in the order of adoption.

    The first placements of a seed are the same however many are drawn, on every machine: NumPy keeps the
    stream of ``RandomState`` fixed for ever (NEP 19).

    Shape: (placements of the block, customers), ranks from 0.
    """
    random = np.random.RandomState(seed)
    for start in range(0, placements, block):
        keys = random.random_sample((min(block, placements - start), customers))
        yield keys.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")


def block_flows(feeder: Feeder) -> int:
    """Return how many power flows of a network make a block."""
    return int(min(BLOCK_FLOWS, BLOCK_WORK // case_work(compile_feeder(feeder))))


@dataclass(frozen=True, eq=False)
class Street:
    """A feeder's customers on a day, each with no PV or with all of it, at the quarter-hours that count.

    With ``caused_only`` only what PV causes or worsens is a violation.
    """

    feeder: Feeder
    profiles: Profiles
    battery_adoption: float
    limits: Limits
    steps: tuple[int, ...]
    caused_only: bool = False

    @cached_property
    def _day(self) -> CustomerDay:
        return customer_day(self.feeder, self.profiles, [0.0, 1.0], self.battery_adoption)

    @cached_property
    def _powers(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Feed-in without PV and what all of it adds, (steps, customers), in kW; kvar, (steps, buses)."""
        bare, adopted = self._day.net_kw[..., list(self.steps)]
        q_kvar = -self._day.load_kvar[0][:, list(self.steps)].T @ self._sums
        return bare.T, (adopted - bare).T, q_kvar

    @cached_property
    def _sums(self) -> np.ndarray:
        return customers_to_buses(self.feeder)

    @cached_property
    def _without_pv(self) -> PowerFlow | None:
        if self.limits.rise_max is None:
            return None
        return flow_without_pv(self.feeder, self.profiles, self.steps)

    def injections(
        self, ranks: np.ndarray, counts: np.ndarray, step: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar of cases: who is among the first ``count`` of an order has adopted.

        Shape: ``ranks`` (cases, customers), ``counts`` and ``step`` (cases,); positions in ``steps``.
        """
        bare, added, q_kvar = self._powers
        p_kw = bare[step] + (ranks < counts[:, None]) * added[step]
        return p_kw @ self._sums, q_kvar[step]

    def violated(self, ranks: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Tell which placements break a limit at any quarter-hour with so many adopters.

        The tightest quarter-hours come first: what breaks a limit there needs no other.

        Shape: ``ranks`` (placements, customers), ``counts`` (placements, levels); the same as ``counts``.
        """
        placement, level = np.indices(counts.shape).reshape(2, -1)
        beyond = np.zeros(len(placement), dtype=bool)
        for steps in (self._tightest, np.setdiff1d(self._moved, self._tightest)):
            left = np.flatnonzero(~beyond)
            if len(left) and len(steps):
                who, how_many = placement[left], counts[placement[left], level[left]]
                beyond[left] = self._broken(ranks[who], how_many, steps).any(axis=1)
        return beyond.reshape(counts.shape)

    @cached_property
    def _tightest(self) -> np.ndarray:
        """The positions of the tightest quarter-hour with no PV, and with all of it."""
        extremes = np.array([0, len(self.feeder.customers)])
        found = self.assess(np.zeros((2, len(self.feeder.customers)), dtype=int), extremes)
        excess = np.where(found.solved, found.excess.max(axis=1, initial=-np.inf), np.inf)
        tightest = np.unique(excess.reshape(2, -1).argmax(axis=1))
        return np.intersect1d(tightest, self._moved)

    @cached_property
    def _moved(self) -> np.ndarray:
        """The positions of the quarter-hours that count: with ``caused_only``, those that PV changes."""
        if not self.caused_only:
            return np.arange(len(self.steps))
        _, added, _ = self._powers
        return np.flatnonzero(np.abs(added).max(axis=1, initial=0) > 0)

    def _broken(self, ranks: np.ndarray, counts: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """Tell at which of the steps each case breaks a limit; (cases, steps)."""
        cases = len(ranks) * len(steps)
        vm_pu = None if self._without_pv is None else self._without_pv.vm_pu.T

        def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
            case, step = np.divmod(np.arange(part.start, part.stop), len(steps))
            return self.injections(ranks[case], counts[case], steps[step])

        def below(part: slice) -> np.ndarray:
            bare: np.ndarray = vm_pu[:, steps[np.arange(part.start, part.stop) % len(steps)]]  # type: ignore[index]
            return bare

        threads = min(2, os.cpu_count() or 1) if cases > THREADED_FLOWS else 1
        compiled = compile_feeder(self.feeder)
        kpis = solve_kpis(compiled, cases, rows, threads, None if vm_pu is None else below)
        limits = self.limits
        beyond = ~kpis.converged | (kpis.min_vm_pu < limits.vm_min_pu) | (kpis.max_vm_pu > limits.vm_max_pu)
        beyond |= (kpis.line_loading > limits.loading_max) | (kpis.transformer_loading > limits.loading_max)
        if limits.rise_max is not None:
            beyond |= ~(kpis.rise_pu <= limits.rise_max)
        if self.caused_only:
            self._leave_out_baseline(beyond, ranks, counts, steps)
        return beyond.reshape(len(ranks), len(steps))

    def _leave_out_baseline(
        self, beyond: np.ndarray, ranks: np.ndarray, counts: np.ndarray, steps: np.ndarray
    ) -> None:
        """Take back, in place, what is beyond a limit but nowhere further than without PV."""
        broken = np.flatnonzero(beyond)
        for start in range(0, len(broken), FULL_FLOWS):
            rows = broken[start : start + FULL_FLOWS]
            case, step = np.divmod(rows, len(steps))
            found = self._assess(ranks[case], counts[case], steps[step])
            beyond[rows] = (counted_excess(found, self._baseline[steps[step]]) > 0).any(axis=1)

    @cached_property
    def _baseline(self) -> np.ndarray:
        """How far each constraint is beyond its limit without PV, (steps, constraints)."""
        customers = np.zeros((1, len(self.feeder.customers)), dtype=int)
        return self.assess(customers, np.array([0])).excess

    def counted(self, found: Assessment) -> np.ndarray:
        """Return the excess of the violations that count, of cases as ``assess`` gives them."""
        return counted_excess(found, self._baseline if self.caused_only else None)

    def assess(self, ranks: np.ndarray, counts: np.ndarray) -> Assessment:
        """Hold each placement with its number of adopters against the limits, quarter-hour by quarter-hour.

        Shape: ``ranks`` (placements, customers), ``counts`` (placements,); cases run placement by placement.
        """
        step = np.tile(np.arange(len(self.steps)), len(ranks))
        each = np.repeat(np.arange(len(ranks)), len(self.steps))
        return self._assess(ranks[each], counts[each], step)

    def _assess(self, ranks: np.ndarray, counts: np.ndarray, step: np.ndarray) -> Assessment:
        """Hold cases, each at one of the steps, against the limits."""
        flow = solve(compile_feeder(self.feeder), *self.injections(ranks, counts, step))
        bare = self._without_pv
        if bare is not None:
            bare = replace(bare, vm_pu=bare.vm_pu[step], converged=bare.converged[step])
        return assess(self.feeder, flow, self.limits, np.array(self.steps)[step], bare)

"""A street whose customers adopt one after the other, each whole: its power flows, held against limits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.assessment.cases import flow_without_generation
from simulator.assessment.violations import Assessment, assess
from simulator.powerflow.batch import solve
from simulator.powerflow.flow import PowerFlow
from simulator.powerflow.reduced import solve_kpis, threads_for
from simulator.studies.monte_carlo.adopters import Adopters
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.sweep.bracket import counted_excess
from simulator.technologies.powers import Powers
from simulator.technologies.registry import TECHNOLOGIES, drawing

FULL_FLOWS = 2_000  # held against every limit one by one


@dataclass(frozen=True, eq=False)
class Street:
    """A feeder's customers on a day, each with nothing or with all of it, at the quarter-hours that count.

    With ``caused_only`` only what adoption causes or worsens is a violation.
    """

    question: MonteCarloQuestion
    steps: tuple[int, ...]
    caused_only: bool = False

    @cached_property
    def _powers(self) -> Powers:
        return self.question.powers(self.question.adopting(self.question.over, [0.0, 1.0]))

    @property
    def sizes(self) -> np.ndarray:
        """What each customer installs who adopts, (customers,), in the technology's unit."""
        sizes: np.ndarray = self._powers.added[self.question.over][1]
        return sizes

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.question.feeder.customers)

    @cached_property
    def _all(self) -> Adopters:
        return self._adopters(self._powers)

    @cached_property
    def _without_generation(self) -> Adopters:
        return self._adopters(self._powers.only(drawing()))

    def _adopters(self, powers: Powers) -> Adopters:
        return Adopters.read(powers, self.question.ports, self.steps, TECHNOLOGIES[self.question.over])

    @cached_property
    def _bare(self) -> PowerFlow | None:
        """The flow without generation and without adopters, where the limits ask for it."""
        if self.question.limits.rise_max is None:
            return None
        nobody = self.question.adopting(self.question.over, [0.0])
        return flow_without_generation(self.question, nobody, self.steps)

    def injections(
        self, ranks: np.ndarray, counts: np.ndarray, step: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return kW and kvar of cases: who is among the first ``count`` of an order has adopted.

        Shape: ``ranks`` (cases, customers), ``counts`` and ``step`` (cases,); positions in ``steps``.
        """
        return self._all.inject(ranks < counts[:, None], step)

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
        """The positions of the tightest quarter-hour with nothing adopted, and with all of it."""
        extremes = np.array([0, self.customers])
        found = self.assess(np.zeros((2, self.customers), dtype=int), extremes)
        excess = np.where(found.solved, found.excess.max(axis=1, initial=-np.inf), np.inf)
        tightest = np.unique(excess.reshape(2, -1).argmax(axis=1))
        return np.intersect1d(tightest, self._moved)

    @cached_property
    def _moved(self) -> np.ndarray:
        """Positions of quarter-hours that count; with ``caused_only``, those that adoption changes."""
        if not self.caused_only:
            return np.arange(len(self.steps))
        return np.flatnonzero(np.abs(self._all.added_kw).max(axis=1, initial=0) > 0)

    def _broken(self, ranks: np.ndarray, counts: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """Tell at which of the steps each case breaks a limit; (cases, steps)."""
        cases = len(ranks) * len(steps)
        limits, compiled = self.question.limits, self.question.compiled

        def case_and_step(part: slice) -> tuple[np.ndarray, np.ndarray]:
            case, step = np.divmod(np.arange(part.start, part.stop), len(steps))
            return case, steps[step]

        def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
            case, step = case_and_step(part)
            return self.injections(ranks[case], counts[case], step)

        def below(part: slice) -> np.ndarray:
            case, step = case_and_step(part)
            bare = self._bare_of(ranks[case], counts[case], step)
            return bare.supply_pu.T if bare else np.empty(())

        compare = None if limits.rise_max is None else below
        kpis = solve_kpis(compiled, cases, rows, threads_for(cases), compare)
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
        """Take back, in place, what is beyond a limit but nowhere further than without any."""
        broken = np.flatnonzero(beyond)
        for start in range(0, len(broken), FULL_FLOWS):
            rows = broken[start : start + FULL_FLOWS]
            case, step = np.divmod(rows, len(steps))
            found = self._assess(ranks[case], counts[case], steps[step])
            beyond[rows] = (counted_excess(found, self._baseline[steps[step]]) > 0).any(axis=1)

    @cached_property
    def _baseline(self) -> np.ndarray:
        """How far each constraint is beyond its limit without any, (steps, constraints)."""
        return self.assess(np.zeros((1, self.customers), dtype=int), np.array([0])).excess

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
        flow = solve(self.question.compiled, *self.injections(ranks, counts, step))
        bare = self._bare_of(ranks, counts, step)
        steps = np.array(self.steps)[step]
        return assess(self.question.feeder, flow, self.question.limits, steps, bare)

    def _bare_of(self, ranks: np.ndarray, counts: np.ndarray, step: np.ndarray) -> PowerFlow | None:
        """Return the flow of cases with generation off, None where the limits do not ask for it.

        Where adopters draw, who adopts changes it.
        """
        bare = self._bare
        if bare is None:
            return None
        if TECHNOLOGIES[self.question.over].generates:
            return bare.at(step)
        adopted = ranks < counts[:, None]
        return solve(self.question.compiled, *self._without_generation.inject(adopted, step))

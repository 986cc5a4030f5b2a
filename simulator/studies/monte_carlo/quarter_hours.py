"""Which quarter-hours of a day can bind, whichever customers adopt: the others need no power flow."""

import numpy as np

from simulator.assessment.cases import solve_cases
from simulator.assessment.violations import VOLTAGE_KINDS
from simulator.grid.clock import STEPS_PER_DAY
from simulator.grid.schema import Feeder
from simulator.grid.topology import trace
from simulator.studies.monte_carlo.question import MonteCarloQuestion

NEAR = 0.05  # relative: a loading this near its limit at either extreme may exceed it in between
ALL_STEPS = tuple(range(STEPS_PER_DAY))


def worst_steps(question: MonteCarloQuestion) -> tuple[int, ...]:
    """Return the quarter-hours that no other one outdoes at every customer, without any power flow.

    One quarter-hour outdoes another in feeding in where each customer feeds in at least as much, with and
    without adoption: voltages and reverse flows are then no lower, whoever adopts. The same the other way
    round for drawing; and for a rise rule, where generation and demand are both no smaller. In a mesh or
    between transformers flows may cancel, so that all quarter-hours stay.
    """
    if _may_cancel(question.feeder):
        return ALL_STEPS
    bare, adopted = question.powers(question.adopting(question.over, [0.0, 1.0])).net_kw
    fronts = [np.concatenate([bare, adopted]), np.concatenate([-bare, -adopted])]
    if question.limits.rise_max is not None:
        fronts.append(np.concatenate([-bare, adopted - bare]))
    return tuple(sorted(set().union(*map(_not_outdone, fronts))))


def binding_steps(question: MonteCarloQuestion) -> tuple[int, ...]:
    """Return those of the worst quarter-hours that break a limit with nothing or with all, or nearly so.

    Voltages lie between these two extremes whoever adopts, loadings nearly; the tightest quarter-hour
    always stays.
    """
    steps = worst_steps(question)
    if _may_cancel(question.feeder):
        return steps
    found = solve_cases(question, steps, question.adopting(question.over, [0.0, 1.0])).assessment
    exact = np.isin(found.kinds, VOLTAGE_KINDS)
    margin = np.where(exact, 1e-6, NEAR)
    tight = (~found.solved | np.logical_or.reduce(found.excess > -margin, axis=1)).reshape(2, -1)
    tightest = found.tightest()
    kept = {step for step, keep in zip(steps, np.logical_or(*tight), strict=True) if keep}
    return tuple(sorted(kept | ({tightest.step} if tightest else set())))


def _may_cancel(feeder: Feeder) -> bool:
    """Tell whether flows may cancel: in a mesh, or between transformers."""
    return bool(trace(feeder).loop_lines) or len(feeder.transformers) > 1


def _not_outdone(values: np.ndarray) -> list[int]:
    """Return the columns that no other column exceeds everywhere; of equal ones the first."""
    above = np.logical_and.reduce(values[:, :, None] >= values[:, None, :], axis=0)
    earlier = np.triu(np.ones(above.shape, dtype=bool), k=1)
    outdone = (above & (~above.T | earlier)).any(axis=0)  # [one, other]: one outdoes other
    return [int(step) for step in np.flatnonzero(~outdone)]

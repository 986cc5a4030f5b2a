"""Monte Carlo: the hosting capacity when nobody knows who adopts next, over random orders of adoption."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from simulator.grid.errors import QuestionError
from simulator.grid.schema import Feeder
from simulator.studies.monte_carlo.answer import MonteCarlo
from simulator.studies.monte_carlo.first_limits import solve_block
from simulator.studies.monte_carlo.orders import block_flows, draw_orders
from simulator.studies.monte_carlo.quarter_hours import ALL_STEPS, binding_steps, worst_steps
from simulator.studies.monte_carlo.question import MonteCarloQuestion
from simulator.studies.monte_carlo.street import Street
from simulator.studies.sizes import LEVEL_FLOWS, Size, kind_of
from simulator.studies.sweep.hosting_capacity import SWEEP, HostingCapacity
from simulator.studies.sweep.levels import LEVELS
from simulator.studies.task import ALONE, Asking, Task

MAX_FLOWS = 20_000_000
APART = LEVEL_FLOWS + 4  # flows a quarter-hour that no placement asks for: even spread, and what binds at all


def monte_carlo(question: MonteCarloQuestion, asking: Asking = ALONE) -> MonteCarlo:
    """Draw placements and find how much each of them hosts.

    Raises: QuestionError for more than 20 million power flows, before any work.
    """
    adopters = _adopters(question.feeder)
    counts = np.unique(adopters)
    monte_carlo_size(question)
    steps = ALL_STEPS
    if question.quarter_hours != "all":
        steps = binding_steps(question)
    usual = Street(question, steps)
    swept = asking.ask(SWEEP, question.sweep_at(steps))
    baseline = swept.capacity.binding if swept.baseline_violation else None
    parts = 2 if baseline else 1

    def draw(street: Street, even: HostingCapacity, part: int) -> MonteCarlo:
        def told(share: float) -> None:
            asking.report((part + share) / parts)

        return _draw(street, counts, adopters, even.within_potential, told)

    found = draw(usual, swept.capacity, 0)
    if baseline is None:
        return found
    caused = draw(replace(usual, caused_only=True), swept.caused, 1)
    return replace(found, baseline=baseline, caused=caused)


def _draw(
    street: Street,
    counts: np.ndarray,
    adopters: np.ndarray,
    even: HostingCapacity,
    progress: Callable[[float], None],
) -> MonteCarlo:
    """Draw the placements, block by block."""
    question, steps, blocks = street.question, street.steps, []
    placements, seed = question.placements, question.seed
    size = max(1, block_flows(question.compiled) // (len(counts) * len(steps)))
    for ranks in draw_orders(placements, len(question.feeder.customers), seed, size):
        blocks.append(solve_block(street, ranks, counts))
        progress(min(1.0, len(blocks) * size / placements))
    violated_levels = np.concatenate([block.violated for block in blocks])
    return MonteCarlo(
        placements,
        seed,
        question.adoption,
        question.over,
        question.limits,
        steps,
        placements * len(counts) * len(steps),
        adopters,
        1 - violated_levels.mean(axis=0)[np.searchsorted(counts, adopters)],
        np.concatenate([block.capacity for block in blocks]),
        np.concatenate([block.installed for block in blocks]),
        sum((block.bindings for block in blocks), Counter()),
        np.sum([block.customers for block in blocks], axis=0) / placements,
        even,
        street.sizes,
    )


def _adopters(feeder: Feeder) -> np.ndarray:
    """Return how many customers have adopted at each of the 21 levels."""
    adopters: np.ndarray = np.floor(np.array(LEVELS) / 1000 * len(feeder.customers) + 0.5).astype(int)
    return adopters


def monte_carlo_size(question: MonteCarloQuestion) -> Size:
    """Return the size of a question, before any power flow: the quarter-hours that can bind may be fewer.

    Raises: QuestionError for more than 20 million power flows.
    """
    feeder, placements = question.feeder, question.placements
    steps = len(ALL_STEPS)
    if question.quarter_hours != "all":
        steps = len(worst_steps(question))
    levels = len(set(_adopters(feeder).tolist()))
    flows = placements * levels * steps
    words = f"{placements:,} x {levels} levels x {steps} quarter-hours"
    if flows > MAX_FLOWS:
        accepts = f"at most {MAX_FLOWS:,} are computed: enter at most {MAX_FLOWS // (levels * steps):,}."
        raise QuestionError("placements", f"Placements: {words} are {flows:,} power flows; {accepts}")
    between = max(len(feeder.customers) // 20, 1).bit_length()  # bisections between two levels, at most
    each = levels + between + 1  # and one at which the limit is broken
    apart = APART * steps
    flows = placements * each * steps + apart
    told = f"{words}, with the search between levels,"
    kind = kind_of(question)
    return Size(flows, told, kind, field="placements", count=placements, apart=apart)


MONTE_CARLO = Task("monte-carlo", monte_carlo, monte_carlo_size, needs=(SWEEP,), long=True)

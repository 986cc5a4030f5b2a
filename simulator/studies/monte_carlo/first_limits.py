"""Blocks of placements: how many customers each lets adopt, and the limit that the next one breaks."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from simulator.assessment.violations import VOLTAGE_KINDS, Assessment
from simulator.studies.monte_carlo.street import Street

Binding = tuple[str, str] | None  # kind and element; None where all customers can adopt


@dataclass(frozen=True, eq=False)
class Block:
    """What a block of placements found.

    Shape: ``violated`` (placements, counts), ``capacity`` in customers and in size (placements,);
    ``customers`` (customers,) counts the placements in which each is beyond a voltage limit.
    """

    violated: np.ndarray
    capacity: np.ndarray
    installed: np.ndarray
    bindings: Counter[Binding]
    customers: np.ndarray


def solve_block(street: Street, ranks: np.ndarray, counts: np.ndarray) -> Block:
    """Find how many customers may adopt in each placement of a block, and what stops the next one.

    Shape: ``ranks`` (placements, customers); ``counts`` the numbers of adopters to solve, ascending.
    """
    violated = street.violated(ranks, np.broadcast_to(counts, (len(ranks), len(counts))))
    stopped = violated.any(axis=1)
    first = violated.argmax(axis=1)
    good = np.where(stopped, np.where(first > 0, counts[first - 1], -1), counts[-1])
    bad = np.where(stopped, counts[first], counts[-1] + 1)
    _refine(street, ranks, good, bad)
    sizes = street.sizes
    bindings: Counter[Binding] = Counter({None: int((~stopped).sum())} if not stopped.all() else {})
    outside = np.zeros(len(sizes))
    if stopped.any():
        found, outside = _first_violations(street, street.assess(ranks[stopped], bad[stopped]))
        bindings += found
    capacity = np.maximum(good, 0)
    return Block(violated, capacity, (ranks < capacity[:, None]) @ sizes, bindings, outside)


def _refine(street: Street, ranks: np.ndarray, good: np.ndarray, bad: np.ndarray) -> None:
    """Bring ``good`` and ``bad``, numbers of adopters, together by bisection, in place."""
    while len(wide := np.flatnonzero(bad - good > 1)):
        middle = (good[wide] + bad[wide]) // 2
        out = street.violated(ranks[wide], middle[:, None])[:, 0]
        bad[wide[out]], good[wide[~out]] = middle[out], middle[~out]


def _first_violations(street: Street, found: Assessment) -> tuple[Counter[Binding], np.ndarray]:
    """Return what is worst in each placement, and in how many each customer's voltage is beyond a limit."""
    each = (-1, len(street.steps), found.excess.shape[1])
    excess = street.counted(found).reshape(each)
    unsolved = excess == np.inf
    solved = ~unsolved.any(axis=(1, 2))
    excess[unsolved] = -np.inf
    worst = excess.max(axis=1).argmax(axis=1)
    bindings: Counter[Binding] = Counter(
        (str(found.kinds[i]), str(found.elements[i])) if well else ("no_solution", "feeder")
        for i, well in zip(worst, solved, strict=True)
    )
    beyond = excess.max(axis=1) > 0
    outside = np.zeros(len(street.question.feeder.customers))
    voltage = np.isin(found.kinds, VOLTAGE_KINDS)
    for i, customer in enumerate(street.question.feeder.customers):
        outside[i] = beyond[:, voltage & (found.elements == customer.bus)].any(axis=1).sum()
    return bindings, outside

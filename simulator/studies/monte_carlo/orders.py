"""Random orders in which customers adopt, block by block."""

from collections.abc import Iterator

import numpy as np

from simulator.powerflow.batch import case_work
from simulator.powerflow.compiled import CompiledFeeder

BLOCK_FLOWS = 40_000  # power flows between two reports of progress: a tenth of a second
BLOCK_WORK = 2e10  # multiplications, about a second: in large networks fewer flows make a block


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


def block_flows(compiled: CompiledFeeder) -> int:
    """Return how many power flows of a network make a block."""
    return int(min(BLOCK_FLOWS, BLOCK_WORK // case_work(compiled)))

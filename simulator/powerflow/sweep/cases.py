"""Cases taken into blocks, solved there, and their results written out: compiled, the one way in."""

import numpy as np

from simulator.powerflow.compiled import BASE_KVA
from simulator.powerflow.iteration import MAX_ITERATIONS
from simulator.powerflow.sweep.grid import ITERATIONS, KPIS, SOURCE_KW, Block
from simulator.powerflow.sweep.numbas import compiled
from simulator.powerflow.sweep.passes import settle
from simulator.powerflow.sweep.results import draw, reduce, rise, square

FEW = 8
PU_PER_KW = 1 / BASE_KVA
SOON = 16  # iterations: a case that needs more is taken out of its block, and solved with others of its kind


@compiled
def solve_cases(grid, powers, below_pu, lanes, kpis, flows):  # type: ignore[no-untyped-def]
    """Solve cases ``lanes`` at a time; those that settle late once more together, to their end.

    ``powers`` are kW and kvar, (cases, ports). Writes key figures, (``KPIS``, cases), and, where ``flows``
    has columns, voltages and loadings side by side, (cases, buses + lines + transformers).
    """
    block, of_block = block_of(len(grid.port), powers[0].shape[1], lanes), np.empty((KPIS, lanes))
    squares = np.empty((len(grid.place) + len(grid.ends) + len(grid.windings), lanes))
    cases, late, most = np.arange(len(powers[0])), np.empty(len(powers[0]), np.int64), SOON
    while len(cases) > 0:
        waiting = 0
        for first in range(0, len(cases), lanes):
            part = cases[first : first + lanes]
            load(grid, block, powers, part)
            settle(grid, block, most)
            if most == MAX_ITERATIONS:
                block.going[:] = 0.0
            for i in range(len(part)):
                if block.going[i] > 0:
                    late[waiting] = part[i]
                    waiting += 1
            square(grid, block, squares)
            reduce(grid, squares, of_block)
            draw(grid, block, of_block)
            rise(squares, below_pu, part, of_block)
            write(block, part, squares, of_block, kpis, flows)
        cases, most = late[:waiting].copy(), MAX_ITERATIONS


@compiled
def block_of(places, ports, lanes):  # type: ignore[no-untyped-def]
    """Return an empty block."""
    return Block(
        np.zeros((ports, lanes)),
        np.zeros((ports, lanes)),
        np.zeros((places, lanes)),
        np.zeros((places, lanes)),
        np.zeros((places, lanes)),
        np.zeros((places, lanes)),
        np.zeros((places, lanes)),
        np.zeros((places, lanes)),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(lanes),
    )


@compiled
def load(grid, block, powers, cases):  # type: ignore[no-untyped-def]
    """Take some cases into a block, the last again where there are too few; open what may have a solution."""
    take(powers[0], cases, block.p)
    take(powers[1], cases, block.q)
    total, p, q = block.moved, block.p, block.q
    total[:] = 0.0
    for j in range(len(p)):
        for lane in range(len(total)):
            total[lane] += abs(p[j, lane]) + abs(q[j, lane])
    for lane in range(len(total)):
        if not total[lane] <= grid.extreme_pu:  # by the sum of both parts, which is at least as large
            total[lane] = np.sqrt(p[:, lane] ** 2 + q[:, lane] ** 2).sum()
        block.going[lane] = 1.0 if total[lane] <= grid.extreme_pu else 0.0
    block.iterations[:] = MAX_ITERATIONS
    block.before[:] = 0.0
    for k in range(grid.first, len(grid.port)):
        block.vr[k][:] = grid.own[k, 2]
        block.vi[k][:] = grid.own[k, 3]


@compiled
def take(power, cases, out):  # type: ignore[no-untyped-def]
    """Turn cases from rows in kW to columns in pu, a few at a time: near one another in memory both ways."""
    lanes = out.shape[1]
    for first in range(0, lanes, FEW):
        for j in range(len(out)):
            for lane in range(first, min(first + FEW, lanes)):
                out[j, lane] = power[cases[min(lane, len(cases) - 1)], j] * PU_PER_KW


@compiled
def write(block, cases, squares, of_block, kpis, flows):  # type: ignore[no-untyped-def]
    """Write a block's closed cases to where they belong; what has no solution is NaN."""
    for i in range(len(cases)):
        if block.going[i] > 0:
            continue
        solved = block.iterations[i] < MAX_ITERATIONS and np.isfinite(of_block[SOURCE_KW, i])
        for row in range(KPIS):
            kpis[row, cases[i]] = of_block[row, i] if solved else np.nan
        kpis[ITERATIONS, cases[i]] = block.iterations[i]
        for column in range(flows.shape[1]):
            flows[cases[i], column] = np.sqrt(squares[column, i]) if solved else np.nan

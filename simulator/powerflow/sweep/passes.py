"""The two passes over a feeder, compiled: currents in towards the source, voltages out from it.

Arrays are taken out of their tuples first, and rows are never handed on: each reference that is counted in a
loop over places costs as much as the work on a row.
"""

import numpy as np

from simulator.powerflow.iteration import ERROR_PU, FLOOR_PU
from simulator.powerflow.sweep.numbas import compiled

QUICK = 0.01  # moves that shrink faster by chance are not trusted to go on so


@compiled
def inject(grid, block):  # type: ignore[no-untyped-def]
    """Write conj(S / V) at ports, 0 elsewhere."""
    p, q, re, im, x, y = block.p, block.q, block.ir, block.ii, block.vr, block.vi
    ports, lanes = grid.port, re.shape[1]
    for k in range(grid.first, len(ports)):
        j = ports[k]
        if j < 0:
            for i in range(lanes):
                re[k, i] = 0.0
                im[k, i] = 0.0
        else:
            for i in range(lanes):
                inverse = 1.0 / (x[k, i] * x[k, i] + y[k, i] * y[k, i])
                re[k, i] = (p[j, i] * x[k, i] + q[j, i] * y[k, i]) * inverse
                im[k, i] = (p[j, i] * y[k, i] - q[j, i] * x[k, i]) * inverse


@compiled
def gather(grid, block):  # type: ignore[no-untyped-def]
    """Hand currents on towards the source."""
    re, im, start, neighbour = block.ir, block.ii, grid.start, grid.neighbour
    link, plain, lanes = grid.link, grid.plain, re.shape[1]
    for k in range(grid.first, len(grid.port)):
        for e in range(start[k], start[k + 1]):
            to, g, h = neighbour[e], link[e, 0], link[e, 1]
            if plain[e]:
                for i in range(lanes):
                    re[to, i] += re[k, i]
                    im[to, i] += im[k, i]
            else:
                for i in range(lanes):
                    re[to, i] += g * re[k, i] - h * im[k, i]
                    im[to, i] += g * im[k, i] + h * re[k, i]


@compiled
def spread(grid, block, first):  # type: ignore[no-untyped-def]
    """Carry voltages' fall out from the source, to all places from ``first`` on."""
    a, b, x, y, start, neighbour = block.ir, block.ii, block.dr, block.di, grid.start, grid.neighbour
    link, own, plain, lanes = grid.link, grid.own, grid.plain, x.shape[1]
    for k in range(len(grid.port) - 1, first - 1, -1):
        g, h, e, last = own[k, 0], own[k, 1], start[k], start[k + 1]
        if e < last and plain[e]:
            to = neighbour[e]
            for i in range(lanes):
                x[k, i] = x[to, i] + (g * a[k, i] - h * b[k, i])
                y[k, i] = y[to, i] + (g * b[k, i] + h * a[k, i])
            e += 1
        else:
            for i in range(lanes):
                x[k, i] = g * a[k, i] - h * b[k, i]
                y[k, i] = g * b[k, i] + h * a[k, i]
        for other in range(e, last):
            to, g, h = neighbour[other], link[other, 2], link[other, 3]
            for i in range(lanes):
                x[k, i] += g * x[to, i] - h * y[to, i]
                y[k, i] += g * y[to, i] + h * x[to, i]


@compiled
def take_up(grid, block):  # type: ignore[no-untyped-def]
    """Move the voltages of open cases at ports to where they have fallen, and keep how far that is."""
    x, y, vr, vi, ports, own = block.dr, block.di, block.vr, block.vi, grid.port, grid.own
    moved, going, lanes = block.moved, block.going, x.shape[1]
    moved[:] = 0.0
    for k in range(grid.first, len(ports)):
        if ports[k] < 0:
            continue
        re, im = own[k, 2], own[k, 3]
        for i in range(lanes):
            by = max(abs(re + x[k, i] - vr[k, i]), abs(im + y[k, i] - vi[k, i]))
            moved[i] = by if by > moved[i] else moved[i]
        for i in range(lanes):
            vr[k, i] = re + x[k, i] if going[i] > 0 else vr[k, i]
            vi[k, i] = im + y[k, i] if going[i] > 0 else vi[k, i]


@compiled
def close(block, count):  # type: ignore[no-untyped-def]
    """Close the cases that stand still, or never will; return how many are open yet.

    A case stands still once its voltage's error is below 3e-10 pu, by how far it has moved and how fast its
    moves shrink.
    """
    moved, before, going, left = block.moved, block.before, block.going, 0
    for i in range(len(going)):
        ratio = max(moved[i] / before[i], QUICK)
        before[i] = moved[i]
        if going[i] > 0 and (moved[i] * ratio < ERROR_PU * (1 - ratio) or moved[i] < FLOOR_PU):
            block.iterations[i] = count
            going[i] = 0.0
        if not moved[i] < np.inf:
            going[i] = 0.0
        left += going[i] > 0
    return left


@compiled
def settle(grid, block, most):  # type: ignore[no-untyped-def]
    """Sweep until all cases are closed, or ``most`` times.

    The last sweep belongs to all: closed cases keep the voltage that it starts from, however long others of
    the block have taken.
    """
    count, left = 1, 1
    while left > 0 and count < most:
        inject(grid, block)
        gather(grid, block)
        spread(grid, block, grid.first)
        take_up(grid, block)
        count += 1
        left = close(block, count)
    inject(grid, block)
    gather(grid, block)
    for k in range(grid.first):
        block.ir[k][:] = 0.0
        block.ii[k][:] = 0.0
    spread(grid, block, 0)
    for k in range(len(grid.port)):
        block.vr[k][:] = grid.own[k, 2] + block.dr[k]
        block.vi[k][:] = grid.own[k, 3] + block.di[k]

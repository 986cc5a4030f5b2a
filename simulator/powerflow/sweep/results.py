"""What is read off a block of solved cases, compiled: voltages, loadings, source power, key figures."""

import numpy as np

from simulator.powerflow.compiled import BASE_KVA
from simulator.powerflow.sweep.grid import LINE, MAX_PU, MIN_PU, RISE, SOURCE_KVAR, SOURCE_KW, TRANSFORMER
from simulator.powerflow.sweep.numbas import compiled


@compiled
def square(grid, block, squares):  # type: ignore[no-untyped-def]
    """Write the squares of all buses' voltages, then of lines' and transformers' loadings, a row each."""
    vr, vi, place = block.vr, block.vi, grid.place
    lanes = vr.shape[1]
    for bus in range(len(place)):
        k = place[bus]
        for i in range(lanes):
            squares[bus, i] = vr[k, i] * vr[k, i] + vi[k, i] * vi[k, i]
    square_lines(grid, block, squares)
    square_transformers(grid, block, squares)


@compiled
def square_lines(grid, block, squares):  # type: ignore[no-untyped-def]
    """Write the square of each line's loading, the higher of its two ends."""
    vr, vi, ends, y, even = block.vr, block.vi, grid.ends, grid.line, grid.even
    above, lanes = len(grid.place), vr.shape[1]
    for line in range(len(ends)):
        a, b, row = ends[line, 0], ends[line, 1], above + line
        y0, y1, y2, y3 = y[line, 0], y[line, 1], y[line, 2], y[line, 3]
        if even[line]:
            size = y0 * y0 + y1 * y1
            for i in range(lanes):
                re, im = vr[a, i] - vr[b, i], vi[a, i] - vi[b, i]
                squares[row, i] = (re * re + im * im) * size
            continue
        for i in range(lanes):
            re = y0 * vr[a, i] - y1 * vi[a, i] + y2 * vr[b, i] - y3 * vi[b, i]
            im = y0 * vi[a, i] + y1 * vr[a, i] + y2 * vi[b, i] + y3 * vr[b, i]
            squares[row, i] = re * re + im * im
        y0, y1, y2, y3 = y[line, 4], y[line, 5], y[line, 6], y[line, 7]
        for i in range(lanes):
            re = y0 * vr[a, i] - y1 * vi[a, i] + y2 * vr[b, i] - y3 * vi[b, i]
            im = y0 * vi[a, i] + y1 * vr[a, i] + y2 * vi[b, i] + y3 * vr[b, i]
            squares[row, i] = max(squares[row, i], re * re + im * im)


@compiled
def square_transformers(grid, block, squares):  # type: ignore[no-untyped-def]
    """Write the square of each transformer's loading, the higher of its two sides."""
    vr, vi, windings, y = block.vr, block.vi, grid.windings, grid.transformer
    above, lanes = len(grid.place) + len(grid.ends), vr.shape[1]
    for transformer in range(len(windings)):
        a, b, row = windings[transformer, 0], windings[transformer, 1], above + transformer
        for i in range(lanes):
            squares[row, i] = 0.0
        for side in range(0, 12, 6):
            y0, y1 = y[transformer, side], y[transformer, side + 1]
            y2, y3 = y[transformer, side + 2], y[transformer, side + 3]
            y4, y5 = y[transformer, side + 4], y[transformer, side + 5]
            for i in range(lanes):
                re = y0 + y2 * vr[a, i] - y3 * vi[a, i] + y4 * vr[b, i] - y5 * vi[b, i]
                im = y1 + y2 * vi[a, i] + y3 * vr[a, i] + y4 * vi[b, i] + y5 * vr[b, i]
                squares[row, i] = max(squares[row, i], re * re + im * im)


@compiled
def draw(grid, block, kpis):  # type: ignore[no-untyped-def]
    """Write what is drawn from the source, kW and kvar."""
    vr, vi, fed, scale = block.vr, block.vi, grid.fed, grid.source_pu * BASE_KVA
    kpis[SOURCE_KW] = scale * grid.source[0, 0]
    kpis[SOURCE_KVAR] = -scale * grid.source[0, 1]
    for j in range(len(fed)):
        k, g, h = fed[j], scale * grid.source[j + 1, 0], scale * grid.source[j + 1, 1]
        for i in range(vr.shape[1]):
            kpis[SOURCE_KW, i] += g * vr[k, i] - h * vi[k, i]
            kpis[SOURCE_KVAR, i] -= g * vi[k, i] + h * vr[k, i]


@compiled
def reduce(grid, squares, kpis):  # type: ignore[no-untyped-def]
    """Write the extremes of a block's squares, each with its position."""
    buses, lines, lanes = len(grid.place), len(grid.ends), squares.shape[1]
    for i in range(lanes):
        kpis[MIN_PU, i], kpis[MIN_PU + 1, i] = np.inf, -1.0
    for bus in range(buses):
        at = float(bus)
        for i in range(lanes):
            lower = squares[bus, i] < kpis[MIN_PU, i]
            kpis[MIN_PU, i] = squares[bus, i] if lower else kpis[MIN_PU, i]
            kpis[MIN_PU + 1, i] = at if lower else kpis[MIN_PU + 1, i]
    highest(squares, 0, buses, MAX_PU, kpis)
    highest(squares, buses, buses + lines, LINE, kpis)
    highest(squares, buses + lines, len(squares), TRANSFORMER, kpis)


@compiled
def highest(squares, first, last, into, kpis):  # type: ignore[no-untyped-def]
    """Write the highest of some rows, and its position among them; NaN and -1 where there are none."""
    lanes = squares.shape[1]
    for i in range(lanes):
        kpis[into, i], kpis[into + 1, i] = -1.0 if first < last else np.nan, -1.0
    for row in range(first, last):
        at = float(row - first)
        for i in range(lanes):
            higher = squares[row, i] > kpis[into, i]
            kpis[into, i] = squares[row, i] if higher else kpis[into, i]
            kpis[into + 1, i] = at if higher else kpis[into + 1, i]


@compiled
def rise(squares, below_pu, cases, kpis):  # type: ignore[no-untyped-def]
    """Write the largest rise of any bus above voltages to compare with, (buses, cases)."""
    kpis[RISE] = np.nan
    for i in range(len(cases)):
        most = -np.inf
        for bus in range(len(below_pu)):
            most = max(most, np.sqrt(squares[bus, i]) - below_pu[bus, cases[i]])
        kpis[RISE, i] = most if len(below_pu) > 0 else np.nan

"""How far the sweep is from what the processor can multiply and move. Run from the checkout:

    .venv/bin/python benchmarks/solver_limit.py

It takes a minute, most of it to compile what it measures. Times are of the processor, the best of many.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from machine import describe_machine
from solver_cases import ADOPTION, draw_year, street_feeder
from solver_timing import render_table

from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.reduced import solve_kpis
from simulator.powerflow.sweep.cases import block_of, load
from simulator.powerflow.sweep.engine import lanes_for
from simulator.powerflow.sweep.grid import KPIS, Block, Grid
from simulator.powerflow.sweep.numbas import compiled
from simulator.powerflow.sweep.passes import gather, inject, spread, take_up
from simulator.powerflow.sweep.results import draw, reduce, square

SIZES = (30, 100, 300, 1000)
CASES, TIMES, BYTES = 2048, 50, 8
CHAIN = 16  # multiply-adds on each number


def count_sweep(grid: Grid) -> tuple[int, int]:
    """Count, by their lines, what the four passes of a sweep add, multiply or divide, and what they move.

    Comparisons are not counted, nor are the factors and the rows of a block, which stay near the processor.
    """
    ports, places = int((grid.port >= 0).sum()), len(grid.port) - grid.first
    kinds = grid.plain[int(grid.start[grid.first]) :]
    plain, other = int(kinds.sum()), int((~kinds).sum())
    flops = 12 * ports + (2 + 2) * plain + (8 + 8) * other + 6 * places + 6 * ports
    numbers = 6 * ports + 2 * (places - ports) + (6 + 2) * plain + (6 + 6) * other + 4 * places + 10 * ports
    return flops, numbers


@compiled
def sweep_often(grid: Grid, block: Block, times: int) -> None:
    """Sweep so many times."""
    for _ in range(times):
        inject(grid, block)
        gather(grid, block)
        spread(grid, block, grid.first)
        take_up(grid, block)


@compiled
def take_often(grid: Grid, block: Block, powers: tuple[np.ndarray, np.ndarray], times: int) -> None:
    """Take cases into a block so many times."""
    cases = np.arange(block.p.shape[1])
    for _ in range(times):
        load(grid, block, powers, cases)


@compiled
def read_often(grid: Grid, block: Block, squares: np.ndarray, kpis: np.ndarray, times: int) -> None:
    """Reduce a block to its key figures so many times."""
    for _ in range(times):
        square(grid, block, squares)
        reduce(grid, squares, kpis)
        draw(grid, block, kpis)


@compiled
def multiply_and_add(numbers: np.ndarray, times: int) -> None:
    """Multiply and add on a few numbers, as many at once as the processor can."""
    for _ in range(times):
        for i in range(len(numbers)):
            one = numbers[i]
            for _ in range(CHAIN):
                one = one * 0.999 + 1e-3
            numbers[i] = one


@compiled
def move(a: np.ndarray, b: np.ndarray, c: np.ndarray, times: int) -> None:
    """Read two numbers and write one, so many times over."""
    for turn in range(times):
        for i in range(len(a)):
            c[i] = a[i] + turn * b[i]


def best_s(act: Callable[[], object], repeats: int = 15) -> float:
    """Return the shortest time that the processor takes for an act, compiled before."""
    act()
    taken = []
    for _ in range(repeats):
        start = time.thread_time()
        act()
        taken.append(time.thread_time() - start)
    return min(taken)


def most_flops() -> float:
    """Return how many additions and multiplications the processor can do a second."""
    numbers = np.ones(1024)  # close to the processor
    times = 20_000
    return 2 * CHAIN * len(numbers) * times / best_s(lambda: multiply_and_add(numbers, times))


def most_bytes(working_bytes: int) -> float:
    """Return how many bytes can be moved a second, of as many as a block works on."""
    a, b, c = (np.ones(working_bytes // BYTES // 3) for _ in range(3))
    times = max(3, 20_000_000 // working_bytes)
    return times * 3 * a.nbytes / best_s(lambda: move(a, b, c, times))


def measure(buses: int, peak_flops: float) -> tuple[str, ...]:
    """Return a row: time a case and its parts, and how far a sweep is from the limits."""
    feeder = street_feeder(buses)
    whole = compile_feeder(feeder)
    grid = whole.grid
    if grid is None:
        raise ValueError("streets are balanced: they can be swept")
    p_kw, q_kvar = draw_year(feeder, range(100, 125)).injections(ADOPTION, slice(CASES))
    kpis = solve_kpis(whole, CASES, lambda rows: (p_kw[rows], q_kvar[rows]))
    case_s = best_s(lambda: solve_kpis(whole, CASES, lambda rows: (p_kw[rows], q_kvar[rows]))) / CASES
    lanes = lanes_for(buses, CASES)
    block, of_block = block_of(len(grid.port), p_kw.shape[1], lanes), np.empty((KPIS, lanes))
    squares = np.empty((grid.columns, lanes))
    each = TIMES * lanes
    take_s = best_s(lambda: take_often(grid, block, (p_kw, q_kvar), TIMES)) / each
    sweep_s = best_s(lambda: sweep_often(grid, block, TIMES)) / each
    read_s = best_s(lambda: read_often(grid, block, squares, of_block, TIMES)) / each
    flops, numbers = count_sweep(grid)
    working = sum(part.nbytes for part in block)
    sweeps = float(kpis.iterations.mean())
    return (
        f"{buses:,}",
        f"{case_s * 1e6:.2f}",
        *(f"{part / case_s:.0%}" for part in (take_s, sweeps * sweep_s, read_s)),
        f"{flops / sweep_s / 1e9:.1f} ({flops / sweep_s / peak_flops:.0%})",
        f"{numbers * BYTES / sweep_s / 1e9:.0f} ({numbers * BYTES / sweep_s / most_bytes(working):.0%})",
        f"{working / 1e6:.1f}",
    )


def main() -> None:
    """Measure and print."""
    peak_flops = most_flops()
    print(describe_machine())
    print(f"Most: {peak_flops / 1e9:.0f} billion additions and multiplications a second.\n")
    head = ("buses", "µs a case", "taking in", "sweeps", "reading out", "Gflop/s (of most)", "GB/s (of most)")
    print(render_table((*head, "block, MB"), [measure(buses, peak_flops) for buses in SIZES]))


if __name__ == "__main__":
    main()

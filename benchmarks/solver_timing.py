"""How solvers are timed: in turn, so that a noisy moment hits all alike, each judged by its best run."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")


def whole(vm_pu: np.ndarray) -> np.ndarray:
    """Return all voltages."""
    return vm_pu


@dataclass(frozen=True, eq=False)
class Entry:
    """One solver with its input in place: ``run`` solves the cases ``rows`` and returns (cases, figures).

    ``figures`` tells what of all voltages (cases, buses) the run returns.
    """

    name: str
    rows: np.ndarray
    run: Callable[[], np.ndarray]
    figures: Callable[[np.ndarray], np.ndarray] = whole


@dataclass(frozen=True)
class Timed:
    """The best time of an entry, and its largest difference from the voltages it was held against."""

    microseconds: float  # a case
    cases: int
    difference_pu: float


def race(
    entries: Sequence[Entry], vm_pu: np.ndarray, rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Timed]:
    """Time all entries in turn, again and again, and hold their results against ``vm_pu`` (cases, buses)."""
    seconds = {entry.name: np.inf for entry in entries}
    apart: dict[str, float] = {}
    for turn in range(rounds):
        for entry in entries:
            start = clock()
            result = entry.run()
            seconds[entry.name] = min(seconds[entry.name], clock() - start)
            if turn == 0:
                apart[entry.name] = largest_difference(result, entry.figures(vm_pu[entry.rows]))
            del result
    return {
        entry.name: Timed(seconds[entry.name] / len(entry.rows) * 1e6, len(entry.rows), apart[entry.name])
        for entry in entries
    }


def largest_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the largest difference; infinite where a figure is missing, so that nothing passes unseen."""
    if one.shape != other.shape or not (np.isfinite(one).all() and np.isfinite(other).all()):
        return float("inf")
    return float(np.abs(one - other).max(initial=0.0))


def best_seconds(act: Callable[[], object], repeats: int) -> float:
    """Return the shortest time of an act."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def in_own_process(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a new process, so that the memory of others does not count as its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(function, *args, **kwargs).result()


def peak_mb() -> float:
    """Return the most memory that this process has held.

    On Linux from /proc: ``ru_maxrss`` there begins with the memory of the process that started this one.
    """
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else []:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit / 1024


def render_table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table in Markdown; the first column is text, the others are right-aligned."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        for row in (cells[0], rule, *cells[1:])
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

"""What a feeder costs that this process has not seen before: compiling it, and its first sweep."""

import time

from solver_timing import in_own_process

from simulator.grid.profiles import read_profiles
from simulator.grid.reading import NETWORKS_DIR, read_feeder
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.powerflow.compiled import compile_feeder
from simulator.studies.sweep.hosting_capacity import sweep
from simulator.studies.sweep.question import SweepQuestion

HOURS = (28, 48, 74)  # 07:00, 12:00, 18:30


def first_times(quick: bool) -> dict[str, list[float]]:
    """Return ms to compile, and to sweep, each feeder but the one that paid for the imports.

    Each the best of several processes, since only a new process has not seen a feeder.
    """
    runs = [
        {name: in_own_process(_time_each, name) for name in ("compile", "sweep")}
        for _ in range(1 if quick else 6)
    ]
    return {
        name: [min(times) for times in zip(*(run[name] for run in runs), strict=True)] for name in runs[0]
    }


def _time_each(name: str) -> list[float]:
    act = {"compile": compile_feeder, "sweep": _sweep}[name]
    first, *feeders = (read_feeder(path) for path in sorted(NETWORKS_DIR.glob("*.json")))
    act(first)
    took = []
    for feeder in feeders:
        start = time.perf_counter()
        act(feeder)
        took.append((time.perf_counter() - start) * 1000)
    return took


def _sweep(feeder: Feeder) -> object:
    return sweep(SweepQuestion(subject=Subject(feeder, read_profiles()), steps=HOURS))

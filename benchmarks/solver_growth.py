"""How the cost of a power flow grows with the feeder's buses and with the number of cases."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from solver_cases import ADOPTION, DAYS, benchmark_feeder, draw_year, street_feeder
from solver_own import own_entries, solve_voltages
from solver_peers import NODES, PGM_CURRENT, grid_model_entries
from solver_timing import Entry, Timed, best_seconds, in_own_process, peak_mb, race

from simulator.grid.schema import Feeder
from simulator.powerflow.batch import CHUNK
from simulator.powerflow.compiled import compile_feeder
from simulator.powerflow.reduced import solve_kpis

SIZES = ((30, 29), (60, 59), (100, 99), (200, 199), (300, 299), (500, 499), (1000, 999), (900, 55))
QUICK_SIZES = ((30, 29), (100, 99), (300, 299))
LEVELS = 21
STUDY = 96 * len(DAYS) * LEVELS
COUNTS = (100, 1_000, 10_000, 100_000, STUDY, 1_000_000)
QUICK_COUNTS = (10_000, STUDY)


@dataclass(frozen=True)
class BusesCost:
    """What a feeder of some size costs; ``peak_mb`` is that of compiling it and solving for KPIs."""

    buses: int
    customers: int
    compile_ms: float
    peak_mb: float
    timed: dict[str, Timed]


@dataclass(frozen=True)
class CasesCost:
    """What some number of cases costs; ``before_mb`` is the peak before they are solved."""

    cases: int
    seconds: float
    before_mb: float
    peak_mb: float


def grow_buses(quick: bool) -> Iterator[BusesCost]:
    """Yield the cost of each size of feeder, each in a process of its own."""
    for buses, customers in QUICK_SIZES if quick else SIZES:
        yield in_own_process(_cost_of_buses, buses, customers, 2 if quick else 4)


def _cost_of_buses(buses: int, customers: int, rounds: int) -> BusesCost:
    compile_feeder(benchmark_feeder())  # pays for imports
    feeder = street_feeder(buses, customers)
    seconds = best_seconds(lambda: compile_feeder(feeder), 1)
    compiled = compile_feeder(feeder)
    cases = CHUNK * max(2, 120_000 // (buses * CHUNK))
    days = DAYS[:: len(DAYS) // (1 + cases // 96)]
    p_kw, q_kvar = draw_year(feeder, days).injections(ADOPTION, slice(cases))
    solve_kpis(compiled, cases, lambda rows: (p_kw[rows], q_kvar[rows]))
    peak = peak_mb()
    vm_pu = solve_voltages(compiled, p_kw, q_kvar)
    entries = [*own_entries(compiled, p_kw, q_kvar)[:3], *_peer_entries(feeder, p_kw, q_kvar)]
    return BusesCost(buses, customers, seconds * 1000, peak, race(entries, vm_pu, rounds))


def _peer_entries(feeder: Feeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    try:
        peers = grid_model_entries(feeder, p_kw, q_kvar)
    except ImportError:  # the report says so
        return []
    return [entry for entry in peers if entry.name == PGM_CURRENT + NODES]


def grow_cases(quick: bool) -> Iterator[CasesCost]:
    """Yield the cost of each number of cases, each in a process of its own; the year's study is one."""
    for cases in QUICK_COUNTS if quick else COUNTS:
        yield in_own_process(_cost_of_cases, cases, 2 if cases > 100_000 else 7)


def _cost_of_cases(cases: int, repeats: int) -> CasesCost:
    """Solve the year at one level of adoption after the other; rows are made when a chunk asks for them."""
    feeder = benchmark_feeder()
    compiled, year = compile_feeder(feeder), draw_year(feeder)
    quarters = len(year.load_kw)

    def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
        index = np.arange(part.start, part.stop)
        adoption = index // quarters % LEVELS / (LEVELS - 1)
        return year.injections(adoption[:, None], index % quarters)

    solve_kpis(compiled, CHUNK, rows)
    before = peak_mb()
    seconds = best_seconds(lambda: solve_kpis(compiled, cases, rows), repeats)
    return CasesCost(cases, seconds, before, peak_mb())

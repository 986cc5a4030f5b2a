"""How long this machine takes for a power flow of a network, measured on a few of them."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Literal

import numpy as np

from simulator.grid.profiles import read_profiles
from simulator.grid.schema import Feeder
from simulator.grid.subject import Subject
from simulator.powerflow.reduced import solve_kpis
from simulator.questions.question import Question
from simulator.studies.nodes.additions import read_additions
from simulator.studies.sizes import FlowKind

MIN_S = 0.005  # measured for shorter, the clock would count for more than the work
FIRST_CASES, MAX_CASES = 16, 1024
KEPT = 1000

Solve = Callable[[int], int]  # solves so many cases, or somewhat more, and tells how many

_rates: OrderedDict[tuple[FlowKind, str], float] = OrderedDict()
_lock = Lock()


def flow_s(feeder: Feeder, kind: FlowKind) -> float:
    """Return the processor time that one of many power flows takes, in seconds; kept by the feeder's content.

    The first of them also builds what all need; that is not counted.
    """
    key = (kind, feeder.content_hash)
    with _lock:
        known = _rates.get(key)
    if known is not None:
        return known
    question = Question(subject=Subject(feeder, read_profiles()), phases=_phases(kind))
    found = _measure(_additions(question) if kind == "addition" else _cases(question))
    with _lock:
        _rates[key] = found
        while len(_rates) > KEPT:
            _rates.popitem(last=False)
    return found


def is_known(feeder: Feeder, kind: FlowKind) -> bool:
    """Tell whether the rate has been measured before."""
    with _lock:
        return (kind, feeder.content_hash) in _rates


def _phases(kind: FlowKind) -> Literal["recorded", "balanced"]:
    return "recorded" if kind == "phase case" else "balanced"


def _measure(solve: Solve) -> float:
    """Return the seconds a case, of as many cases as a clock needs: the better of two tries."""
    cases = FIRST_CASES
    solve(cases)
    while True:
        taken_s, solved = min(_timed(solve, cases) for _ in range(2))
        if taken_s >= MIN_S or solved >= MAX_CASES:
            return taken_s / solved
        cases *= 4


def _timed(solve: Solve, cases: int) -> tuple[float, int]:
    start = time.thread_time()
    solved = solve(cases)
    return time.thread_time() - start, solved


def _cases(question: Question) -> Solve:
    """Return what solves cases of half of every customer's peak."""
    compiled = question.compiled
    p_kw = question.ports.sum(-np.array([[customer.peak_kw / 2 for customer in question.feeder.customers]]))
    q_kvar = p_kw / 4

    def rows(part: slice) -> tuple[np.ndarray, np.ndarray]:
        count = part.stop - part.start
        return np.tile(p_kw, (count, 1)), np.tile(q_kvar, (count, 1))

    def solve(cases: int) -> int:
        solve_kpis(compiled, cases, rows)
        return cases

    return solve


def _additions(question: Question) -> Solve:
    """Return what adds a kW at one bus after the other, as the study itself."""
    additions, buses = read_additions(question, (0,)), len(question.feeder.buses)

    def solve(cases: int) -> int:
        bus = np.arange(cases) % buses
        additions.worst(bus, np.zeros_like(bus), np.ones(cases))
        return cases

    return solve

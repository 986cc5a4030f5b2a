"""The sweep as an engine: loaded where it has been compiled before, and called from Python.

It is compiled by a command, never while somebody waits for an answer. Where it is not there, the solver goes
on with full matrices, and ``trouble`` says why.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from simulator.powerflow.libraries import one_at_a_time
from simulator.powerflow.sweep.grid import KPIS, Grid

LANES, WIDE_LANES, FEWEST_LANES = 128, 64, 16  # cases side by side
NARROW = 60  # buses, up to which the wider block still stays close to the processor
HOW = "run: python3 manage.py compile_solver"

Solve = Callable[..., None]

_NOTHING = np.empty((0, 0))

logger = logging.getLogger(__name__)


class NotCompiledError(RuntimeError):
    """The sweep cannot be used; the message says why and what to do."""


@cache
def loaded() -> Solve | NotCompiledError:
    """Return the compiled sweep, or why there is none; asked once a process."""
    try:
        return _load(may_compile=False)
    except NotCompiledError as error:
        logger.warning("solving by full matrices: %s", error)
        return error


def is_there() -> bool:
    """Tell whether the sweep can be used."""
    return not isinstance(loaded(), NotCompiledError)


def trouble() -> str:
    """Say why the sweep is not used; empty where it is."""
    found = loaded()
    return str(found) if isinstance(found, NotCompiledError) else ""


def compile_sweep() -> float:
    """Compile the sweep unless that is done; return the seconds it took. Raises: NotCompiledError."""
    start = time.perf_counter()
    _load(may_compile=True)
    loaded.cache_clear()
    return time.perf_counter() - start


def _load(*, may_compile: bool) -> Solve:
    """Load the sweep from where numba keeps it. Raises: NotCompiledError."""
    with one_at_a_time:
        try:
            import numba

            from simulator.powerflow.sweep import cases

            solve_cases: Any = cases.solve_cases
            solve: Solve = solve_cases

            typeof: Any = numba.typeof
            signature = tuple(typeof(argument) for argument in _arguments())
            if signature in solve_cases.overloads:
                return solve
            kept = solve_cases._cache.load_overload(signature, solve_cases.targetctx)
        except Exception as error:
            raise NotCompiledError(f"the sweep cannot be loaded ({error})") from error
        if kept is None and not may_compile:
            raise NotCompiledError(f"the sweep is not compiled for this machine; {HOW}")
        solve_cases.compile(signature)
        solve_cases.disable_compile()
    return solve


def _arguments() -> tuple[Any, ...]:
    """Return what the sweep is called with, of no size."""
    numbers, places = np.empty((0, 0)), np.empty(0, dtype=np.int64)
    flags, pairs = np.empty(0, dtype=bool), np.empty((0, 0), dtype=np.int64)
    grid = Grid(
        first=0,
        start=places,
        neighbour=places,
        plain=flags,
        link=numbers,
        own=numbers,
        port=places,
        place=places,
        ends=pairs,
        line=numbers,
        even=flags,
        windings=pairs,
        transformer=numbers,
        fed=places,
        source=numbers,
        source_pu=1.0,
        extreme_pu=1.0,
    )
    return grid, (numbers, numbers), numbers, 0, numbers, numbers


def sweep(
    grid: Grid,
    p_kw: np.ndarray,
    q_kvar: np.ndarray,
    below_pu: np.ndarray | None = None,
    *,
    whole: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the key figures of cases, and, where they are asked for ``whole``, all voltages and loadings.

    Shape: powers (cases, ports), ``below_pu`` (buses, cases); returns (``KPIS``, cases), and (cases, buses +
    lines + transformers). Units: kW, kvar; pu, and shares of rating. Raises: NotCompiledError.
    """
    solve = loaded()
    if isinstance(solve, NotCompiledError):
        raise solve
    columns = grid.columns if whole else 0
    kpis, flows = np.empty((KPIS, len(p_kw))), np.empty((len(p_kw), columns))
    powers = np.ascontiguousarray(p_kw, dtype=float), np.ascontiguousarray(q_kvar, dtype=float)
    below = _NOTHING if below_pu is None else np.ascontiguousarray(below_pu)
    solve(grid, powers, below, lanes_for(len(grid.place), len(p_kw)), kpis, flows)
    return kpis, flows


def lanes_for(buses: int, cases: int) -> int:
    """Return how many cases go side by side; what they are is the same for any number."""
    most = LANES if buses <= NARROW else WIDE_LANES
    return int(np.clip(-(-cases // FEWEST_LANES) * FEWEST_LANES, FEWEST_LANES, most))

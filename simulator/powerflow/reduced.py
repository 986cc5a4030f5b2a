"""Millions of cases reduced to their key figures, a chunk at a time: never cases x buses in memory."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

import numpy as np

from simulator.powerflow.batch import cases_at_once, chunks, settle_kw, sweep_chunk, swept
from simulator.powerflow.compiled import BASE_KVA, PHASES, CompiledFeeder
from simulator.powerflow.injections import check_shapes
from simulator.powerflow.sweep.grid import (
    ITERATIONS,
    LINE,
    MAX_PU,
    MIN_PU,
    RISE,
    SOURCE_KW,
    TRANSFORMER,
)

Rows = Callable[[slice], tuple[np.ndarray, np.ndarray]]
Voltages = Callable[[slice], np.ndarray]


@dataclass(frozen=True, eq=False)
class CaseKpis:
    """The key figures of each case; NaN, and position -1, where a case has no solution.

    Shape: (cases,) each. Units: pu; loadings as a share of rating; kW. ``min_bus``, ``max_bus``, ``line`` and
    ``transformer`` are positions in the feeder's order. ``rise_pu`` is the largest rise of any bus above the
    voltages that were given to compare with, NaN where none were.
    """

    min_vm_pu: np.ndarray
    min_bus: np.ndarray
    max_vm_pu: np.ndarray
    max_bus: np.ndarray
    rise_pu: np.ndarray
    line_loading: np.ndarray
    line: np.ndarray
    transformer_loading: np.ndarray
    transformer: np.ndarray
    loss_kw: np.ndarray
    source_kw: np.ndarray
    converged: np.ndarray
    iterations: np.ndarray


THREADED_CASES = 10_000  # with fewer, threads cost more than they bring
_POSITIONS = ("min_bus", "max_bus", "line", "transformer")


def threads_for(cases: int) -> int:
    """Return how many threads pay for themselves."""
    return os.cpu_count() or 1 if cases > THREADED_CASES else 1


def solve_kpis(
    compiled: CompiledFeeder, cases: int, rows: Rows, threads: int = 1, below_pu: Voltages | None = None
) -> CaseKpis:
    """Solve cases and keep the key figures alone.

    ``rows`` returns kW and kvar, each of shape (rows asked for, injection buses), of a slice of the cases: an
    array's slice, or what a study makes at that moment; with more threads, which help from some ten thousand
    cases on (two: 1.6 times as fast), it is called from all of them. ``below_pu`` returns the voltages that
    a slice of the cases is compared with, (buses, rows). Memory grows by 88 bytes a case, whatever the
    feeder.

    Raises: InjectionError for injections of the wrong shape or not finite.
    """
    kpis = CaseKpis(**{field.name: np.empty(cases, dtype=_dtype(field.name)) for field in fields(CaseKpis)})
    parts = chunks(cases, cases_at_once(compiled))
    if threads == 1:
        _solve_parts(compiled, rows, below_pu, kpis, parts)
    else:
        shared = iter(list(parts))  # a list's iterator hands each part to one thread alone
        with ThreadPoolExecutor(threads) as pool:
            work = partial(_solve_parts, compiled, rows, below_pu, kpis, shared)
            jobs = [pool.submit(partial(copy_context().run, work)) for _ in range(threads)]
            for job in jobs:
                job.result()
    return kpis


def _solve_parts(
    compiled: CompiledFeeder, rows: Rows, below_pu: Voltages | None, kpis: CaseKpis, parts: Iterator[slice]
) -> None:
    """Solve one chunk after the other into ``kpis``."""
    grid = swept(compiled)
    # Kept from chunk to chunk: memory given back and taken anew costs a third of the time.
    values = np.empty((0 if grid else 2 * compiled.rows, cases_at_once(compiled)))
    for part in parts:
        p_kw, q_kvar = rows(part)
        below = None if below_pu is None else below_pu(part)
        if grid:
            check_shapes(p_kw, q_kvar, compiled.ports)
            found = _read_sweep(sweep_chunk(grid, p_kw, q_kvar, below)[0])
        else:
            current, kpis.iterations[part] = settle_kw(compiled, p_kw, q_kvar)
            found = _reduce(compiled, current, values[:, : len(p_kw)], below)
        for name in found:
            getattr(kpis, name)[part] = found[name]
        kpis.loss_kw[part] = kpis.source_kw[part] + p_kw.sum(axis=1)


def _read_sweep(kpis: np.ndarray) -> dict[str, np.ndarray]:
    """Return the key figures of a sweep by name."""
    converged = np.isfinite(kpis[SOURCE_KW])
    rows = {"min_bus": MIN_PU, "max_bus": MAX_PU, "line": LINE, "transformer": TRANSFORMER}
    found = {name: np.where(converged, kpis[row + 1], -1) for name, row in rows.items()}
    values = ("min_vm_pu", "max_vm_pu", "line_loading", "transformer_loading")
    found |= {name: np.sqrt(kpis[row]) for name, row in zip(values, rows.values(), strict=True)}
    own = {"rise_pu": kpis[RISE], "source_kw": kpis[SOURCE_KW], "iterations": kpis[ITERATIONS]}
    return {**found, **own, "converged": converged}


def _dtype(name: str) -> type:
    return {"converged": np.bool_, "iterations": np.int32}.get(
        name, np.int32 if name in _POSITIONS else np.float64
    )


def _reduce(
    compiled: CompiledFeeder, current: np.ndarray, values: np.ndarray, below_pu: np.ndarray | None
) -> dict[str, Any]:
    """Return the key figures of a chunk's currents, as ``settle`` returns them; works in ``values``."""
    compiled.maps.whole.times(current, out=values)
    half = len(values) // 2
    source_kw = compiled.feeder.source.vm_pu * BASE_KVA * values[half - 1]  # conj: the real part stays
    values *= values
    square = values[:half]
    square += values[half:]
    buses, line_from, line_to, hv, lv, _ = (square[rows] for rows in compiled.maps.rows.values())
    converged = np.isfinite(source_kw)
    found = {
        **_extreme("min_vm_pu", "min_bus", buses, np.argmin),
        **_extreme("max_vm_pu", "max_bus", buses, np.argmax),
        **_extreme("line_loading", "line", np.maximum(line_from, line_to), np.argmax),
        **_extreme("transformer_loading", "transformer", np.maximum(hv, lv), np.argmax),
    }
    if compiled.bus_of_row is not None:
        found |= {name: compiled.bus_of_row[found[name]] for name in ("min_bus", "max_bus")}
        found |= {name: found[name] // PHASES for name in ("line", "transformer")}
    for position in _POSITIONS:
        found[position][~converged] = -1
    rise_pu = np.nan if below_pu is None else (np.sqrt(buses) - below_pu).max(axis=0)
    return {**found, "rise_pu": rise_pu, "source_kw": source_kw, "converged": converged}


def _extreme(
    value: str, position: str, square: np.ndarray, pick: Callable[..., np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the extreme of each column and where it is; nothing and -1 where there are no rows."""
    if not len(square):
        none = np.full(square.shape[1], -1)
        return {value: np.full(square.shape[1], np.nan), position: none}
    where = pick(square, axis=0)
    return {value: np.sqrt(square[where, np.arange(square.shape[1])]), position: where}

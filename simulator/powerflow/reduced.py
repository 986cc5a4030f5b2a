"""Millions of cases reduced to their key figures, a chunk at a time: never cases x buses in memory."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from simulator.powerflow.batch import chunks, settle_kw
from simulator.powerflow.compiled import BASE_KVA, CompiledFeeder

Rows = Callable[[slice], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, eq=False)
class CaseKpis:
    """The key figures of each case; NaN, and position -1, where a case has no solution.

    Shape: (cases,) each. Units: pu; loadings as a share of rating; kW. ``min_bus``, ``max_bus``, ``line`` and
    ``transformer`` are positions in the feeder's order.
    """

    min_vm_pu: np.ndarray
    min_bus: np.ndarray
    max_vm_pu: np.ndarray
    max_bus: np.ndarray
    line_loading: np.ndarray
    line: np.ndarray
    transformer_loading: np.ndarray
    transformer: np.ndarray
    loss_kw: np.ndarray
    source_kw: np.ndarray
    converged: np.ndarray
    iterations: np.ndarray


_POSITIONS = ("min_bus", "max_bus", "line", "transformer")


def solve_kpis(compiled: CompiledFeeder, cases: int, rows: Rows) -> CaseKpis:
    """Solve cases and keep the key figures alone.

    ``rows`` returns kW and kvar, each of shape (rows asked for, injection buses), of a slice of the cases: an
    array's slice, or what a study makes at that moment. Memory grows by 80 bytes a case, whatever the feeder.

    Raises: InjectionError for injections of the wrong shape or not finite.
    """
    kpis = CaseKpis(**{field.name: np.empty(cases, dtype=_dtype(field.name)) for field in fields(CaseKpis)})
    for part in chunks(cases):
        p_kw, q_kvar = rows(part)
        current, kpis.iterations[part] = settle_kw(compiled, p_kw, q_kvar)
        for name, values in _reduce(compiled, current).items():
            getattr(kpis, name)[part] = values
        kpis.loss_kw[part] = kpis.source_kw[part] + p_kw.sum(axis=1)
    return kpis


def _dtype(name: str) -> type:
    return {"converged": np.bool_, "iterations": np.int32}.get(
        name, np.int32 if name in _POSITIONS else np.float64
    )


def _reduce(compiled: CompiledFeeder, current: np.ndarray) -> dict[str, np.ndarray]:
    """Return the key figures of a chunk's currents, as ``settle`` returns them."""
    everything = compiled.everything
    values = everything.affine @ current
    half = len(values) // 2
    source_kw = compiled.source_vm_pu * BASE_KVA * values[half - 1]  # conj: the real part stays
    values *= values
    square = values[:half]
    square += values[half:]
    sizes = [
        len(m.base) for m in (compiled.bus, compiled.line_from, compiled.line_to, compiled.transformer_hv)
    ]
    buses, line_from, line_to, hv, lv = np.split(square[:-1], np.cumsum(sizes))
    converged = np.isfinite(source_kw)
    found = {
        **_extreme("min_vm_pu", "min_bus", buses, np.argmin),
        **_extreme("max_vm_pu", "max_bus", buses, np.argmax),
        **_extreme("line_loading", "line", np.maximum(line_from, line_to), np.argmax),
        **_extreme("transformer_loading", "transformer", np.maximum(hv, lv), np.argmax),
    }
    for position in _POSITIONS:
        found[position][~converged] = -1
    return {**found, "source_kw": source_kw, "converged": converged}


def _extreme(
    value: str, position: str, square: np.ndarray, pick: Callable[..., np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the extreme of each column and where it is; nothing and -1 where there are no rows."""
    if not len(square):
        none = np.full(square.shape[1], -1)
        return {value: np.full(square.shape[1], np.nan), position: none}
    where = pick(square, axis=0)
    return {value: np.sqrt(square[where, np.arange(square.shape[1])]), position: where}

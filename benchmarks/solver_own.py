"""This solver as entries of the race."""

import os

import numpy as np
from solver_timing import Entry

from simulator.powerflow.batch import chunks, settle_kw, solve
from simulator.powerflow.compiled import CompiledFeeder
from simulator.powerflow.reduced import solve_kpis

VOLTAGES, KPIS, EVERYTHING = "full matrices, voltages", "this solver, all KPIs", "this solver, every loading"
KPIS_THREADS = "this solver, all KPIs, all threads"


def own_entries(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> list[Entry]:
    """Return voltages only; the key figures of each case; and every voltage and loading of each case."""
    rows = np.arange(len(p_kw))
    return [
        Entry(VOLTAGES, rows, lambda: solve_voltages(compiled, p_kw, q_kvar)),
        Entry(KPIS, rows, lambda: _extremes(compiled, p_kw, q_kvar), lowest_and_highest),
        Entry(
            KPIS_THREADS,
            rows,
            lambda: _extremes(compiled, p_kw, q_kvar, os.cpu_count() or 1),
            lowest_and_highest,
        ),
        Entry(EVERYTHING, rows, lambda: solve(compiled, p_kw, q_kvar).vm_pu),
    ]


def solve_voltages(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray) -> np.ndarray:
    """Return the voltages of all buses in pu, of shape (cases, buses), and nothing else."""
    bus, vm_pu = compiled.maps.of("bus"), np.empty((len(p_kw), len(compiled.feeder.buses)))
    for rows in chunks(len(p_kw)):
        current, _ = settle_kw(compiled, p_kw[rows], q_kvar[rows])
        voltage = np.empty((2 * len(bus.base), current.shape[1]))
        bus.times(current, out=voltage)
        voltage *= voltage
        real, imaginary = np.split(voltage, 2)
        vm_pu[rows] = np.sqrt(real + imaginary).T
    return vm_pu


def lowest_and_highest(vm_pu: np.ndarray) -> np.ndarray:
    """Return the two extremes of each case."""
    return np.column_stack([vm_pu.min(axis=1), vm_pu.max(axis=1)])


def _extremes(compiled: CompiledFeeder, p_kw: np.ndarray, q_kvar: np.ndarray, threads: int = 1) -> np.ndarray:
    kpis = solve_kpis(compiled, len(p_kw), lambda rows: (p_kw[rows], q_kvar[rows]), threads)
    return np.column_stack([kpis.min_vm_pu, kpis.max_vm_pu])
